"""Tells whether a person speaks of a reaction of their own, so that the reply first says where to have it seen. Imports no Rasa."""

from __future__ import annotations

import re

SYMPTOM = re.compile(
    r"\b(red(ness|dish)?|pink|swollen|swelling|puffy|itch\w*|bumps?|bumpy|lumps?|lumpy|bruis\w+|rash\w*|peel\w*|flak\w+|tight|warm|hot|"
    r"sore|burn(s|ing|ed)?|tender|sting\w*|tingl\w+|blotch\w*|spots?|scabs?|scabbing|blister\w*|pus|ooz\w+|hard)\b",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(my|mine|i|im|i'm|i've|ive|me|her|his|mum'?s?|mom'?s?|wife'?s?|husband'?s?|daughter'?s?|client'?s?)\b", re.IGNORECASE
)
NOW = re.compile(
    r"\b(since|yesterday|today|tonight|this morning|still|now|days?|hours?|hrs?|weeks?|after|got|have|has|is|are|normal)\b",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(can (it|they|this|you|exo\w*)|could|would|will (it|i|my)|if|might|what are|risks?|cause|ever)\b", re.IGNORECASE
)


def own_reaction(text: str) -> bool:
    """Whether `text` tells of a present reaction of the person or of someone near, and does not just suppose one."""
    plain = text.replace("’", "'")
    told = SYMPTOM.search(plain) and NOW.search(plain) and (OWN.search(plain) or "normal" in plain.lower())
    return bool(told) and not SUPPOSED.search(plain)
