"""The sections of a reply: one for each topic that was read, or for each country named. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.answer.detect.leaning import joined, names_neighbour, vector_of
from bot.answer.detect.places import side_by_side
from bot.answer.detect.verdict import asks_diagnosis
from bot.answer.interpret import Reading
from bot.answer.question import Memory, Question
from bot.answer.reply.reactions import favourable, has_reaction, report_first
from bot.answer.retrieve.gather import Section, gather
from bot.answer.retrieve.query import Query
from bot.answer.retrieve.rank import fit
from bot.answer.retrieve.snapshot import Entry, Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import PLACE_TOPICS, REACTIONS
from bot.facts.schema import Fact, Gap

Encode = Callable[[str], np.ndarray]


def goes_on_from(reading: Reading, question: Question, memory: Memory, snapshot: Snapshot) -> str:
    """What a follow-up goes on with: what was said, or its topic's own question where it moved to another topic; else ""."""
    if not reading.leans or _parts(reading, question):
        return ""
    topic = reading.topics[0]
    stays = topic in memory.topics or topic in PLACE_TOPICS
    own = snapshot.topics[topic].question if topic in snapshot.topics else ""
    return memory.said if stays and memory.said else own


def sections_of(
    reading: Reading,
    *,
    question: Question,
    memory: Memory,
    snapshot: Snapshot,
    encode: Encode | None,
    home: str,
    together: bool = False,
) -> list[Section]:
    """What each topic of `reading` has to say; `together` keeps both even where one has nothing near the question."""
    topics = [topic for topic in reading.topics[:2] if topic in snapshot.topics]
    topics = report_first(topics)
    reaction = has_reaction(question.text)
    not_now = favourable(topics, snapshot) if asks_diagnosis(question.text) else []
    topics = _without_neighbours(topics, question)
    parts = _parts(reading, question)
    asked = side_by_side(topics, question, reading.scope, home=home)
    after = goes_on_from(reading, question, memory, snapshot)
    whole = bool(question.text) and not (question.chosen or after)  # a fragment is near to what it does not mean
    found = snapshot.nearest(encode(question.text), count=8) if encode and whole else []
    worded = _worded(reading, question, found, home=home)
    sections: list[Section] = []
    for topic, scope, heading in asked:
        text = parts.get(topic) or question.text or snapshot.topics[topic].question
        if topic in REACTIONS and reaction:
            text = question.text  # a part may be no more than "not painful"
        query = Query(
            topic=topic,
            home=(memory.country or home) if topic == "report_problem" else home,
            scope=scope,
            vector=vector_of(text, after=after, whole=question.text if parts else "", encode=encode) if encode else None,
            alone=len(asked) == 1,
            conditions=question.conditions,
            told=[*not_now, *(id for earlier in sections for id in earlier.ids)],
            text=joined(after, text),
            leans=bool(after),
            worded=() if sections else worded,
            nearest=_clear_gap(found),
        )
        section = gather(query, snapshot=snapshot)
        sections.append(replace(section, heading=heading))
    if question.chosen or parts or together or any(heading for *_, heading in asked):
        return sections
    return _to_the_point(sections)


def _parts(reading: Reading, question: Question) -> Mapping[str, str]:
    """The parts of a message that was read as two questions; where it was read as one, none of it is left out."""
    return question.parts if len(reading.topics) > 1 else {}


def _without_neighbours(topics: list[str], question: Question) -> list[str]:
    """`topics` without one whose part of the message is on a treatment that nothing is on file about ("how much is botox")."""
    kept = [topic for topic in topics if not names_neighbour(question.parts.get(topic, ""))]
    return kept or topics


def _clear_gap(found: Sequence[tuple[Entry, float]]) -> str:
    """The id of the gap that is clearly the nearest of all entries to the question; "" where none is."""
    if not found:
        return ""
    first, likeness = found[0]
    fact = max((other for entry, other in found if isinstance(entry, Fact)), default=0.0)
    return first.id if isinstance(first, Gap) and likeness >= max(AT.unnamed_fits, fact + AT.unnamed) else ""


def _worded(reading: Reading, question: Question, found: Sequence[tuple[Entry, float]], *, home: str) -> list[Entry]:
    """What holds the question in nearly the same words, where its topics are others than those that were read.

    A question may well be fair to two topics; what answers it is on file under one. The law of a place keeps to its own.
    """
    if _parts(reading, question) or set(reading.topics).intersection(PLACE_TOPICS):
        return []
    least = AT.elsewhere_fits if question.words >= AT.judged else AT.word_for_word  # a few words are near to much
    own = max((likeness for entry, likeness in found if set(entry.topics).intersection(reading.topics)), default=0.0)
    sure = max((share for topic, share in question.topics if topic in reading.topics), default=0.0)
    near = [entry for entry, likeness in found if likeness >= max(least, own + AT.beyond * sure)]
    here = {"jurisdiction": reading.scope.get("jurisdiction", home)}
    return [entry for entry in near if fit(entry, here) and (isinstance(entry, Fact) or entry.meant_by(question.text))]


def _to_the_point(sections: list[Section]) -> list[Section]:
    """Two topics, or one: where the other has nothing near the question, or what is not known of the first answers for both."""
    if len(sections) < 2:
        return sections
    first, second = sections
    if first.gap_told and first.gap and second.topic in first.gap.topics:
        return [first]
    near = max(section.nearest for section in sections)
    return [section for section in sections if section.nearest >= AT.near or section.nearest > near - AT.far]
