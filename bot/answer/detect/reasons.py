"""Tells whether a person wants the reasons behind an answer, or the answer in plainer words. Imports no Rasa."""

from __future__ import annotations

import re

from bot.answer.detect.cues import shows
from bot.answer.thresholds import AT

ALONE = re.compile(
    r"\W*((but|ok|okay|and|so|hm+|well)\W+)*"
    r"(why( not| so| is (it|that|this)( so)?| though| tho)?|how (so|come)|for what reason"
    r"|what('?s| is) the reason( for (it|that|this))?|what makes you say (so|that)"
    r"|((can|could) you )?explain( (it|that|this))?( please)?)\W*",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\b(why|how come|the reasons?)\b", re.IGNORECASE)


def asks_why(text: str) -> bool:
    """Whether `text` is nothing but a "why?" to what was said before."""
    return bool(ALONE.fullmatch(text.replace("’", "'")))


def asks_for_reasons(text: str) -> bool:
    """Whether a question asks for reasons: "why is it not approved?"."""
    return bool(WITHIN.search(text))


def asks_simpler(text: str) -> bool:
    """Whether `text` is nothing but a wish for plainer words: "in plain English please"."""
    return len(text.split()) < AT.short and shows("simpler", text)
