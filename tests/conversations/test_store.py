"""Conversations are kept, read back from the newest turns, exported and forgotten, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.conversations.models import Base
from bot.conversations.report import readable
from bot.conversations.store import MIGRATIONS, ConversationStore, Recent, Whole, open_conversations
from bot.database import connect, migrate
from bot.errors import StoreError
from bot.facts.store import FactStore
from tests.builders import catalogue_of, fact

STATE: dict = {"slots": {}, "loop": None}
ODD = "nul \x00, half \ud800, 'quoted', {braces}, %s, 是"


def _turn(number: int, *, said: str = "") -> list[dict]:
    at = float(number * 10)
    reply = {"custom": {"kind": "answer"}, "buttons": [{"title": "More", "payload": f"/more{number}"}]}
    return [
        {"event": "user", "timestamp": at, "text": said or f"question {number}"},
        {"event": "action", "timestamp": at + 1, "name": "action_answer"},
        {"event": "bot", "timestamp": at + 2, "text": f"answer {number}", "data": reply},
    ]


@pytest.fixture
def kept(database_url: str) -> Iterator[ConversationStore]:
    """An empty store."""
    store = open_conversations(database_url)
    yield store
    store.engine.dispose()


class TestKeeping:
    """What was appended comes back as it was."""

    def test_a_conversation_comes_back_whole_after_a_restart(self, kept: ConversationStore, database_url: str) -> None:
        kept.append("rest-a", _turn(1, said=ODD), state=STATE)
        kept.append("rest-a", _turn(2), state={"slots": {"memory": {"kind": "answer"}}, "loop": None})
        again = open_conversations(database_url)
        state = {"slots": {"memory": {"kind": "answer"}}, "loop": None}
        assert again.whole("rest-a") == Whole("rest-a", 10.0, 22.0, state, [*_turn(1, said=ODD), *_turn(2)])
        again.engine.dispose()

    def test_only_the_newest_turns_are_read(self, kept: ConversationStore) -> None:
        for number in range(1, 6):
            kept.append("rest-a", _turn(number), state={"slots": {"n": number}, "loop": None})
        state = {"slots": {"n": 5}, "loop": None}
        assert kept.recent("rest-a", turns=2) == Recent(state, [*_turn(4), *_turn(5)], cut=True)
        whole = [event for number in range(1, 6) for event in _turn(number)]
        assert kept.recent("rest-a", turns=5) == Recent(state, whole, cut=False)
        assert kept.recent("rest-a", turns=9) == Recent(state, whole, cut=False)

    def test_conversations_do_not_mix(self, kept: ConversationStore) -> None:
        kept.append("rest-a", _turn(1), state=STATE)
        kept.append("rest-b", _turn(2), state=STATE)
        assert kept.recent("rest-a", turns=9) == Recent(STATE, _turn(1), cut=False)
        assert kept.recent("rest-", turns=9) is None
        assert kept.newest("rest-b", kind="bot", limit=5) == [_turn(2)[2]]
        assert kept.ids() == ["rest-a", "rest-b"]

    def test_nothing_to_add_makes_no_conversation(self, kept: ConversationStore) -> None:
        kept.append("rest-a", [], state=STATE)
        assert (kept.ids(), kept.whole("rest-a")) == ([], None)


class TestForgetting:
    """What is purged or erased is gone."""

    def test_purge_forgets_what_is_older_and_keeps_the_rest(self, kept: ConversationStore) -> None:
        for number in (1, 2, 9):
            kept.append("rest-long", _turn(number), state=STATE)
        kept.append("rest-old", _turn(3), state=STATE)
        assert kept.purge(before=80.0) == (1, 3)
        assert kept.purge(before=80.0) == (0, 0)
        assert kept.ids() == ["rest-long"]
        assert kept.recent("rest-long", turns=9) == Recent(STATE, _turn(9), cut=False)

    def test_erase_forgets_one_conversation(self, kept: ConversationStore) -> None:
        kept.append("rest-a", _turn(1), state=STATE)
        kept.append("rest-b", _turn(2), state=STATE)
        assert [kept.erase("rest-a"), kept.erase("rest-a")] == [True, False]
        assert (kept.whole("rest-a"), kept.newest("rest-a", kind="bot", limit=5), kept.ids()) == (None, [], ["rest-b"])

    def test_nothing_erased_is_left_in_the_files_of_sqlite(self, tmp_path: Path) -> None:
        store = open_conversations(f"sqlite:///{tmp_path / 'c.db'}")
        for number in range(40):
            store.append("rest-a", _turn(number, said="quagga " * 50), state=STATE)
        files = list(tmp_path.iterdir())
        assert any(b"quagga" in path.read_bytes() for path in files)
        store.erase("rest-a")
        assert [path.name for path in tmp_path.iterdir() if b"quagga" in path.read_bytes()] == []


def test_an_export_can_be_read_and_holds_everything(kept: ConversationStore) -> None:
    kept.append("rest-a", _turn(1), state=STATE)
    whole = kept.whole("rest-a")
    assert whole is not None
    assert readable(whole) == {
        "conversation": "rest-a",
        "started": "1970-01-01T00:00:10+00:00",
        "last": "1970-01-01T00:00:12+00:00",
        "messages": [
            {"at": "1970-01-01T00:00:10+00:00", "from": "person", "text": "question 1"},
            {"at": "1970-01-01T00:00:12+00:00", "from": "assistant", "text": "answer 1", "kind": "answer"},
        ],
        "kept": {"state": STATE, "events": _turn(1)},
    }


class TestDatabase:
    """Tables and failures."""

    def test_migrations_go_up_down_and_up_again(self, kept: ConversationStore) -> None:
        described = {table.name for table in Base.metadata.sorted_tables}
        seen = []
        for to in ("base", "head"):
            migrate(kept.engine, to=to, scripts=MIGRATIONS)
            seen.append(set(inspect(kept.engine).get_table_names()) - {"conversations_version"})
        assert seen == [set(), described]

    def test_a_database_of_the_version_before_is_brought_up_and_back_with_what_it_holds(self, database_url: str) -> None:
        engine = connect(database_url)
        migrate(engine, to="0001", scripts=MIGRATIONS)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO conversation (id, started_at, last_at, state) VALUES ('rest-a', 1, 2, '{}')"))
        migrate(engine, scripts=MIGRATIONS)
        store = ConversationStore(engine)
        store.append("rest-a", _turn(1), state=STATE, last={"sent": "sent-1", "said": []})
        found = store.whole("rest-a")
        assert found == Whole("rest-a", 1.0, 12.0, STATE, _turn(1), {"sent": "sent-1", "said": []})
        migrate(engine, to="-1", scripts=MIGRATIONS)
        assert "last" not in {column["name"] for column in inspect(engine).get_columns("conversation")}
        migrate(engine, scripts=MIGRATIONS)
        found = store.whole("rest-a")
        engine.dispose()
        assert found == Whole("rest-a", 1.0, 12.0, STATE, _turn(1))

    def test_the_tables_are_what_the_models_describe(self, kept: ConversationStore) -> None:
        with kept.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "version_table": "conversations_version"})
            assert compare_metadata(context, Base.metadata) == []

    def test_taking_one_store_down_leaves_the_other_in_the_same_database(self, kept: ConversationStore) -> None:
        migrate(kept.engine)
        facts = FactStore(kept.engine)
        facts.load(catalogue_of(fact()))
        kept.append("rest-a", _turn(1), state=STATE)
        migrate(kept.engine, to="base", scripts=MIGRATIONS)
        assert [record.id for record in facts.records("facts")] == ["fact-one"]
        migrate(kept.engine, scripts=MIGRATIONS)
        kept.append("rest-b", _turn(2), state=STATE)
        migrate(kept.engine, to="base")
        assert kept.ids() == ["rest-b"]
        migrate(kept.engine)
        assert (facts.release(), facts.load(catalogue_of(fact()))) == (0, 1)

    def test_indexes_are_as_described(self, kept: ConversationStore) -> None:
        for table in Base.metadata.sorted_tables:
            found = {i["name"] for i in inspect(kept.engine).get_indexes(table.name)}
            assert found == {i.name for i in table.indexes}

    def test_facts_and_conversations_may_share_a_database(self, kept: ConversationStore) -> None:
        migrate(kept.engine)
        kept.append("rest-a", _turn(1), state=STATE)
        assert "record" in inspect(kept.engine).get_table_names()
        assert kept.ids() == ["rest-a"]

    def test_a_failure_is_said_without_what_was_typed(self, kept: ConversationStore) -> None:
        with kept.engine.begin() as connection:
            connection.execute(text("DROP TABLE conversation_event"))
        with pytest.raises(StoreError) as caught:
            kept.append("rest-a", _turn(1, said="quagga"), state=STATE)
        assert str(caught.value).startswith("The conversations cannot be used: ")
        assert "quagga" not in f"{caught.value} {caught.value.__cause__}"
