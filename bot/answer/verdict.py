"""Tells whether someone asks for a verdict on a person ("just pick for me", "can my 15-year-old have it"). Imports no Rasa.

The intent says so for most messages; these words say so where the topic is louder than the wish.
"""

from __future__ import annotations

import re

PERSON = (
    r"(?:me|my (?:\d\d?[- ]year[- ]old|wife|husband|partner|mum|mom|mother|dad|father|son|daughter|kid|child|teen\w*|boy|girl"
    r"|sister|brother|gran\w*|friend))"
)
HAVE = r"(?:have|get|do|use|try|take|go (?:for|ahead|on|through with)|be treated)"
VERDICT = re.compile(
    r"\b(?:"
    rf"(?:can|could|may|should|shall|would) {PERSON} (?:\w+ ){{0,2}}{HAVE}"
    rf"|{PERSON}\b[^.?!]{{0,60}}\b(?:can|could|may|should|shall) (?:he|she|they) (?:\w+ ){{0,2}}{HAVE}"
    rf"|(?:pick|choose|decide|pick one|choose one) for {PERSON}"
    rf"|(?:right|safe|good|suitable|ok|okay|fine|allowed|worth it|better|best|ideal) for {PERSON}"
    r"|just (?:pick|choose|decide)(?: one)?|(?:tell me|say) (?:just )?which (?:one )?(?:to|i should|should i|is better for)"
    r"|which (?:one )?(?:should|would|do) i (?:pick|choose|take|have|get|go for)"
    r"|(?:would|what would) you (?:do|pick|choose|have|get)(?: it)?(?: yourself)?(?: (?:if|in) (?:you were me|my (?:place|shoes)))"
    r"|am i (?:a|too|allowed|able)\b(?: good)?(?: candidate| old| young| to)?"
    r"|give me a (?:straight |plain )?(?:yes or no|verdict)"
    r")\b",
    re.IGNORECASE,
)
SYMPTOM = (
    r"(?:lumps?|bumps?|rash(?:es)?|spots?|swelling|redness|patch(?:es)?|marks?|blisters?|welts?|nodules?|itch(?:ing)?|burn(?:ing)?|"
    r"dots?|scabs?|hives)"
)
WHICH = r"(?:an?|the|my|allerg\w*|infect\w*|granuloma\w*)"
THESE = r"(?:it|this|that|they|these|those)"
DIAGNOSIS = re.compile(
    r"\b(?:"
    rf"(?:is|are|could|might) {THESE} (?:\w+ ){{0,2}}{SYMPTOM}\b(?: \w+){{0,4}}? {WHICH}"
    rf"|(?:do|does) (?:this|these|that|those|my) (?:\w+ ){{0,2}}{SYMPTOM} mean"
    rf"|{SYMPTOM}\b[^.?!]{{0,60}}\b(?:is|are) {THESE} {WHICH}"
    rf"|{SYMPTOM}\b[^.?!]{{0,60}}\bwhat (?:is|are|could) {THESE}"
    r"|diagnose"
    r")\b",
    re.IGNORECASE,
)


def asks_verdict(text: str) -> bool:
    """Whether a verdict on a person is asked for, whatever else the message is about."""
    return bool(VERDICT.search(text))


def asks_diagnosis(text: str) -> bool:
    """Whether someone asks what a mark or a swelling on the skin is."""
    return bool(DIAGNOSIS.search(text))
