"""Checks that need more than one field or one record: references, dates, reading grade, marketing words, copied text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import textstat

from bot.errors import Problem
from bot.facts import shingles
from bot.facts.schema import Fact, Gap, Topic, earliest_day
from bot.vocabulary import TOPICS

if TYPE_CHECKING:
    from bot.facts.catalogue import Catalogue

MAX_GRADE = 8.0
NAMES = ("label", "subject")  # of a topic: where they are no more than a name, the grade says nothing
SHORT_NAME = 3  # words
# Words and phrases that sell. "guarantee" and the like may be quoted from an advert only with quotation marks.
MARKETING = re.compile(
    r"(?<![\"“'‘\w])(miracle|breakthrough|revolutionary|cutting[- ]edge|amazing|game[- ]chang\w+|rejuvenat\w+|youthful|"
    r"radiant|glow(ing)?|guaranteed?|magic(al)?|state[- ]of[- ]the[- ]art|anti[- ]ag(e)?ing|best[- ]in[- ]class|"
    r"world[- ]class|powerful|exciting|promising|painless|risk[- ]free|transformative|next[- ]gen\w*|"
    r"safe and effective|(clinically |scientifically )?proven to (work|help|be safe|regrow|reverse)|"
    r"(the )?best (exosome )?treatments?)(?!\w)",
    re.IGNORECASE,
)

# What a gap would need a source for: figures, dates, and what somebody did or said.
CLAIM = re.compile(
    r"\b\d[\d.,:%-]*|"
    r"\b(what is on file is|(has|have|had) (sent|warned|banned|approved)|says|said|reports|reported|measured|called)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def grade(text: str) -> float:
    """School grade (Flesch-Kincaid) of `text`, by textstat."""
    return float(textstat.flesch_kincaid_grade(text))


def _texts(record: Fact | Gap) -> Iterator[tuple[str, str]]:
    yield "statement", record.statement
    if isinstance(record, Fact) and record.detail:
        yield "detail", record.detail
    if isinstance(record, Gap):
        yield from ((f"ask.{n}", text) for n, text in enumerate(record.ask))


def _wording(field: str, text: str) -> Iterator[tuple[str, str]]:
    if (found := grade(text)) > MAX_GRADE and (field not in NAMES or len(text.split()) > SHORT_NAME):
        yield field, f"reading grade {found:.1f} is above {MAX_GRADE:.0f}"
    if match := MARKETING.search(text):
        yield field, f"marketing word '{match.group(0)}'"
    if run := shingles.copied(text):
        yield field, f"copied from a founding document: '{run}'"


def _dates(fact: Fact, today: dt.date) -> Iterator[tuple[str, str]]:
    if earliest_day(fact.as_of) > today:
        yield "as_of", f"{fact.as_of} is in the future"
    if fact.review_by <= earliest_day(fact.as_of):
        yield "review_by", "the review date must come after `as_of`"


def _references(fact: Fact, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for n, citation in enumerate(fact.citations):
        if not catalogue.there("sources", citation.source):
            yield f"citations.{n}.source", f"there is no source '{citation.source}'"
    for name in ("contradicts", "supersedes", "follows"):
        for other in getattr(fact, name):
            if not catalogue.there("facts", other) or other == fact.id:
                yield name, f"there is no other fact '{other}'"
    for name in ("supersedes", "follows"):
        if round_trip := _circle(fact, name, catalogue):
            yield name, f"goes in a circle: {' -> '.join(round_trip)}"
    for other in fact.contradicts:
        answer = catalogue.facts[other].contradicts if other in catalogue.facts else (fact.id,)
        mistyped = not all(catalogue.there("facts", id) for id in answer)  # that one is named itself
        if fact.id not in answer and not mistyped:
            yield "contradicts", f"fact '{other}' does not name this fact in return"
    for gap in fact.closes or ():
        if not catalogue.there("gaps", gap):
            yield "closes", f"there is no gap '{gap}'"
    for caveat in fact.caveats:
        if not catalogue.there("caveats", caveat):
            yield "caveats", f"there is no caveat '{caveat}'"


def _over_a_gap(fact: Fact, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A clinic's own fact where answers begin with "no ... is on file" must say whether that still holds."""
    if catalogue.files["facts", fact.id] not in catalogue.laid_over or fact.closes is not None:
        return
    for gap in catalogue.gaps.values():
        if (
            set(fact.topics).intersection(gap.leads)
            and not gap.only_if
            and catalogue.files["gaps", gap.id] not in catalogue.laid_over
        ):
            what = f"answers on '{gap.leads[0]}' begin with the gap '{gap.id}'; write `closes: [{gap.id}]` if this fact fills it"
            yield "closes", f"{what}, or `closes: []` if it does not"


