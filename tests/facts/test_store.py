"""The facts store on SQLite and PostgreSQL: releases, versions, what was on show when, vectors, migrations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.database import connect
from bot.errors import StoreError
from bot.facts.models import RecordRow, Release, TopicRow
from bot.facts.store import FactStore, searchable
from tests.builders import FakeEncoder, catalogue_of, caveat, fact, gap, shipped, source

UTC = dt.timezone.utc
MORNING, NOON, EVENING = (dt.datetime(2026, 11, 1, hour, tzinfo=UTC) for hour in (8, 12, 20))


def ids(store: FactStore, kind: str = "facts", **where: Any) -> list[str]:
    """The ids on show, in order."""
    return [record.id for record in store.records(kind, **where)]


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table of records has."""
    with engine.connect() as connection:
        tables = (Release, RecordRow, TopicRow)
        return {table.__tablename__: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


@contextmanager
def failing(engine: Engine, *, statement: str, after: int) -> Iterator[None]:
    """Makes the statement that starts with `statement` fail once it has run `after` times."""
    runs = 0

    def fail(connection: Any, cursor: Any, said: str, *_: Any) -> None:
        nonlocal runs
        runs += said.startswith(statement)
        if runs > after:
            raise OperationalError(said, {}, Exception("disk full"))

    event.listen(engine, "before_cursor_execute", fail)
    yield
    event.remove(engine, "before_cursor_execute", fail)


class TestLoad:
    """A load makes one release of everything, or changes nothing."""

    def test_an_empty_store_has_release_zero_and_no_records(self, store: FactStore) -> None:
        assert (store.release(), ids(store), store.release_at(EVENING), store.history("facts", "fact-one")) == (0, [], 0, [])

    def test_records_come_back_as_they_were(self, store: FactStore) -> None:
        sent = catalogue_of(
            source("other", undated="none shown", published=None, interest="Sells it. Ça coûte."),
            caveat(),
            fact(scope={"route": ["laser"], "jurisdiction": ["EU"]}, population={"who": "men", "size": 3}, caveats=["take-care"]),
            gap(),
        )
        assert store.load(sent) == 1
        for kind in ("sources", "caveats", "topics", "facts", "gaps"):
            assert store.records(kind) == list(getattr(sent, kind).values())

    def test_the_shipped_facts_fit_into_the_tables(self, store: FactStore) -> None:
        store.load(shipped())
        assert {record.id: record for record in store.records("facts")} == shipped().facts

    def test_the_same_catalogue_gives_the_same_release(self, store: FactStore, engine: Engine) -> None:
        numbers = [store.load(catalogue_of(fact("a-1"), fact("a-2")))]
        before = counts(engine)
        numbers += [store.load(catalogue_of(fact("a-1"), fact("a-2"))), store.load(catalogue_of(fact("a-2"), fact("a-1")))]
        assert (numbers, store.release(), counts(engine)) == ([1, 1, 1], 1, before)

    def test_a_change_gives_a_new_release_and_writes_only_what_changed(self, store: FactStore, engine: Engine) -> None:
        store.load(catalogue_of(fact("a-1"), fact("a-2", topics=["cost", "brands"])))
        before = counts(engine)
        assert store.load(catalogue_of(fact("a-1"), fact("a-2", topics=["cost"]))) == 2
        after = counts(engine)
        assert {name: after[name] - before[name] for name in after} == {"release": 1, "record": 1, "record_topic": 1}
        assert (ids(store, topic="cost"), ids(store, topic="brands")) == (["a-2"], [])
        assert ids(store, topic="brands", release=1) == ["a-2"]

    def test_a_dropped_record_leaves_the_newest_release_only(self, store: FactStore) -> None:
        store.load(catalogue_of(fact("a-1"), fact("a-2"), gap()))
        store.load(catalogue_of(fact("a-1")))
        assert (ids(store), ids(store, "gaps")) == (["a-1"], [])
        assert (ids(store, release=1), ids(store, "gaps", release=1)) == (["a-1", "a-2"], ["gap-one"])

    def test_a_record_that_comes_back_is_shown_again(self, store: FactStore) -> None:
        for listed in ([fact("a-1"), fact("a-2")], [fact("a-1")], [fact("a-1"), fact("a-2")]):
            store.load(catalogue_of(*listed))
        assert [ids(store, release=release) for release in (1, 2, 3)] == [["a-1", "a-2"], ["a-1"], ["a-1", "a-2"]]
        assert (store.release(), ids(store)) == (3, ["a-1", "a-2"])

    def test_a_start_does_not_put_back_what_was_replaced_and_a_load_by_hand_does(self, store: FactStore) -> None:
        old, corrected, next_version = (catalogue_of(fact(id)) for id in ("fact-old", "fact-corrected", "fact-next"))
        shown = []
        for catalogue, again in ((old, False), (corrected, True), (old, False), (next_version, False), (old, False), (old, True)):
            release = store.load(catalogue, again=again)
            shown.append((release, [record.id for record in store.records("facts")], store.shows(catalogue)))
        assert shown == [
            (1, ["fact-old"], True),
            (2, ["fact-corrected"], True),
            (2, ["fact-corrected"], False),
            (3, ["fact-next"], True),
            (3, ["fact-next"], False),
            (4, ["fact-old"], True),
        ]

    @pytest.mark.parametrize(
        ("statement", "after"), [("INSERT INTO record ", 0), ("INSERT INTO record_topic", 0), ("UPDATE record", 0)]
    )
    def test_a_load_that_fails_midway_leaves_the_old_release_at_work(
        self, store: FactStore, engine: Engine, statement: str, after: int
    ) -> None:
        store.load(catalogue_of(fact("a-1"), fact("a-2")))
        before = counts(engine)
        new = catalogue_of(fact("a-1", stance="for"), *(fact(f"new-{n}") for n in range(30)))
        with failing(engine, statement=statement, after=after), pytest.raises(StoreError) as caught:
            store.load(new)
        assert str(caught.value) == "The facts could not be stored: OperationalError."
        assert (store.release(), ids(store), counts(engine)) == (1, ["a-1", "a-2"], before)
        assert store.load(new) == store.release() > 1  # PostgreSQL leaves out the number of the load that failed
        assert len(ids(store)) == 31

    def test_servers_that_load_at_once_make_one_release(self, engine: Engine, database_url: str) -> None:
        engines = [connect(database_url) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            numbers = list(pool.map(lambda each: FactStore(each).load(shipped()), engines))
        with engine.connect() as connection:
            shown = connection.execute(select(RecordRow.record_id).where(RecordRow.kind == "facts")).scalars().all()
        assert (numbers, sorted(shown)) == ([1, 1, 1], sorted(shipped().facts))
        for each in engines:
            each.dispose()


class TestHistory:
    """What was on show when."""

    @pytest.fixture(autouse=True)
    def _loads(self, store: FactStore) -> None:
        store.load(catalogue_of(fact("a-1", statement="Old."), fact("a-2")), now=MORNING)
        store.load(catalogue_of(fact("a-1", statement="New.")), now=NOON)

    def test_the_release_on_show_at_a_time_is_told(self, store: FactStore) -> None:
        second = dt.timedelta(seconds=1)
        times = (MORNING - second, MORNING, NOON - second, NOON, EVENING)
        assert [store.release_at(time) for time in times] == [0, 1, 1, 2, 2]

    def test_a_time_in_another_zone_is_the_same_moment(self, store: FactStore) -> None:
        tokyo = dt.timezone(dt.timedelta(hours=9))
        moment = dt.datetime(2026, 11, 1, 20, 59, tzinfo=tokyo)  # 11:59 UTC
        assert store.release_at(moment) == 1
        store.load(catalogue_of(fact("a-3")), now=moment + dt.timedelta(hours=2))
        assert [store.release_at(NOON + dt.timedelta(minutes=minutes)) for minutes in (118, 119)] == [2, 3]

    def test_every_version_is_kept_with_its_time(self, store: FactStore) -> None:
        morning, noon = MORNING.replace(tzinfo=None), NOON.replace(tzinfo=None)
        told = [(since, until, body["statement"]) for since, until, body in store.history("facts", "a-1")]
        assert told == [(morning, noon, "Old."), (noon, None, "New.")]
        assert [(since, until) for since, until, _ in store.history("facts", "a-2")] == [(morning, noon)]
        assert [fact.statement for fact in store.records("facts", release=store.release_at(MORNING))][0] == "Old."


class TestVectors:
    """Vectors are kept by the text's content and the encoder's fingerprint."""

    def test_only_new_texts_are_encoded(self, store: FactStore) -> None:
        encoder = FakeEncoder()
        first = store.vectors(["one", "two", "one"], encoder)
        second = FactStore(store.engine).vectors(["two", "three"], encoder)
        assert encoder.seen == ["one", "two", "three"]
        assert (list(first), list(second)) == (["one", "two"], ["two", "three"])
        for name, vector in {**first, **second}.items():
            np.testing.assert_array_equal(vector, encoder.one(name))
            assert vector.dtype == np.float32

    def test_a_changed_record_has_only_its_new_texts_encoded(self, store: FactStore) -> None:
        encoder = FakeEncoder()
        old, new = fact(), fact(statement="Now it says more.")
        store.vectors(searchable(old), encoder)
        store.vectors(searchable(new), encoder)
        assert encoder.seen == [*searchable(old), "Now it says more."]

    def test_another_encoder_has_vectors_of_its_own(self, store: FactStore) -> None:
        one, other = FakeEncoder("one"), FakeEncoder("other")
        for encoder in (one, other, one, other):
            store.vectors(["text"], encoder)
        assert (one.seen, other.seen) == (["text"], ["text"])

    def test_no_texts_need_no_encoder(self, store: FactStore) -> None:
        encoder = FakeEncoder()
        assert (store.vectors([], encoder), encoder.seen) == ({}, [])

    def test_two_servers_may_encode_the_same_text_at_once(self, store: FactStore) -> None:
        class Slow(FakeEncoder):
            def encode(self, texts: list[str]) -> np.ndarray:
                FactStore(store.engine).vectors(texts[:1], FakeEncoder())  # the other server was faster
                return super().encode(texts)

        found = store.vectors(["one", "two"], Slow())
        assert {name: vector.tolist() for name, vector in found.items()} == {
            name: FakeEncoder().one(name).tolist() for name in ("one", "two")
        }
        third = FakeEncoder()
        assert list(store.vectors(["one"], third)) == ["one"]
        assert third.seen == []
