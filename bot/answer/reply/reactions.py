"""Who should see a reaction, and where it is reported: what is added to a reply to someone who has one. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.detect.cues import shows
from bot.answer.detect.verdict import asks_diagnosis
from bot.answer.retrieve.gather import Section, gather
from bot.answer.retrieve.query import Query
from bot.answer.retrieve.select import Choice
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.topics import REACTIONS
from bot.safety.emergency.complaints import own_reaction

REPORT = "report_problem"


def has_reaction(text: str) -> bool:
    """Whether someone tells of a reaction of their own, or asks what one is; what they read of others is none."""
    return (own_reaction(text) and not shows("hearsay", text)) or asks_diagnosis(text) or shows_reaction(text)


def tells_reaction(text: str) -> bool:
    """Whether someone tells of a bad reaction of their own or of someone near, however short and without saying which."""
    return shows("reaction_told", text) and not shows("not_now", text)


def shows_reaction(text: str) -> bool:
    """Whether someone tells what they have had since a treatment: lumps after the injections, hair that falls out since."""
    return shows("symptom_shown", text) and shows("someone", text) and not shows("not_now", text)


def supposed(text: str) -> bool:
    """Whether a reaction is only supposed: then nobody is told to be sorry."""
    return shows("supposed", text)


def favourable(topics: Sequence[str], snapshot: Snapshot) -> list[str]:
    """The ids of facts that speak for the treatment: who asks what a mark is must not read that such marks are rare."""
    return [fact.id for topic in topics if topic in REACTIONS for fact in snapshot.of_topic(topic) if fact.stance == "for"]


def report_first(topics: Sequence[str]) -> list[str]:
    """`topics` with where to report in front: whom to tell comes before what is known anywhere, and before whom to choose."""
    first = [topic for topic in topics if topic == REPORT and set(topics) & {*REACTIONS, "other_countries", "choosing_provider"}]
    return [*first, *(topic for topic in topics if topic not in first)]


def with_report(
    sections: Sequence[Section], *, snapshot: Snapshot, scope: Mapping[str, str], home: str, told: Sequence[str] = ()
) -> list[Section]:
    """`sections` on a reaction that someone has, the second of them on where to report it, in one fact; `home` is the country."""
    if any(section.topic == REPORT for section in sections) or REPORT not in snapshot.topics:
        return list(sections)
    place = {key: value for key, value in scope.items() if key == "jurisdiction"}
    query = Query(REPORT, home=home, scope=place, alone=False, told=[*told, *sections[0].ids])
    found = gather(query, snapshot=snapshot)
    shown, kept = found.choice.shown[:1], (*found.choice.shown[1:], *found.choice.rest)
    return [sections[0], replace(found, choice=Choice(shown, kept))]
