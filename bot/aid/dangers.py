"""What a person writes as an answer and must not stand there without a word of safety. Imports no Rasa.

The guide takes any words where it asks for them, and it asks for what a clinic said. So a plan to stop one's own medicine, to
inject oneself, or a reaction of one's own can arrive as an answer: it is kept, and the warning is said first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.answer.detect.by_oneself import by_oneself
from bot.answer.reply import phrases
from bot.answer.reply.reactions import REPORT
from bot.answer.topics import REACTIONS
from bot.safety.emergency.complaints import own_medicine, own_reaction

TREATED = (
    r"(?:shots?|inject\w*|jabs?|(?:micro-?)?needl\w*|lasers?|drips?|infusion|serum|cream|sessions?|treat\w+|exosom\w*|procedure"
    r"|facial|peel|visit)"
)
AFTER = re.compile(rf"\b(?:after|since|from|following|got|gave|left|made)\b[^.?!]{{0,40}}\b{TREATED}\b", re.IGNORECASE)
ABOUT_REACTIONS = (*REACTIONS, REPORT)  # topics
NEXT = " Here is what"  # with this the sentence begins that leads to facts, which do not follow here


def _after_treatment(text: str) -> bool:
    """Whether a reaction of one's own is told as one to a treatment: "red" alone is why many people ask at all."""
    return own_reaction(text) and bool(AFTER.search(text))


@dataclass(frozen=True)
class Danger:
    """`told` finds it in a person's words; `said` is the sentence that others get who say the same outside of the guide."""

    id: str
    told: Callable[[str], bool]
    said: str


DANGERS = (
    Danger("medicine", own_medicine, phrases.OWN_MEDICINE),
    Danger("alone", by_oneself, phrases.HANDS_ON),
    Danger("reaction", _after_treatment, phrases.OWN_REACTION),
)


def dangers(text: str, *, topic: str = "") -> list[Danger]:
    """What is dangerous in `text`; `topic` is what it was understood to be about."""
    reaction = topic in ABOUT_REACTIONS and own_reaction(text)
    return [one for one in DANGERS if one.told(text) or (one.id == "reaction" and reaction)]


def warnings(text: str, *, topic: str, emergency: str) -> list[str]:
    """What is said before anything else to who wrote `text` as an answer."""
    return [one.said.partition(NEXT)[0].format(emergency=emergency) for one in dangers(text, topic=topic)]


def dangers_in(texts: Iterable[str]) -> set[str]:
    """The ids of the dangers in any of a person's answers."""
    return {one.id for text in texts for one in dangers(text)}
