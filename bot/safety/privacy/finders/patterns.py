"""Pieces that the finders' patterns are put together of. Imports no Rasa."""

from __future__ import annotations

import re

IGNORE = re.IGNORECASE
PROSE = r"[^.!?\n]"  # within one sentence
NOT_IN_WORD = r"(?<![A-Za-z0-9])"  # unlike \b and \w, these let Chinese stand beside a number
NOT_BEFORE_WORD = r"(?![A-Za-z0-9])"
NO_SUM = r"(?<![\w$€£.,/-])"  # before a number: neither a price nor the rest of a longer number
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)


def either(words: str) -> str:
    """A group that matches any of `words`, which are apart by spaces; "_" in one of them is a space. Each may be a pattern."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"
