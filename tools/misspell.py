"""Misspells a text as a hurried person might, for tuning."""

from __future__ import annotations

import random

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misspelt(text: str, chooser: random.Random) -> str:
    """`text` with some letters swapped, dropped, doubled or wrong, and at times without punctuation."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and chooser.random() < 0.025:
            kind = chooser.randrange(4)
            if kind == 0:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            elif kind == 1:
                letters[place] = ""
            elif kind == 2:
                letters[place] += letters[place]
            else:
                letters[place] = chooser.choice(LETTERS)
    changed = "".join(letters)
    if chooser.random() < 0.4:
        changed = "".join(c for c in changed if c.isalnum() or c.isspace() or c == "'")
    return changed
