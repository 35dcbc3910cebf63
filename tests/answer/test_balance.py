"""The promises of every reply, over every topic and scope and over the shipped store with random parts taken out."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.answerer import Answerer
from bot.answer.detect.by_oneself import by_oneself
from bot.answer.question import Memory, Question
from bot.answer.reply import phrases, wording
from bot.answer.reply.contract import Reply
from bot.answer.retrieve.snapshot import Snapshot
from bot.channels.envelope import message
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.vocabulary import ORIGINS, ROUTES, STANCES, TOPICS, USES
from tests.builders import ENCODE, NOTHING, TODAY, FakeEncoder, FixedLibrary, answerer_of, asked, ids, shipped, typed
from tests.contract import check_turn

PLACES = ("US", "GB", "DE", "EU", "KR", "PE")
SCOPES = {"route": ROUTES, "use": USES, "origin": ORIGINS, "jurisdiction": PLACES}
DAYS = [TODAY + dt.timedelta(days=days) for days in (0, 45, 200, 400)]


@lru_cache(maxsize=1)
def vectors() -> Mapping[str, np.ndarray]:
    """A vector for every text of the shipped store."""
    texts = [text for kind in (shipped().facts, shipped().gaps) for entry in kind.values() for text in searchable(entry)]
    return dict(zip(texts, FakeEncoder().encode(texts)))


@dataclass(frozen=True)
class Thinning:
    """Which part of the shipped store is left: shares of facts and sources taken out, and whole stances."""

    facts: float = 0.0
    sources: float = 0.0
    without: frozenset[str] = frozenset()
    seed: int = 0

    def snapshot(self) -> Snapshot:
        """What is left."""
        whole, chance = shipped(), random.Random(self.seed)
        sources = {id: source for id, source in whole.sources.items() if chance.random() >= self.sources}
        facts = {id: fact for id, fact in whole.facts.items() if chance.random() >= self.facts and fact.stance not in self.without}
        return Snapshot(1, facts, whole.gaps, sources, whole.topics, whole.caveats, dict(vectors()))


thinnings = st.builds(
    Thinning,
    facts=st.sampled_from([0.0, 0.3, 0.7, 0.95]),
    sources=st.sampled_from([0.0, 0.1, 0.5, 0.9]),
    without=st.frozensets(st.sampled_from(STANCES), max_size=2),
    seed=st.integers(0, 2**16),
)
scopes = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in SCOPES.items()})
topic_lists = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=2, unique=True)
days = st.sampled_from(DAYS)
texts = st.sampled_from(["", "is it safe", "does it work for hair loss", "may a clinic inject it", "what does one study show"])


def answerer(snapshot: Snapshot, today: dt.date = TODAY) -> Answerer:
    """An answerer over `snapshot`."""
    return Answerer(FixedLibrary(snapshot), encode=FakeEncoder().one, today=lambda: today)


def in_order(reply: Reply, snapshot: Snapshot, told: Set[str] = frozenset()) -> bool:
    """Whether each limit or detail of a study comes after one of the facts that it follows."""
    ids = [shown.id for shown in reply.facts]
    facts = [snapshot.facts[id] for id in ids]
    return all(not fact.follows or {*ids[:place], *told}.intersection(fact.follows) for place, fact in enumerate(facts))


def keeps_promises(reply: Reply, snapshot: Snapshot, today: dt.date = TODAY, told: Set[str] = frozenset()) -> None:
    """Asserts all that holds for every reply made from the store; `told` are the facts read before."""
    assert in_order(reply, snapshot, told), "a limit comes before the result"
    check_turn([message(reply, "x")])
    facts = [snapshot.facts[shown.id] for shown in reply.facts]
    ids = {fact.id for fact in facts}
    assert len(ids) == len(facts) <= 4
    stances = {fact.stance for fact in facts}
    assert "for" not in stances or "against" in stances
    _shows_all_sources(reply, facts)
    assert all(other in ids for fact in facts for other in fact.contradicts), "one side of a disagreement"
    _notices_what_it_must(reply, facts, snapshot, today)
    replaced = {old for fact in snapshot.facts.values() if _sourced(fact, snapshot) for old in fact.supersedes}
    assert not ids & replaced, "an outdated fact is shown though its successor is on file"
    known = {snapshot.caveats[caveat].text for fact in facts for caveat in fact.caveats}
    assert set(reply.caveats) <= known
    assert bool(reply.caveats) == bool(known)
    assert "\n\n\n" not in reply.text


def _sourced(fact: Fact, snapshot: Snapshot) -> bool:
    return all(citation.source in snapshot.sources for citation in fact.citations)


def _notices_what_it_must(reply: Reply, facts: Sequence[Fact], snapshot: Snapshot, today: dt.date) -> None:
    gaps = {gap.id: gap for topic in reply.topics for gap in snapshot.gaps_of(topic)}.values()
    due: list[Fact | Gap] = [*facts, *(gap for gap in gaps if gap.statement in reply.text)]
    overdue = any(entry.review_by < today for entry in due)
    # A gap that a fact already words is not told again, but its questions are, so it may be noticed too.
    if not overdue and wording.OVERDUE in (reply.notice or ""):
        overdue = any(gap.review_by < today and all(ask in reply.text for ask in gap.ask[:1]) for gap in gaps)
    said = ((wording.DISAGREE, any(fact.contradicts for fact in facts)), (wording.OVERDUE, overdue))
    assert reply.notice == (" ".join(text for text, is_due in said if is_due) or None)


def _shows_all_sources(reply: Reply, facts: Sequence[Fact]) -> None:
    ids = {source.n: source.id for source in reply.sources}
    assert list(ids) == list(range(1, len(reply.sources) + 1))
    cited = [[ids[n] for n in shown.citations] for shown in reply.facts]
    assert cited == [list(dict.fromkeys(citation.source for citation in fact.citations)) for fact in facts]
    assert {id for listed in cited for id in listed} == set(ids.values())
    for source in reply.sources:
        assert all(part in reply.text for part in (source.publisher, source.url or "", (source.interest or "").rstrip(".")))
    for shown in reply.facts:
        assert shown.evidence in reply.text
        assert wording.day(shown.as_of) in reply.text


def every_more(core: Answerer, memory: Memory) -> list[Reply]:
    """All replies to "tell me more", to the one that says that there is nothing left."""
    replies: list[Reply] = []
    while not replies or replies[-1].text != phrases.NO_MORE:
        reply, memory = core.more(memory)
        replies.append(reply)
        assert len(replies) <= 60, "more never ends"
    return replies


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_in_every_scope_keeps_the_promises(topic: str) -> None:
    core, snapshot = answerer(Thinning().snapshot()), Thinning().snapshot()
    for scope in ({}, *({key: value} for key, values in SCOPES.items() for value in values)):
        reply, memory = core.reply(asked(topic, **scope), NOTHING)
        keeps_promises(reply, snapshot)
        assert (reply.topics, reply.scope, memory.topics) == ((topic,), scope, (topic,))
        assert reply.facts or reply.kind == "no_evidence"


@given(topics=topic_lists, scope=scopes, thinning=thinnings, today=days, text=texts)
def test_whatever_is_on_file_a_reply_keeps_the_promises(
    topics: list[str], scope: dict[str, str], thinning: Thinning, today: dt.date, text: str
) -> None:
    snapshot = thinning.snapshot()
    reply, memory = answerer(snapshot, today).reply(asked(*topics, text=text, **scope), NOTHING)
    keeps_promises(reply, snapshot, today)
    assert memory.shown == tuple(shown.id for shown in reply.facts)
    assert not set(memory.rest) & set(memory.shown)


@given(topics=topic_lists, scope=scopes, thinning=thinnings, today=days)
def test_more_keeps_the_promises_and_comes_to_an_end(
    topics: list[str], scope: dict[str, str], thinning: Thinning, today: dt.date
) -> None:
    snapshot = thinning.snapshot()
    core = answerer(snapshot, today)
    first, memory = core.reply(asked(*topics, **scope), NOTHING)
    seen = {shown.id for shown in first.facts}
    *replies, last = every_more(core, memory)
    assert (last.kind, last.facts) == ("conversation", ())
    for reply in replies:
        keeps_promises(reply, snapshot, today, told=seen)
        new = {shown.id for shown in reply.facts} - seen
        assert new, "nothing new was told"
        seen |= new


@given(ranking=topic_lists, scope=scopes, thinning=thinnings, text=texts)
def test_no_verdict_is_given_and_the_promises_hold(
    ranking: list[str], scope: dict[str, str], thinning: Thinning, text: str
) -> None:
    snapshot = thinning.snapshot()
    question = typed(f"should I {text}", *((topic, 0.5) for topic in ranking), intent="personal_advice", scope=scope)
    reply, _ = answerer(snapshot).personal(question, NOTHING)
    keeps_promises(reply, snapshot)
    assert reply.kind == "personal_advice"
    alone = by_oneself(question.text)
    openers = [phrases.HANDS_ON] if alone else [phrases.OPENERS["personal_advice"], phrases.NO_DOSE]
    assert reply.text.startswith(tuple(openers))
    assert not alone or "serious_harms" in reply.topics
    assert phrases.ASK in reply.text


@given(topics=topic_lists, before=thinnings, after=thinnings, today=days)
def test_promises_hold_when_a_new_release_comes_between_two_messages(
    topics: list[str], before: Thinning, after: Thinning, today: dt.date
) -> None:
    library = FixedLibrary(before.snapshot())
    core = Answerer(library, encode=None, today=lambda: today)
    _, memory = core.reply(asked(*topics), NOTHING)
    read = {*library.snapshot.facts, *after.snapshot().facts}
    library.snapshot = after.snapshot()
    for reply, _ in (core.more(memory), core.reply(asked("sources"), memory)):
        keeps_promises(reply, library.snapshot, today, told=read)


@pytest.mark.parametrize("first", TOPICS)
def test_two_questions_get_both_parts_and_nothing_on_file_is_said_only_when_true(first: str) -> None:
    snapshot = Thinning().snapshot()
    core = answerer(snapshot)
    for second in TOPICS[:: 1 if first in ("approval_status", "durability") else 4]:
        if second == first:
            continue
        reply, _ = core.reply(Question("x", topics=((first, 1.0), (second, 1.0)), chosen=True), NOTHING)
        keeps_promises(reply, snapshot)
        assert reply.topics == (first, second)
        for topic in reply.topics:
            subject = snapshot.topics[topic].subject
            assert f"\n\n{snapshot.topics[topic].question}\n" in f"\n\n{reply.text}"
            assert phrases.NOTHING_ON_FILE.format(subject=subject) not in reply.text or not snapshot.of_topic(topic)


def test_on_scars_it_is_said_that_both_sides_had_laser() -> None:
    question = typed("do exosomes help scars", ("scar_wound_results", 0.9), scope={"use": "scars"})
    reply, _ = answerer_of(shipped(), encode=ENCODE).reply(question, NOTHING)
    assert "kwon-laser-on-both-halves" in ids(reply)


def test_what_weighs_against_the_artificial_kind_is_not_a_flaw_of_the_natural_one() -> None:
    facts = [fact for fact in shipped().facts.values() if "artificial" in fact.topics]
    assert [fact.id for fact in facts if fact.stance == "against"] == ["patient-article-artificial-in-development"]
