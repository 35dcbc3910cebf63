"""Takes a message apart where it could hold two questions. Imports no Rasa."""

from __future__ import annotations

import re

# A pause that is dictated ("full stop") is one, and so is a number in words ("item one", "second off").
SPOKEN = r"full stop|period|question mark|new line|comma"
NUMBER = (
    r"(?:question|item|number|part|thing|point) (?:one|two|1|2)|(?:first|second) off|secondly|(?:and )?(?:the )?other thing(?: is)?"
)
JOINT = re.compile(
    r"(?<=[.?!;])\s+|\n+|,\s+|\s+-+\s+|\s+(?:and|&|n|also|plus|then|but)\s+|[;/]\s+|(?:^|\s)\d[.)]\s+|(?:^|\s)\([ab12]\)\s+"
    rf"|\s+(?:{SPOKEN})(?:\s+|$)|(?:^|(?<=\s))(?:{NUMBER})\s+",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(
    r"\b(?:two|2|a couple(?: of)?) (?:\w+ )?(?:questions?|qs?|things|items|points)\b"
    r"|\b(?:item|question|part|number) (?:two|2)\b|\bsecond off\b|\bsecondly\b|\bthe other thing\b|(?:^|\s)(?:2[.)]|\(?b\))\s",
    re.IGNORECASE,
)
WORDS = 2  # a part with fewer words says too little
PARTS = 8  # a long story is not taken apart any further


def announced(text: str) -> bool:
    """Whether the message says itself that it holds two questions ("two things", "1) ... 2) ...")."""
    return ANNOUNCED.search(text) is not None


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
