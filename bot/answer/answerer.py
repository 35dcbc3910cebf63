"""From a question and what is remembered to a whole reply: the one door to the answer core. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.answer import phrases, wording
from bot.answer.contract import Button, Reply
from bot.answer.gather import KIND_OF_TOPIC, Section, gather
from bot.answer.interpret import Reading, case_topics, interpret
from bot.answer.payload import ask, more
from bot.answer.question import Memory, Question
from bot.answer.select import LIMIT, Choice, choose
from bot.answer.snapshot import Library, Snapshot
from bot.facts.schema import Fact, Gap
from bot.safety.own_reaction import own_reaction

SAME = 0.75  # likeness from which two statements say the same
HANDS_ON = ("how_given", "home_products", "durability")
REACTIONS = ("side_effects", "serious_harms", "procedure_recovery")


class Answerer:
    """Answers questions from the newest snapshot. `encode` turns the question into a vector, `home` is the clinic's country."""

    def __init__(
        self,
        library: Library,
        *,
        encode: Callable[[str], np.ndarray] | None,
        home: str = "US",
        emergency: str = "your local emergency number",
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._library, self._encode, self._home, self._today = library, encode, home, today
        self._emergency = emergency

    def warm_up(self) -> None:
        """Reads the store and runs the encoder once, so that the first person does not wait for it."""
        snapshot = self._library.current()
        if self._encode:
            snapshot.nearest(self._encode("hello"))

    def read(self, question: Question, memory: Memory) -> Reading:
        """What the question asks for, with a second look by meaning when it is unsure."""
        nearest: list[tuple[tuple[str, ...], float]] = []
        if self._encode and not question.chosen:
            found = self._library.current().nearest(self._encode(question.text))
            nearest = [(entry.topics, likeness) for entry, likeness in found]
        return interpret(question, memory, home=self._home, nearest=nearest)

    def reply(self, question: Question, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to any question that is meant for the store, and what to remember."""
        reading = self.read(question, memory)
        if reading.outcome == "clarify":
            return self._clarify(reading), replace(memory, kind="clarify")
        if reading.outcome == "outside":
            return self.outside(), replace(memory, kind="out_of_scope")
        if reading.topics == ("sources",) and (choice := self._last(memory)).shown:
            return self._sources(choice, memory)
        return self.about(reading.topics, question=question, scope=reading.scope, memory=memory)

    def about(
        self,
        topics: Sequence[str],
        *,
        question: Question,
        scope: Mapping[str, str],
        memory: Memory,
        kind: str = "",
        opener: str = "",
    ) -> tuple[Reply, Memory]:
        """The reply on given topics; `opener` is said first; kind "personal_advice" adds what to ask a clinician."""
        snapshot = self._library.current()
        text = question.text or " ".join(snapshot.topics[topic].question for topic in topics if topic in snapshot.topics)
        vector = self._encode(text) if self._encode and text else None
        asked = [topic for topic in topics[:2] if topic in snapshot.topics]
        sections = [
            gather(topic, snapshot=snapshot, scope=scope, vector=vector, home=self._home, alone=len(asked) == 1) for topic in asked
        ]
        if not opener and sections and sections[0].topic in REACTIONS and own_reaction(question.text):
            opener = phrases.OWN_REACTION
        return self._compose(sections, snapshot, scope, memory, kind, opener)

    def personal(self, question: Question, memory: Memory) -> tuple[Reply, Memory]:
        """The reply to someone who asks for a verdict on their own case: the facts that bear on it, and no verdict."""
        reading = self.read(replace(question, inside=1.0, intent="personal_advice"), memory)
        topics = case_topics(question, reading)
        hands_on = (
            not question.conditions
            and any(topic in HANDS_ON for topic in topics)
            and reading.scope.get("route") in ("injection", "microneedling")
        )
        if hands_on and "serious_harms" not in topics:
            topics = (topics[0], "serious_harms")  # who asks how to do it must see what went wrong
        opener = phrases.HANDS_ON if hands_on else phrases.OPENERS["personal_advice"]
        return self.about(topics, question=question, scope=reading.scope, memory=memory, kind="personal_advice", opener=opener)

    def more(self, memory: Memory) -> tuple[Reply, Memory]:
        """The next facts of the last answer; says so plainly when there are none."""
        snapshot = self._library.current()
        facts = [snapshot.facts[key] for key in memory.rest if key in snapshot.facts]
        order = {fact.id: 1 - place / 100 for place, fact in enumerate(facts)}  # as they were ranked for the question
        chosen = choose(facts, snapshot=snapshot, scope=memory.scope, relevance=order)
        if not chosen.shown or not memory.topics:
            return self._plain("conversation", phrases.NO_MORE, snapshot, memory.topics), memory
        about = [topic for topic in memory.topics if any(topic in fact.topics for fact in chosen.shown)]
        section = Section((about or list(memory.topics))[0], chosen)
        return self._compose([section], snapshot, memory.scope, memory, memory.kind if memory.kind == "personal_advice" else "")

    def outside(self) -> Reply:
        """Says what the assistant can help with."""
        return self._plain("out_of_scope", phrases.OUTSIDE, self._library.current(), phrases.STARTERS)

    def _compose(
        self,
        sections: Sequence[Section],
        snapshot: Snapshot,
        scope: Mapping[str, str],
        memory: Memory,
        kind: str,
        opener: str = "",
    ) -> tuple[Reply, Memory]:
        facts: list[Fact] = list(dict.fromkeys(fact for section in sections for fact in section.choice.shown))
        disagreement = any(section.choice.disagreement for section in sections)
        gaps = [section.gap for section in sections if section.gap]
        shown = wording.prepare(facts, snapshot=snapshot, disagreement=disagreement, today=self._today(), gaps=gaps)
        kind = kind or _kind(sections)
        if not opener and not (kind == "no_evidence" and any(section.gap for section in sections)):
            opener = phrases.OPENERS.get(kind, "")  # a gap itself says what is not known
        blocks = [opener.format(emergency=self._emergency)] if opener else []
        told: set[str] = set()
        for section in sections:
            ids = [fact.id for fact in section.choice.shown if fact.id not in told]
            told.update(ids)
            lines = wording.statement_lines([fact for fact in shown.facts if fact.id in ids])
            if section.gap and not _repeated(section.gap, section.choice.shown, snapshot):
                lines.insert(0, section.gap.statement)
            if not lines:
                nothing = phrases.NOTHING_ON_FILE.format(subject=snapshot.topics[section.topic].subject)
                lines = [phrases.SAID_ABOVE if section.choice.shown else nothing]
            if len(sections) > 1:
                lines.insert(0, snapshot.topics[section.topic].question)
            blocks.append("\n".join(lines))
        if questions := _questions(sections, snapshot, kind):
            blocks.append("\n".join([phrases.ASK, *(f"- {question}" for question in questions)]))
        blocks += wording.ending(shown)
        rest = tuple(fact.id for section in sections for fact in section.choice.rest if fact.id not in told)
        topics = tuple(section.topic for section in sections)
        reply = Reply(
            kind=kind,
            text="\n\n".join(blocks),
            topics=topics,
            scope=dict(scope),
            facts=shown.facts,
            sources=shown.sources,
            caveats=shown.caveats,
            notice=shown.notice,
            buttons=_buttons(topics, snapshot, scope, rest),
        )
        country = scope.get("jurisdiction") or memory.country
        kept = Memory(topics, dict(scope), tuple(fact.id for fact in facts), rest[:40], kind, country)
        return reply, kept

    def _last(self, memory: Memory) -> Choice:
        """The facts of the last answer in their order, as far as the newest release still shows them in balance."""
        snapshot = self._library.current()
        facts = [snapshot.facts[key] for key in memory.shown if key in snapshot.facts]
        choice = choose(facts, snapshot=snapshot, scope={}, relevance={}, usual=LIMIT)
        places = {key: place for place, key in enumerate(memory.shown)}
        return Choice(shown=tuple(sorted(choice.shown, key=lambda fact: places.get(fact.id, LIMIT))))

    def _sources(self, choice: Choice, memory: Memory) -> tuple[Reply, Memory]:
        """Where the last answer came from: its facts again by source, and what each author stands to gain."""
        snapshot = self._library.current()
        shown = wording.prepare(choice.shown, snapshot=snapshot, disagreement=choice.disagreement, today=self._today())
        lines = [phrases.LAST_SOURCES, *wording.statement_lines(shown.facts)]
        blocks = ["\n".join(lines), *wording.ending(shown)]
        reply = Reply(
            kind="answer",
            text="\n\n".join(blocks),
            topics=("sources",),
            scope=dict(memory.scope),
            facts=shown.facts,
            sources=shown.sources,
            caveats=shown.caveats,
            notice=shown.notice,
            buttons=_buttons(("sources",), snapshot, memory.scope, memory.rest),
        )
        return reply, memory

    def _clarify(self, reading: Reading) -> Reply:
        snapshot = self._library.current()
        buttons = tuple(Button(snapshot.topics[t].label, ask(t, reading.scope)) for t in reading.options)
        lines = [phrases.CLARIFY, *(f"- {snapshot.topics[topic].question}" for topic in reading.options)]
        return Reply(kind="clarify", text="\n".join(lines), scope=dict(reading.scope), buttons=buttons)

    def _plain(self, kind: str, text: str, snapshot: Snapshot, topics: Sequence[str]) -> Reply:
        offered = [topic for topic in topics if topic in snapshot.topics][:3]
        return Reply(kind=kind, text=text, buttons=tuple(Button(snapshot.topics[t].label, ask(t)) for t in offered))


def _kind(sections: Sequence[Section]) -> str:
    first = sections[0]
    if first.topic in KIND_OF_TOPIC:
        return KIND_OF_TOPIC[first.topic]
    if all(section.unanswered for section in sections):
        return "no_evidence"
    return "answer"


def _repeated(gap: Gap, facts: Sequence[Fact], snapshot: Snapshot) -> bool:
    """Whether a fact shown already says what the gap would say."""
    said = snapshot.vectors.get(gap.statement)
    statements = (snapshot.vectors.get(fact.statement) for fact in facts)
    return said is not None and any(vector is not None and float(vector @ said) > SAME for vector in statements)


def _questions(sections: Sequence[Section], snapshot: Snapshot, kind: str) -> list[str]:
    """What to ask a clinician: always with a gap, and whenever the person asks for a verdict."""
    asked: list[str] = []
    for section in sections:
        if section.gap:
            asked += section.gap.ask
        elif kind == "personal_advice" or not section.choice.shown:
            asked += snapshot.topics[section.topic].ask
    return list(dict.fromkeys(asked))[:3]


def _buttons(topics: Sequence[str], snapshot: Snapshot, scope: Mapping[str, str], rest: Sequence[str]) -> tuple[Button, ...]:
    related = [t for topic in topics if topic in snapshot.topics for t in snapshot.topics[topic].related]
    offered = [t for t in dict.fromkeys(related) if t not in topics and t in snapshot.topics][:3]
    buttons = [Button("Tell me more", more())] if rest else []
    return (*buttons, *(Button(snapshot.topics[t].label, ask(t, scope)) for t in offered))
