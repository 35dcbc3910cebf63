"""Who should see a reaction, and where it is reported: what is added to a reply to someone who has one. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.gather import Section, gather
from bot.answer.select import Choice
from bot.answer.snapshot import Snapshot
from bot.answer.topics import REACTIONS
from bot.answer.verdict import asks_diagnosis
from bot.safety.complaints import own_reaction

REPORT = "report_problem"
_REACTION = r"(?:reactions?|side[- ]effects?|adverse (?:events?|effects?|reactions?))"
_SINCE = r"(?:after|since|from|to|following|with) (?:it|them|this|the|my|an?|exo\w*|that|these)"
_BAD = r"(?:(?:bad|nasty|awful|terrible|weird|strange|allergic|adverse|skin|horrible) )"
_END = rf"(?:\W*$|,| (?:in [A-Z]|here|{_SINCE}\b))"
_SIGNS = (
    r"(?:lumps?|bumps?|rash(?:es)?|hives|nodules?|blisters?|scars?|burns?|welts?|swelling|itch\w*|dark (?:spots?|patch\w*|marks?)|"
    r"(?:falling|fell|fallen|coming|came) out|shedding|breakouts?|broke out|infected|numb\w*|swollen|headaches?|dizzy|nausea|sick)"
)
_WHO = r"(?:i|i've|ive|i'm|im|we|she|he|my (?:\w+ )?\w+)"
TOLD = re.compile(
    rf"\b{_WHO}\b(?: [\w']+){{0,6}}? (?:had|have|having|has|got|getting|gotten|suffered|experienced)\b"
    rf"(?: [\w-]+){{0,4}} {_REACTION}\b"
    rf"|[,;.] *(?:had|got|have|having) (?:an? )?(?:[\w-]+ ){{0,2}}{_REACTION}\b"
    # Without a verb only where it is one reaction, or somebody's: "side effects" alone asks what there are.
    rf"|^\W*(?:(?:an?|my|had|got|having|reported?|reporting) )+{_BAD}*{_REACTION}{_END}"
    rf"|^\W*{_BAD}+(?:reaction|side[- ]effect){_END}"
    rf"|^\W*{_BAD}*{_REACTION} since\b"
    r"|\b(?:i|she|he|we) reacted\b(?: badly)?|\breact(?:ed|ing) badly\b",
    re.IGNORECASE,
)
SHOWN = re.compile(rf"\b{_SIGNS}\b[^.?!]{{0,60}}\b{_SINCE}|\b{_SINCE}[^.?!]{{0,60}}\b{_SIGNS}\b", re.IGNORECASE)
MINE = re.compile(r"\b(?:my|i|i've|ive|me|she|he|her|his)\b", re.IGNORECASE)
HEARSAY = re.compile(r"\b(?:some ?one|some ?body)\b.*\b(?:i|we) (?:read|heard|saw)\b", re.IGNORECASE)
SUPPOSED = re.compile(
    r"\b(?:if|would|could|might|may|can|will|chances?|risks?|likely|often|common|ever|any ?(?:one|body)|people|patients|others|"
    r"how many|some ?(?:one|body)|(?:i|we) (?:read|heard|saw|hear|see)|who else|"
    r"prevent|avoid|never|didn't|worried|afraid|scared|what are|normal to|cause[sd]?|reduce|help|treat|without|no)\b",
    re.IGNORECASE,
)


def has_reaction(text: str) -> bool:
    """Whether someone tells of a reaction of their own, or asks what one is; what they read of others is none."""
    return (own_reaction(text) and not HEARSAY.search(text)) or asks_diagnosis(text) or shows_reaction(text)


def tells_reaction(text: str) -> bool:
    """Whether someone tells of a bad reaction of their own or of someone near, however short and without saying which."""
    return bool(TOLD.search(text)) and not SUPPOSED.search(text)


def shows_reaction(text: str) -> bool:
    """Whether someone tells what they have had since a treatment: lumps after the injections, hair that falls out since."""
    return bool(SHOWN.search(text) and MINE.search(text)) and not SUPPOSED.search(text)


def supposed(text: str) -> bool:
    """Whether a reaction is only supposed: then nobody is told to be sorry."""
    return bool(re.search(r"\b(?:if|would|in case|suppose|should (?:i|something|anything))\b", text, re.IGNORECASE))


def favourable(topics: Sequence[str], snapshot: Snapshot) -> list[str]:
    """The ids of facts that speak for the treatment: who asks what a mark is must not read that such marks are rare."""
    return [fact.id for topic in topics if topic in REACTIONS for fact in snapshot.of_topic(topic) if fact.stance == "for"]


def report_first(topics: Sequence[str]) -> list[str]:
    """`topics` with where to report in front: whom to tell comes before what is known, here or abroad."""
    first = [topic for topic in topics if topic == REPORT and set(topics) & {*REACTIONS, "other_countries"}]
    return [*first, *(topic for topic in topics if topic not in first)]


def with_report(
    sections: Sequence[Section], *, snapshot: Snapshot, scope: Mapping[str, str], home: str, told: Sequence[str] = ()
) -> list[Section]:
    """`sections` on a reaction that someone has, the second of them on where to report it, in one fact; `home` is the country."""
    if any(section.topic == REPORT for section in sections) or REPORT not in snapshot.topics:
        return list(sections)
    place = {key: value for key, value in scope.items() if key == "jurisdiction"}
    found = gather(REPORT, snapshot=snapshot, scope=place, vector=None, home=home, alone=False, told=[*told, *sections[0].ids])
    shown, kept = found.choice.shown[:1], (*found.choice.shown[1:], *found.choice.rest)
    return [sections[0], replace(found, choice=Choice(shown, kept))]
