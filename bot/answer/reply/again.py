"""What the last answer leaves to say: its facts in their order, and where they came from. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer.question import Memory
from bot.answer.reply import phrases, wording
from bot.answer.reply.compose import buttons
from bot.answer.reply.contract import Reply
from bot.answer.reply.provenance import first_lines
from bot.answer.retrieve.select import LIMIT, USUAL, Choice, arrange, disagree
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact


def in_order(
    facts: Sequence[Fact], snapshot: Snapshot, scope: Mapping[str, str], *, usual: int = USUAL, topics: Sequence[str] = ()
) -> Choice:
    """A choice among `facts` as they were ranked for the question; all others (of `topics`) count as read before."""
    scored = {fact.id: -place / 100 for place, fact in enumerate(facts)}
    others = (snapshot.facts[id] for id in snapshot.followed - scored.keys() if id in snapshot.facts)
    told = frozenset(fact.id for fact in others if not topics or set(topics).intersection(fact.topics))
    return arrange(facts, snapshot=snapshot, scope=scope, scored=scored, usual=usual, told=told)


def last(memory: Memory, snapshot: Snapshot) -> Choice:
    """The facts of the last answer, as far as the newest release still shows them in balance."""
    facts = [snapshot.facts[key] for key in memory.shown if key in snapshot.facts]
    return replace(in_order(facts, snapshot, {}, usual=LIMIT), rest=())


def further(memory: Memory, snapshot: Snapshot) -> Choice:
    """The facts that the last answer kept for "more"."""
    return in_order(
        [snapshot.facts[key] for key in memory.rest if key in snapshot.facts], snapshot, memory.scope, topics=memory.topics
    )


def sources(choice: Choice, memory: Memory, text: str, *, snapshot: Snapshot, today: dt.date) -> Reply:
    """Where the last answer came from: its age or who may gain, where `text` asks for that; its facts again; its sources."""
    shown = wording.prepare(choice.shown, snapshot=snapshot, disagreement=disagree(choice.shown), today=today)
    first = first_lines(text, choice.shown, snapshot)
    lines = [phrases.LAST_SOURCES, *wording.statement_lines(shown)]
    blocks = [*(["\n".join(first)] if first else []), "\n".join(lines), *wording.ending(shown)]
    return Reply(
        kind="answer",
        text="\n\n".join(blocks),
        topics=("sources",),
        scope=dict(memory.scope),
        facts=shown.facts,
        sources=shown.sources,
        caveats=shown.caveats,
        notice=shown.notice,
        buttons=buttons(("sources",), snapshot, memory.scope, memory.rest),
    )
