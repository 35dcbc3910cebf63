"""From a question and what is remembered to a whole reply: the one door to the answer core. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, Optional, ParamSpec, TypeVar

import numpy as np

from bot.answer import again, phrases
from bot.answer.by_oneself import asks_measure, by_oneself
from bot.answer.compose import compose
from bot.answer.contract import Button, Reply
from bot.answer.correct import correction
from bot.answer.gather import FAR, NEAR, Section, gather
from bot.answer.interpret import Reading, case_topics, interpret, outside_field
from bot.answer.payload import ask
from bot.answer.places import side_by_side
from bot.answer.question import Memory, Question
from bot.answer.reactions import REACTIONS, favourable, has_reaction, report_first, with_report
from bot.answer.reasons import asks_for_reasons, asks_why
from bot.answer.select import Choice
from bot.answer.snapshot import Library, Snapshot
from bot.answer.verdict import asks_diagnosis, asks_verdict
from bot.safety.complaints import own_medicine
from bot.vocabulary import LAW_TOPICS

HANDS_ON = ("how_given", "home_products", "durability")

Made = TypeVar("Made")
P = ParamSpec("P")


def _of_one_piece(method: Callable[Concatenate[Answerer, P], Made]) -> Callable[Concatenate[Answerer, P], Made]:
    """The method with one snapshot for all that it does."""

    @wraps(method)
    def held(self: Answerer, *args: P.args, **kwargs: P.kwargs) -> Made:
        with self._library.held():
            return method(self, *args, **kwargs)

    return held


class Answerer:
    """Answers questions from the newest snapshot.

    `encode` turns the question into a vector, `home` is the clinic's country, `emergency` gives the number to call in the
    country that the person named, or None.
    """

    def __init__(
        self,
        library: Library,
        *,
        encode: Callable[[str], np.ndarray] | None,
        home: str = "US",
        emergency: Callable[[Optional[str]], str] = lambda country: "your local emergency number",
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._library, self._encode, self._home, self._today = library, encode, home, today
        self._emergency = emergency

    def warm_up(self) -> None:
        """Reads the store and runs the encoder once, so that the first person does not wait for it."""
        snapshot = self._library.current()
        if self._encode:
            snapshot.nearest(self._encode("hello"))

    def snapshot(self) -> Snapshot:
        """The newest release of the facts."""
        return self._library.current()

    @_of_one_piece
    def read(self, question: Question, memory: Memory) -> Reading:
        """What the question asks for, with a second look by meaning when it is unsure."""

        def nearest() -> list[tuple[tuple[str, ...], float]]:
            if not self._encode or question.chosen:
                return []
            found = self._library.current().nearest(self._encode(question.text))
            return [(entry.topics, likeness) for entry, likeness in found]

        return interpret(question, memory, home=self._home, nearest=nearest)

    @_of_one_piece
    def reply(self, question: Question, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to any question that is meant for the store, and what to remember."""
        if asks_why(question.text) and memory.topics and (shown := again.last(memory, self._library.current())).shown:
            return self._why(shown, memory)
        if by_oneself(question.text) and not question.chosen:
            return self.personal(question, memory)
        if own_medicine(question.text) and not question.chosen:
            return self._own_medicine(question, memory)
        if asks_verdict(question.text) and not question.chosen:
            return self.personal(question, memory)
        if corrected := self._corrected(question, memory):
            return corrected
        reading = self.read(question, memory)
        if reading.outcome == "clarify":
            return self._clarify(reading), replace(memory, kind="clarify")
        if reading.outcome == "outside":
            return self.outside(), replace(memory, kind="out_of_scope")
        snapshot = self._library.current()
        if reading.topics == ("sources",) and (shown := again.last(memory, snapshot)).shown:
            return again.sources(shown, memory, question.text, snapshot=snapshot, today=self._today()), memory
        return self.about(reading.topics, question=question, scope=reading.scope, memory=memory)

    @_of_one_piece
    def about(
        self,
        topics: Sequence[str],
        *,
        question: Question,
        scope: Mapping[str, str],
        memory: Memory,
        kind: str = "",
        opener: str = "",
        together: bool = False,
    ) -> tuple[Reply, Memory]:
        """The reply on given topics.

        `opener` is said first; kind "personal_advice" adds what to ask a clinician; `together` keeps both topics even
        where one of them has nothing near the question.
        """
        snapshot = self._library.current()
        known = [topic for topic in topics[:2] if topic in snapshot.topics]
        known = report_first(known)
        asked = side_by_side(known, question, scope, home=self._home)
        reaction = has_reaction(question.text)
        not_now = favourable(known, snapshot) if asks_diagnosis(question.text) else []
        sections: list[Section] = []
        for topic, scope_there, heading in asked:
            text = question.parts.get(topic) or question.text or snapshot.topics[topic].question
            if topic in REACTIONS and reaction:
                text = question.text  # a part may be no more than "not painful"
            section = gather(
                topic,
                snapshot=snapshot,
                scope=scope_there,
                vector=self._encode(text) if self._encode else None,
                home=(memory.country or self._home) if topic == "report_problem" else self._home,
                alone=len(asked) == 1,
                conditions=question.conditions,
                told=[*not_now, *(id for earlier in sections for id in earlier.ids)],
                text=text,
            )
            sections.append(replace(section, heading=heading))
        if not (question.chosen or question.parts or together or any(heading for *_, heading in asked)):
            sections = _to_the_point(sections)
        if reaction and sections and sections[0].topic in REACTIONS and not (kind and opener != phrases.OPENERS["personal_advice"]):
            opener = phrases.OWN_REACTION
            sections = with_report(sections, snapshot=snapshot, scope=scope, home=memory.country or self._home)
        detailed = asks_for_reasons(question.text)
        return self._compose(
            sections, snapshot, scope, memory, kind=kind, opener=opener, detailed=detailed, perhaps=question.perhaps
        )

    @_of_one_piece
    def personal(self, question: Question, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to someone who asks for a verdict on their own case: the facts that bear on it, and no verdict."""
        if own_medicine(question.text):
            return self._own_medicine(question, memory)
        if not by_oneself(question.text) and (corrected := self._corrected(question, memory, kind="personal_advice")):
            return corrected
        if outside_field(question, memory):
            return self.outside(), replace(memory, kind="out_of_scope")
        reading = self.read(replace(question, inside=1.0, intent="personal_advice"), memory)
        alone = by_oneself(question.text)
        measure = asks_measure(question.text)
        topics = case_topics(question, reading, alone=alone, measure=measure)
        if alone:
            topics = (next((topic for topic in topics if topic in HANDS_ON), HANDS_ON[0]), "serious_harms")
        opener = phrases.NO_DOSE if measure else phrases.OPENERS["personal_advice"]
        opener = phrases.HANDS_ON if alone else opener  # who asks how to do it must see what went wrong
        return self.about(
            topics, question=question, scope=reading.scope, memory=memory, kind="personal_advice", opener=opener, together=alone
        )

    def _own_medicine(self, question: Question, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to someone who asks to stop or change a medicine: that is for who prescribed it."""
        return self.about(
            ("who_should_avoid",), question=question, scope={}, memory=memory, kind="personal_advice", opener=phrases.OWN_MEDICINE
        )

    def _corrected(self, question: Question, memory: Memory, *, kind: str = "") -> tuple[Reply, Memory] | None:
        """The reply that corrects what `question` takes for granted, where it does so and the facts are on file."""
        snapshot = self._library.current()
        if not (found := correction(question, memory, snapshot=snapshot, home=self._home)):
            return None
        if found.belief.beside and len(topics := self._beside(found.belief.topic, question, memory)) > 1:
            return self.about(topics, question=question, scope=question.scope, memory=memory, kind=kind, together=True)
        return self._compose(found.sections, snapshot, dict(question.scope), memory, kind=kind, opener=found.opener)

    def _beside(self, corrected: str, question: Question, memory: Memory) -> tuple[str, ...]:
        """The topic that corrects, and what else was asked about, if it is not on the law as well."""
        others = [topic for topic in self.read(question, memory).topics if topic not in (*LAW_TOPICS, "other_countries")]
        return (corrected, *others[:1])

    @_of_one_piece
    def more(self, memory: Memory) -> tuple[Reply, Memory]:
        """The next facts of the last answer; says so plainly when there are none, or when there was no answer yet."""
        snapshot = self._library.current()
        if not memory.topics:
            return self._plain("conversation", phrases.NOTHING_YET, snapshot, phrases.STARTERS), memory
        chosen = again.further(memory, snapshot)
        if not chosen.shown:
            return self._plain("conversation", phrases.NO_MORE, snapshot, memory.topics), memory
        about = [topic for topic in memory.topics if any(topic in fact.topics for fact in chosen.shown)]
        section = Section((about or list(memory.topics))[0], chosen)
        kind = memory.kind if memory.kind == "personal_advice" else ""
        return self._compose([section], snapshot, memory.scope, memory, kind=kind, detailed=True)

    @_of_one_piece
    def outside(self) -> Reply:
        """Says what the assistant can help with."""
        return self._plain("out_of_scope", phrases.OUTSIDE, self._library.current(), phrases.STARTERS)

    def _compose(
        self, sections: Sequence[Section], snapshot: Snapshot, scope: Mapping[str, str], memory: Memory, **how: Any
    ) -> tuple[Reply, Memory]:
        today, number = self._today(), self._emergency
        return compose(sections, snapshot=snapshot, scope=scope, memory=memory, today=today, emergency=number, **how)

    def _why(self, choice: Choice, memory: Memory) -> tuple[Reply, Memory]:
        """The last answer again, with what is on file behind it."""
        snapshot = self._library.current()
        section = Section(memory.topics[0], choice)
        kind = memory.kind if memory.kind in ("answer", "personal_advice") else "answer"
        reply, kept = self._compose([section], snapshot, memory.scope, memory, kind=kind, opener=phrases.REASONS, detailed=True)
        return reply, replace(kept, topics=memory.topics, rest=memory.rest)

    def _clarify(self, reading: Reading) -> Reply:
        snapshot = self._library.current()
        offered = tuple(Button(snapshot.topics[t].label, ask(t, reading.scope)) for t in reading.options)
        lines = [phrases.CLARIFY, *(f"- {snapshot.topics[topic].question}" for topic in reading.options)]
        return Reply(kind="clarify", text="\n".join(lines), scope=dict(reading.scope), buttons=offered)

    def _plain(self, kind: str, text: str, snapshot: Snapshot, topics: Sequence[str]) -> Reply:
        offered = [topic for topic in topics if topic in snapshot.topics][:3]
        return Reply(kind=kind, text=text, buttons=tuple(Button(snapshot.topics[t].label, ask(t)) for t in offered))


def _to_the_point(sections: list[Section]) -> list[Section]:
    """Two topics, or the one that has something near the question where the other one has nothing near it."""
    if len(sections) < 2:
        return sections
    near = max(section.nearest for section in sections)
    kept = [section for section in sections if section.nearest >= NEAR or section.nearest > near - FAR]
    return kept