def _circle(fact: Fact, name: str, catalogue: Catalogue) -> list[str]:
    """The shortest way over the references `name` from `fact` through other facts back to it; empty: there is none."""
    ways = [[fact.id]]
    seen: set[str] = set()
    for way in ways:  # grows while it is gone through
        for other in getattr(catalogue.facts[way[-1]], name):
            if other == fact.id and len(way) > 1:
                return [*way, other]
            if other in catalogue.facts and other != fact.id and other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def _of_gap(gap: Gap, catalogue: Catalogue, today: dt.date) -> Iterator[tuple[str, str]]:
    if earliest_day(gap.checked) > today:
        yield "checked", f"{gap.checked} is in the future"
    if gap.review_by <= earliest_day(gap.checked):
        yield "review_by", "the review date must come after `checked`"
    if gap.id in catalogue.facts:
        yield "id", f"a fact has the same id, in {catalogue.files['facts', gap.id]}"
    for name in ("said_by", "known"):
        for other in getattr(gap, name):
            if not catalogue.there("facts", other):
                yield name, f"there is no fact '{other}'"
    if match := CLAIM.search(gap.statement):
        yield "statement", f"'{match.group(0)}' tells what is known; a gap has no source, so name the facts in `known` or `said_by`"


def _of_topic(topic: Topic, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for other in topic.related:
        if not catalogue.there("topics", other) or other == topic.id:
            yield "related", f"there is no other topic '{other}'"
    texts = [("label", topic.label), ("question", topic.question), ("subject", topic.subject)]
    for field, text in (*texts, *((f"ask.{n}", text) for n, text in enumerate(topic.ask))):
        yield from _wording(field, text)


def check(catalogue: Catalogue, *, today: dt.date) -> list[Problem]:
    """All problems of a parsed catalogue; an empty list means that it is fit for use."""
    problems: list[Problem] = []

    def add(kind: str, record: str, field: str, what: str) -> None:
        problems.append(Problem(file=catalogue.files[kind, record], record=record, field=field, what=what))

    for fact in catalogue.facts.values():
        for field, what in (*_dates(fact, today), *_references(fact, catalogue), *_over_a_gap(fact, catalogue)):
            add("facts", fact.id, field, what)
        for field, text in _texts(fact):
            for place, what in _wording(field, text):
                add("facts", fact.id, place, what)
    for gap in catalogue.gaps.values():
        for field, what in _of_gap(gap, catalogue, today):
            add("gaps", gap.id, field, what)
        for field, text in _texts(gap):
            for place, what in _wording(field, text):
                add("gaps", gap.id, place, what)
    for topic_entry in catalogue.topics.values():
        for field, what in _of_topic(topic_entry, catalogue):
            add("topics", topic_entry.id, field, what)
    for caveat in catalogue.caveats.values():
        for place, what in _wording("text", caveat.text):
            add("caveats", caveat.id, place, what)
    for source in catalogue.sources.values():
        for field in ("published", "retrieved"):
            value = getattr(source, field)
            if value and earliest_day(value) > today:
                add("sources", source.id, field, f"{value} is in the future")
    answers: list[Fact | Gap] = [*catalogue.facts.values(), *catalogue.gaps.values()]
    covered = {topic for record in answers for topic in record.topics}
    some_unread = any(kind in ("facts", "gaps") for kind, _ in catalogue.unread)  # one of these may cover it
    for topic in TOPICS:
        if topic not in covered and not some_unread:
            what = "neither a fact nor a gap covers this topic"
            problems.append(Problem(file="facts/", record=topic, field="topics", what=what))
        if not catalogue.there("topics", topic):
            what = "the topic has no entry in topics.yml"
            problems.append(Problem(file="topics.yml", record=topic, field="id", what=what))
    return problems
