"""Tells what is a mild complaint of the skin and nothing more, for which the meaning alone must be very sure. Imports no Rasa."""

from __future__ import annotations

import re

WORDS = 20  # in a longer message there is room for more than the skin
MILD = re.compile(
    r"\b(red|redness|pink|itch\w*|blotchy|flushed|dry|flak(e|y|ing|es)|peel\w*|tight|sting(s|ing|y)|tingl\w*|bumps?|spots?|scabs?|"
    r"bruis\w*|puffy|tender|warm|hot|sore)\b",
    re.IGNORECASE,
)
WORSE = re.compile(
    r"\b(fever\w*|feverish|shiver\w*|chills?|shak(e|es|ing|y)|spread\w*|streak\w*|pus|ooz\w*|throat|tongue|lips?|mouth|eyes?|"
    r"eyelids?|see|vision|breath\w*|wheez\w*|chest|faint\w*|dizzy|swollen|swell\w*|hives?|all over|worse|worst|bigger|"
    r"burning up|numb|black|blue|white|gr[ae]y|purple|cold|leg|calf|pain\w*|agony|confus\w*|vomit\w*|throwing up|help|dying|"
    r"die|emergency|ambulance|911|999|112)\b",
    re.IGNORECASE,
)


def mild(text: str) -> bool:
    """Whether a short message names complaints such as a red or itchy face, and none that could be the start of more."""
    return len(text.split()) <= WORDS and bool(MILD.search(text)) and not WORSE.search(text)
