"""The sections of a reply: one for each topic that was read, or for each country named. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bot.answer.gather import Section, gather
from bot.answer.interpret import Reading
from bot.answer.leaning import joined, vector_of
from bot.answer.places import side_by_side
from bot.answer.question import Memory, Question
from bot.answer.reactions import favourable, has_reaction, report_first
from bot.answer.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import PLACE_TOPICS, REACTIONS
from bot.answer.verdict import asks_diagnosis

Encode = Callable[[str], np.ndarray]


def said_before(reading: Reading, question: Question, memory: Memory, snapshot: Snapshot) -> str:
    """What a follow-up goes on with: what was said, or its topic's own question where it moved to another topic; else ""."""
    if not reading.leans or question.parts:
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
    asked = side_by_side(topics, question, reading.scope, home=home)
    reaction = has_reaction(question.text)
    not_now = favourable(topics, snapshot) if asks_diagnosis(question.text) else []
    after = said_before(reading, question, memory, snapshot)
    sections: list[Section] = []
    for topic, scope, heading in asked:
        text = question.parts.get(topic) or question.text or snapshot.topics[topic].question
        if topic in REACTIONS and reaction:
            text = question.text  # a part may be no more than "not painful"
        section = gather(
            topic,
            snapshot=snapshot,
            scope=scope,
            vector=vector_of(text, after=after, encode=encode) if encode else None,
            home=(memory.country or home) if topic == "report_problem" else home,
            alone=len(asked) == 1,
            conditions=question.conditions,
            told=[*not_now, *(id for earlier in sections for id in earlier.ids)],
            text=joined(after, text),
            leans=bool(after),
        )
        sections.append(replace(section, heading=heading))
    if question.chosen or question.parts or together or any(heading for *_, heading in asked):
        return sections
    return _to_the_point(sections)


def _to_the_point(sections: list[Section]) -> list[Section]:
    """Two topics, or one: where the other has nothing near the question, or what is not known of the first answers for both."""
    if len(sections) < 2:
        return sections
    first, second = sections
    if first.gap_told and first.gap and second.topic in first.gap.topics:
        return [first]
    near = max(section.nearest for section in sections)
    return [section for section in sections if section.nearest >= AT.near or section.nearest > near - AT.far]
