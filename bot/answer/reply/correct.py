"""The reply's sections that correct what a message takes for granted. Imports no Rasa."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answer.detect.premises import Premise, premise_of
from bot.answer.question import Memory, Question
from bot.answer.reply import again, phrases
from bot.answer.reply.reactions import with_report
from bot.answer.retrieve.gather import Section
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT


@dataclass(frozen=True)
class Correction:
    """What is said first, and the sections that correct."""

    premise: Premise
    sections: tuple[Section, ...]
    opener: str = ""


def correction(question: Question, memory: Memory, *, snapshot: Snapshot, home: str) -> Correction | None:
    """What corrects `question` where it takes something wrong for granted and the facts are on file."""
    country = question.scope.get("jurisdiction") or memory.country
    elsewhere = question.inside < AT.elsewhere and not memory.topics and "exo" not in question.text.lower()
    premise = None if question.chosen or elsewhere else premise_of(question.text, country=country, home=home)
    if premise is None:
        return None
    choice = again.in_order([snapshot.facts[id] for id in premise.facts if id in snapshot.facts], snapshot, {})
    if not choice.shown:
        return None
    section = Section(premise.topic, replace(choice, rest=()))
    if not premise.of_reaction:
        return Correction(premise, (section,))
    sections = with_report([section], snapshot=snapshot, scope=question.scope, home=memory.country or home)
    return Correction(premise, tuple(sections), phrases.FEVER if premise.fever else phrases.LEFT_ALONE)
