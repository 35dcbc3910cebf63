"""Takes a message apart where it could hold two questions. Imports no Rasa."""

from __future__ import annotations

import re

JOINT = re.compile(
    r"(?<=[.?!;])\s+|\n+|,\s+|\s+-+\s+|\s+(?:and|&|n|also|plus|then|but)\s+|[;/]\s+|(?:^|\s)\d[.)]\s+", re.IGNORECASE
)
WORDS = 2  # a part with fewer words says too little
PARTS = 8  # a long story is not taken apart any further


def split(text: str) -> list[str]:
    """The parts of a message that could each hold a question; a fragment too short for one goes with what follows.

    A message that cannot be taken apart, or has more than PARTS parts, is one part.
    """
    parts: list[str] = []
    short = ""
    for piece in JOINT.split(text):
        piece = f"{short} {(piece or '').strip()}".strip()
        if len(piece.split()) < WORDS:
            short = piece
        else:
            parts.append(piece)
            short = ""
    if short and parts:
        parts[-1] = f"{parts[-1]} {short}"
    return parts if 1 < len(parts) <= PARTS else [text]
