"""From a question and what is remembered to a whole reply: the one door to the answer core. Imports no Rasa.

`Answerer.reply` holds the order in which special cases are looked for; what makes one stands in the module that is named for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps
from typing import Concatenate, Optional, ParamSpec, TypeVar

import numpy as np

from bot.answer.case import case_topics
from bot.answer.detect.by_oneself import asks_measure, asks_own_measure, by_oneself
from bot.answer.detect.leaning import in_own_hands, joined
from bot.answer.detect.reasons import asks_for_reasons, asks_simpler, asks_why
from bot.answer.detect.verdict import asks_verdict
from bot.answer.detect.when_to_call import asks_when_to_call
from bot.answer.interpret import Near, Reading, interpret, outside_field
from bot.answer.question import Memory, Question, with_named
from bot.answer.reply import again, phrases
from bot.answer.reply.compose import Composer
from bot.answer.reply.contract import Kind, Reply
from bot.answer.reply.correct import correction
from bot.answer.reply.each_route import asks_which_is_safer, of_each_route
from bot.answer.reply.how_near import with_how_near
from bot.answer.reply.reactions import REPORT, has_reaction, shows_reaction, supposed, tells_reaction, with_report
from bot.answer.retrieve.gather import Section
from bot.answer.retrieve.library import Library
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.sections import goes_on_from, sections_of
from bot.answer.topics import HANDS_ON, REACTIONS
from bot.safety.emergency.complaints import own_medicine, own_reaction
from bot.vocabulary import LAW_TOPICS

Turn = tuple[Reply, Memory]
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
    def reply(self, question: Question, memory: Memory, *, advice: bool = False) -> Turn:
        """The reply to any question that is meant for the store, and what to remember.

        `advice`: the person asks for a verdict on their own case; they get the facts that bear on it, and no verdict.
        """
        memory = with_named(question, memory)
        if not question.chosen:  # a button says what it says
            advice = advice or asks_verdict(question.text) or asks_own_measure(question.text)
            for case in self._cases:
                if made := case(question, memory, advice=advice):
                    return made
        return self._on_own_case(question, memory) if advice else self._on_topics(question, memory)

    def personal(self, question: Question, memory: Memory) -> Turn:
        """The reply to someone who asks for a verdict on their own case."""
        return self.reply(question, memory, advice=True)

    @_of_one_piece
    def corrected(self, question: Question, memory: Memory) -> Turn | None:
        """What corrects `question` where it takes something wrong for granted; None where it does not."""
        return self._corrected(question, memory, advice=False)

    @_of_one_piece
    def more(self, memory: Memory) -> Turn:
        """The next facts of the last answer; says so plainly when there are none, or when there was no answer yet."""
        if not memory.topics:
            return self._composer.plain("conversation", phrases.NOTHING_YET, phrases.STARTERS), memory
        chosen = again.further(memory, self.snapshot())
        if not chosen.shown:
            return self._composer.plain("conversation", phrases.NO_MORE, memory.topics), memory
        about = [topic for topic in memory.topics if any(topic in fact.topics for fact in chosen.shown)]
        section = Section((about or list(memory.topics))[0], chosen)
        kind = memory.kind if memory.kind == "personal_advice" else None
        reply, kept = self._composer.reply([section], scope=memory.scope, memory=memory, kind=kind, detailed=True)
        return reply, replace(kept, said=memory.said)

    @_of_one_piece
    def read(self, question: Question, memory: Memory) -> Reading:
        """What the question asks for, with a second look by meaning when it is unsure."""

        @cache
        def nearest() -> tuple[Near, ...]:
            if not self._encode or question.chosen:
                return ()
            found = self.snapshot().nearest(self._encode(question.text))
            return tuple(Near(entry.topics, likeness, entry.conditions) for entry, likeness in found)

        return interpret(question, memory, home=self._home, nearest=nearest)

    @_of_one_piece
    def outside(self) -> Reply:
        """Says what the assistant can help with."""
        return self._composer.plain("out_of_scope", phrases.OUTSIDE, phrases.STARTERS)

    @property
    def _composer(self) -> Composer:
        return Composer(self.snapshot(), self._today(), self._emergency)

    # The special cases. Each makes the whole turn, or None where it is not the case.

    @property
    def _cases(self) -> tuple[Callable[..., Turn | None], ...]:
        """In the order in which they are looked for."""
        again_said = (self._why, self._simpler)
        of_the_person = (self._own_medicine, self._by_oneself)
        return (*again_said, *of_the_person, self._corrected, self._when_to_call, self._reaction, self._safer)

    def _why(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """ "Why?": the last answer again, with what is on file behind it."""
        return self._again(memory, opener=phrases.REASONS, details=True) if asks_why(question.text) else None

    def _simpler(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """ "In plain English": the last answer again, in its plain statements alone."""
        return self._again(memory, opener=phrases.SIMPLER, details=False) if asks_simpler(question.text) else None

    def _again(self, memory: Memory, *, opener: str, details: bool) -> Turn | None:
        if not memory.topics or not (choice := again.last(memory, self.snapshot())).shown:
            return None
        section = Section(memory.topics[0], choice)
        kind: Kind = "personal_advice" if memory.kind == "personal_advice" else "answer"
        reply, kept = self._composer.reply([section], scope=memory.scope, memory=memory, kind=kind, opener=opener, detailed=details)
        return reply, replace(kept, topics=memory.topics, rest=memory.rest, said=memory.said)

    def _own_medicine(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Asks to stop or change a medicine: that is for who prescribed it."""
        if not own_medicine(question.text):
            return None
        reading = Reading("topics", ("who_should_avoid",))
        return self.about(reading, question=question, memory=memory, kind="personal_advice", opener=phrases.OWN_MEDICINE)

    def _by_oneself(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Asks how to inject or needle without a clinician: who asks must see what went wrong."""
        if not by_oneself(question.text) and not in_own_hands(question, memory):
            return None
        if outside_field(question, memory) and not memory.topics:  # once on exosomes, needling at home means with them
            return self.outside(), replace(memory, kind="out_of_scope")
        reading = self._read_inside(question, memory)
        how = next((topic for topic in case_topics(question, reading, alone=True) if topic in HANDS_ON), HANDS_ON[0])
        reading = replace(reading, topics=(how, "serious_harms"))
        return self.about(reading, question=question, memory=memory, kind="personal_advice", opener=phrases.HANDS_ON, together=True)

    def _corrected(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Takes for granted what is wrong: the facts that correct it, where they are on file."""
        if not (found := correction(question, memory, snapshot=self.snapshot(), home=self._home)):
            return None
        sections = list(found.sections)
        if found.premise.beside:  # what else was asked about is answered too, but for more on the law
            others = [topic for topic in self.read(question, memory).topics if topic not in (*LAW_TOPICS, "other_countries")]
            beside = Reading("topics", tuple(topic for topic in others if topic != found.premise.topic)[:1], dict(question.scope))
            sections += self._sections(beside, question, memory)
        kind: Optional[Kind] = "personal_advice" if advice else None
        reply, kept = self._composer.reply(sections, scope=dict(question.scope), memory=memory, kind=kind, opener=found.opener)
        return reply, replace(kept, said=joined("", question.text))

    def _when_to_call(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Asks calmly what to do in an emergency, or which signs are one: first when to call, then what is on file."""
        if not asks_when_to_call(question.text) or outside_field(question, memory):
            return None
        reading = self._read_inside(question, memory)
        topics = tuple(topic for topic in reading.topics if topic in REACTIONS)[:1] or ("serious_harms",)
        kind: Optional[Kind] = "personal_advice" if advice else None
        reading = replace(reading, outcome="topics", topics=topics)
        return self.about(reading, question=question, memory=memory, kind=kind, opener=phrases.WHEN_TO_CALL)

    def _reaction(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Tells of a bad reaction, in however few words: who should see it, and where it is reported."""
        shown = shows_reaction(question.text)
        if advice or not (shown or tells_reaction(question.text)) or outside_field(question, memory):
            return None
        reading = self._read_inside(question, memory)
        topics = ("side_effects",) if shown or own_reaction(question.text) else (REPORT,)
        return self.about(replace(reading, outcome="topics", topics=topics), question=question, memory=memory)

    def _safer(self, question: Question, memory: Memory, *, advice: bool) -> Turn | None:
        """Asks which of two ways to give it is safer: what is known of the harm of each, and no verdict."""
        if len(memory.routes) < 2 or not asks_which_is_safer(question.text) or outside_field(question, memory):
            return None
        sections = of_each_route(memory.routes, snapshot=self.snapshot(), home=self._home)
        kind: Kind = "personal_advice" if advice else "answer"
        reply, kept = self._composer.reply(sections, scope={}, memory=memory, kind=kind, opener=phrases.WHICH_IS_SAFER)
        return reply, replace(kept, said=joined("", question.text))

    # What is left when no special case is met.

    def _on_own_case(self, question: Question, memory: Memory) -> Turn:
        if outside_field(question, memory):
            return self.outside(), replace(memory, kind="out_of_scope")
        reading = self._read_inside(question, memory)
        measure = asks_measure(question.text)
        reading = replace(reading, topics=case_topics(question, reading, measure=measure))
        opener = phrases.NO_DOSE if measure else phrases.OPENERS["personal_advice"]
        return self.about(reading, question=question, memory=memory, kind="personal_advice", opener=opener)

    def _on_topics(self, question: Question, memory: Memory) -> Turn:
        reading = self.read(question, memory)
        if reading.outcome == "clarify":
            return self._composer.clarify(reading), replace(memory, kind="clarify")
        if reading.outcome == "outside":
            return self.outside(), replace(memory, kind="out_of_scope")
        snapshot = self.snapshot()
        if reading.topics == ("sources",) and (shown := again.last(memory, snapshot)).shown:
            return again.sources(shown, memory, question.text, snapshot=snapshot, today=self._today()), memory
        return self.about(reading, question=question, memory=memory)

    def _read_inside(self, question: Question, memory: Memory) -> Reading:
        """The reading of a message that is known to be one in the field, whatever its intent."""
        return self.read(replace(question, inside=1.0, intent="personal_advice"), memory)

    def _sections(self, reading: Reading, question: Question, memory: Memory, *, together: bool = False) -> list[Section]:
        return sections_of(
            reading,
            question=question,
            memory=memory,
            snapshot=self.snapshot(),
            encode=self._encode,
            home=self._home,
            together=together,
        )

    @_of_one_piece
    def about(
        self,
        reading: Reading,
        *,
        question: Question,
        memory: Memory,
        kind: Optional[Kind] = None,
        opener: str = "",
        together: bool = False,
    ) -> Turn:
        """The reply on the topics of `reading`.

        `opener` is said first; kind "personal_advice" adds what to ask a clinician; `together` keeps both topics even
        where one of them has nothing near the question.
        """
        snapshot = self.snapshot()
        sections = self._sections(reading, question, memory, together=together)
        special = opener and opener != phrases.OPENERS["personal_advice"]
        if sections and sections[0].topic in REACTIONS and has_reaction(question.text) and not special:
            opener = phrases.OWN_REACTION
            sections = with_report(sections, snapshot=snapshot, scope=reading.scope, home=memory.country or self._home)
        elif sections and sections[0].topic == REPORT and not opener and supposed(question.text):
            opener = phrases.REPORT_IF
        elif not opener and kind is None:
            sections, opener = with_how_near(sections, question, reading)
        reply, kept = self._composer.reply(
            sections,
            scope=reading.scope,
            memory=memory,
            kind=kind,
            opener=opener,
            detailed=asks_for_reasons(question.text) or None,
            perhaps=question.perhaps,
        )
        base = goes_on_from(reading, question, memory, snapshot)
        return reply, replace(kept, said=base or joined("", question.text))
