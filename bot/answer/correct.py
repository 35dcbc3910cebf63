"""The reply's sections that correct what a message takes for granted. Imports no Rasa."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answer import again, phrases
from bot.answer.gather import Section
from bot.answer.premises import Belief, premise_of
from bot.answer.question import Memory, Question
from bot.answer.reactions import with_report
from bot.answer.snapshot import Snapshot
from bot.answer.thresholds import AT


@dataclass(frozen=True)
class Correction:
    """What is said first, and the sections that correct."""

    belief: Belief
    sections: tuple[Section, ...]
    opener: str = ""


def correction(question: Question, memory: Memory, *, snapshot: Snapshot, home: str) -> Correction | None:
    """What corrects `question` where it takes something wrong for granted and the facts are on file."""
    country = question.scope.get("jurisdiction") or memory.country
    elsewhere = question.inside < AT.elsewhere and not memory.topics and "exo" not in question.text.lower()
    belief = None if question.chosen or elsewhere else premise_of(question.text, country=country, home=home)
    if belief is None:
        return None
    choice = again.in_order([snapshot.facts[id] for id in belief.facts if id in snapshot.facts], snapshot, {})
    if not choice.shown:
        return None
    section = Section(belief.topic, replace(choice, rest=()))
    if not belief.reaction:
        return Correction(belief, (section,))
    sections = with_report([section], snapshot=snapshot, scope=question.scope, home=memory.country or home)
    return Correction(belief, tuple(sections), phrases.FEVER if belief.fever else phrases.LEFT_ALONE)
