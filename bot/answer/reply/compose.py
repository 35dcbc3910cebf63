"""Puts the sections of a reply together: opener, statements, gaps, what to ask, caveats, sources, buttons. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Optional

from bot.answer.interpret import Reading
from bot.answer.question import Memory
from bot.answer.reply import phrases, wording
from bot.answer.reply.contract import Button, Kind, Reply
from bot.answer.reply.payload import ask, more
from bot.answer.retrieve.gather import Section
from bot.answer.retrieve.select import disagree
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.topics import KIND_OF_TOPIC
from bot.facts.schema import Fact
from bot.safety.emergency.after_emergency import now_first

KEPT = 40  # facts kept for "more"


def kind_of(sections: Sequence[Section]) -> Kind:
    """The kind of reply that `sections` make."""
    first = sections[0]
    if first.topic in KIND_OF_TOPIC:
        return KIND_OF_TOPIC[first.topic]
    if all(section.unanswered for section in sections):
        return "no_evidence"
    return "answer"


@dataclass(frozen=True)
class Composer:
    """Makes whole replies over one snapshot; `emergency` gives the number to call in a country."""

    snapshot: Snapshot
    today: dt.date
    emergency: Callable[[Optional[str]], str]

    def reply(
        self,
        sections: Sequence[Section],
        *,
        scope: Mapping[str, str],
        memory: Memory,
        kind: Optional[Kind] = None,
        opener: str = "",
        detailed: bool | None = None,
        perhaps: str | None = None,
    ) -> tuple[Reply, Memory]:
        """One reply and what to remember of it; `detailed` adds to each statement the longer text that is on file.

        Without a word on it, that is added to a lone fact, which has room for it.

        `kind` overrules the kind that the sections make, `opener` is said first; `perhaps` is a topic that may have been asked
        about too, so that it is offered.
        """
        facts: list[Fact] = list(dict.fromkeys(fact for section in sections for fact in section.choice.shown))
        gaps = [section.gap for section in sections if section.gap and section.gap_told]
        shown = wording.prepare(facts, snapshot=self.snapshot, disagreement=disagree(facts), today=self.today, gaps=gaps)
        kind = kind or kind_of(sections)
        if not opener and not (kind == "no_evidence" and any(section.gap for section in sections)):
            opener = phrases.OPENERS.get(kind, "")  # a gap itself says what is not known
        if detailed is None:
            detailed = len(facts) == 1 and not any(section.gap for section in sections)
        details = {fact.id: fact.detail for fact in facts if detailed and fact.detail}
        number = self.emergency(memory.country)
        blocks = [now_first(opener.format(emergency=number), emergency=number)] if opener else []
        told: set[str] = set()
        for section in sections:
            ids = [fact.id for fact in section.choice.shown if fact.id not in told]
            told.update(ids)
            lines = wording.statement_lines(shown, ids=ids, details=details)
            if section.gap and section.gap_told:
                lines.insert(0 if section.gap_first else len(lines), section.gap.statement)
            if not lines and (section.told or section.choice.shown):
                lines = [phrases.SAID_ABOVE]
            elif not lines:
                lines = [section.nothing or phrases.NOTHING_ON_FILE.format(subject=self.snapshot.topics[section.topic].subject)]
            if len(sections) > 1:
                lines.insert(0, section.heading or self.snapshot.topics[section.topic].question)
            blocks.append("\n".join(lines))
        if questions := _questions(sections, self.snapshot, kind):
            blocks.append("\n".join([phrases.ASK, *(f"- {question}" for question in questions)]))
        blocks += wording.ending(shown)
        rest = tuple(dict.fromkeys(fact.id for section in sections for fact in section.choice.rest if fact.id not in told))
        topics = tuple(dict.fromkeys(section.topic for section in sections))
        reply = Reply(
            kind=kind,
            text="\n\n".join(blocks),
            topics=topics,
            scope=dict(scope),
            facts=shown.facts,
            sources=shown.sources,
            caveats=shown.caveats,
            notice=shown.notice,
            buttons=buttons(topics, self.snapshot, scope, rest, perhaps=perhaps),
        )
        kept = Memory(
            topics=topics,
            scope=dict(scope),
            shown=tuple(fact.id for fact in facts),
            rest=rest[:KEPT],
            kind=kind,
            country=memory.country,
            routes=memory.routes,
        )
        return reply, kept

    def clarify(self, reading: Reading) -> Reply:
        """Asks back which of the topics is meant."""
        topics = self.snapshot.topics
        offered = tuple(Button(topics[t].label, ask(t, reading.scope)) for t in reading.options)
        lines = [phrases.CLARIFY, *(f"- {topics[topic].question}" for topic in reading.options)]
        return Reply(kind="clarify", text="\n".join(lines), scope=dict(reading.scope), buttons=offered)

    def plain(self, kind: Kind, text: str, topics: Sequence[str]) -> Reply:
        """A reply without facts, which offers up to three of `topics`."""
        offered = [topic for topic in topics if topic in self.snapshot.topics][:3]
        return Reply(kind=kind, text=text, buttons=tuple(Button(self.snapshot.topics[t].label, ask(t)) for t in offered))


def _questions(sections: Sequence[Section], snapshot: Snapshot, kind: Kind) -> list[str]:
    """What to ask a clinician: always with a gap, and whenever the person asks for a verdict; the first of each first."""
    lists: list[Sequence[str]] = []
    for section in sections:
        if section.gap:
            lists.append(section.gap.ask)
        elif kind in ("personal_advice", "no_evidence") or (not section.choice.shown and not section.told):
            lists.append(snapshot.topics[section.topic].ask)
    in_turn = (question for questions in zip_longest(*lists) for question in questions if question)
    return list(dict.fromkeys(in_turn))[:3]


def buttons(
    topics: Sequence[str], snapshot: Snapshot, scope: Mapping[str, str], rest: Sequence[str], *, perhaps: str | None = None
) -> tuple[Button, ...]:
    """ "Tell me more" where there is more, and up to three topics: `perhaps`, then those that go with `topics`."""
    related = [t for topic in topics if topic in snapshot.topics for t in snapshot.topics[topic].related]
    related = [perhaps, *related] if perhaps else related
    offered = [t for t in dict.fromkeys(related) if t not in topics and t in snapshot.topics][:3]
    further = [Button("Tell me more", more())] if rest else []
    return (*further, *(Button(snapshot.topics[t].label, ask(t, scope)) for t in offered))
