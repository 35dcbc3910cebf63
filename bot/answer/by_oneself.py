"""Tells who would hold the needle: whether a message asks how to inject or needle oneself, or for a dose. Imports no Rasa."""

from __future__ import annotations

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


NEEDLE = _any_of(
    r"(?:self[- ]?)?inject\w*",
    r"(?:micro[- ]?)?needl\w*",
    r"syringes?",
    r"jab(?:s|bing)?",
    r"derma ?-?(?:roll\w*|pens?|stamp\w*)",
    r"hyaluron pen",
    r"mesotherapy",
    r"draw (?:it )?up",
    r"reconstitut\w*",
)
ALONE = _any_of(
    r"my ?self",
    r"on my own",
    r"at home",
    r"diy",
    r"home (?:kit|injection|use)",
    r"self[- ]?(?:inject|needl|administ)\w*",
    r"in my (?:kitchen|bathroom)",
    r"with(?:out)? (?:a|any) (?:doctor|nurse|clinic)",
)
DO = r"(?:needling|microneedling|inject|needle|microneedle|jab|draw|reconstitute|dermaroll|roll|stamp)(?:ing)?"
MINE = _any_of(
    rf"how (?:do|can|should|would|shall) i {DO}",
    rf"(?:can|could|may|should|shall|do) i(?: \w+){{0,2}} {DO}",
    rf"(?:teach me(?: how)? to|show me how to) {DO}",
    rf"(?:walk|talk|guide|take|coach|lead|help) me through(?: \w+){{0,3}} {DO}",
    rf"i (?:want|plan|intend|am going|need|bought|ordered|got)(?: \w+){{0,6}} {DO}",
)
MEASURE = _any_of(
    r"how deep",
    r"(?:what|which) (?:needle )?(?:depth|length|gauge|dose|dosage|angle)",
    r"needle (?:depth|length|gauge|size)",
    r"what (?:size )?needle",
    r"\d+(?:\.\d+)? ?mm",
    r"how (?:many|much) (?:ml|cc|units?|vials?|mgs?|milli\w+|particles|billion)",
    r"dos(?:e|age|ing)",
    r"how much (?:do|should|shall|to|can|may|must|is|will)(?: \w+){0,2} (?:inject|injected|use|used|draw|put|given|applied)",
    r"(?:what|which|how much) (?:strength|concentration|amount)",
    r"how strong",
    r"\d+ ?(?:ml|cc|mg|vials?|units?|billion)\b(?: \w+){0,3}? (?:enough|right|too)",
)
OWN = _any_of(
    r"for (?:me|us|my|a|an|him|her|them|beginners?|first[- ]timers?|starters)",
    r"(?:do|should|shall|can|may|must) (?:i|we|he|she)",
    r"(?:should|must|may|can) be",
    r"i(?:'d| would)? need",
)
AGREED = (
    r"(?:said|says) (?:yes|ok\w*|(?:i|we) (?:can|may)|it(?:'s| is) (?:ok\w*|fine))|ok'?(?:ay)?e?d it|agreed|approved it|signed off"
)
AMOUNT = re.compile(rf"\b(?:{AGREED})\b.{{0,40}}\bhow much(?: of it| then| now| please| do i (?:need|take))?\W*$", re.IGNORECASE)
CLINICIAN = r"(?:nurse|doctor|dr|derm|dermatologist|surgeon|clinic|provider|practitioner|injector|gp)"
OTHERS = _any_of(rf"(?:let|my|the|a|an|her|his|their|by) (?:\w+ )?{CLINICIAN}")


def by_oneself(text: str) -> bool:
    """Whether someone asks to inject or needle without a clinician: then no instructions, and a warning."""
    if not NEEDLE.search(text):
        return False
    if ALONE.search(text):
        return True
    return bool(MINE.search(text)) and not OTHERS.search(text)


def asks_measure(text: str) -> bool:
    """Whether someone asks for a dose, a depth or a length, whoever holds the needle: none is ever given."""
    return bool(MEASURE.search(text) or AMOUNT.search(text.replace("’", "'")))


def asks_own_measure(text: str) -> bool:
    """Whether a dose, a depth or a length is asked for a person: that is a verdict on their case, whatever else it is about."""
    return asks_measure(text) and bool(OWN.search(text))
