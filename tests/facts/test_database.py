"""The database under the facts store: what is said when it fails, and the migrations, on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, insert, inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.database import connect, migrate, read
from bot.database_errors import why
from bot.errors import StoreError
from bot.facts.models import Base, RecordRow
from bot.facts.store import FactStore
from tests.builders import FakeEncoder, catalogue_of, fact

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.timezone.utc)


class TestBrokenDatabase:
    """Whatever fails in the database is said as StoreError, in one sentence."""

    def test_every_method_says_so_when_the_tables_are_gone(self, store: FactStore, engine: Engine) -> None:
        migrate(engine, to="base")
        calls = [
            store.release,
            lambda: store.load(catalogue_of()),
            lambda: store.records("facts"),
            lambda: store.release_at(NOON),
            lambda: store.history("facts", "fact-one"),
            lambda: store.vectors(["text"], FakeEncoder()),
        ]
        for call in calls:
            with pytest.raises(StoreError, match=r"^The facts (store )?c(an|ould) ?not be (read|used|stored): \w+\.$"):
                call()

    def test_a_database_that_cannot_be_opened_is_named(self, tmp_path: Path) -> None:
        engine = connect(f"sqlite:///{tmp_path}")
        with pytest.raises(
            StoreError, match=rf"^The facts database at sqlite:///{tmp_path} cannot be used: the file cannot be opened\.$"
        ):
            migrate(engine)

    def test_the_password_is_not_told(self) -> None:
        engine = connect("postgresql://me:secret@127.0.0.1:1/none")
        with pytest.raises(StoreError) as caught:
            migrate(engine)
        assert (
            str(caught.value)
            == "The facts database at postgresql://me:***@127.0.0.1:1/none cannot be used: the server does not answer."
        )

    def test_a_database_of_a_newer_version_is_refused(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(StoreError, match="cannot be used"):
            migrate(engine)


class TestSQLiteFile:
    """A file is opened once; another one in its place, or none, is noticed."""

    def test_one_question_after_another_opens_it_once(self, tmp_path: Path) -> None:
        engine = connect(f"sqlite:///{tmp_path / 'facts.db'}")
        migrate(engine)
        opened: list[object] = []
        event.listen(engine, "connect", lambda connection, _: opened.append(connection))
        store = FactStore(engine)
        store.load(catalogue_of(fact()))
        assert ([store.release() for _ in range(5)], opened) == ([1] * 5, [])
        engine.dispose()

    def test_a_file_that_was_put_in_its_place_is_read(self, tmp_path: Path) -> None:
        place, copy = (tmp_path / name for name in ("facts.db", "copy.db"))
        engine, other = (connect(f"sqlite:///{path}") for path in (place, copy))
        for one, facts in ((engine, [fact()]), (other, [fact("fact-restored")])):
            migrate(one)
            FactStore(one).load(catalogue_of(*facts))
        other.dispose()
        before = [record.id for record in FactStore(engine).records("facts")]
        for old in tmp_path.glob("facts.db-*"):
            old.unlink()
        copy.replace(place)
        assert (before, [record.id for record in FactStore(engine).records("facts")]) == (["fact-one"], ["fact-restored"])
        engine.dispose()

    def test_a_file_that_is_gone_is_said(self, tmp_path: Path) -> None:
        engine = connect(f"sqlite:///{tmp_path / 'facts.db'}")
        migrate(engine)
        for path in tmp_path.iterdir():
            path.unlink()
        with pytest.raises(StoreError, match="cannot be read"):
            FactStore(engine).release()
        engine.dispose()


class TestMigrations:
    """The migrations make the tables that the models describe, and take them away again."""

    def test_up_down_and_up_again(self, engine: Engine, database_url: str) -> None:
        described = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}

        def there() -> dict[str, set[str]]:
            found = inspect(engine)
            return {t: {c["name"] for c in found.get_columns(t)} for t in found.get_table_names() if t != "alembic_version"}

        seen = [there()]
        FactStore(engine).load(catalogue_of(fact()))
        for to in ("base", "head"):
            migrate(engine, to=to)
            seen.append(there())
        assert seen == [described, {}, described]
        assert FactStore(engine).load(catalogue_of(fact())) == 1

    def test_the_tables_are_what_the_models_describe(self, engine: Engine) -> None:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_indexes_and_keys_are_as_described(self, engine: Engine) -> None:
        found = inspect(engine)
        for table in Base.metadata.sorted_tables:
            assert {i["name"] for i in found.get_indexes(table.name)} == {i.name for i in table.indexes}
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]
            nullable = {c["name"] for c in found.get_columns(table.name) if c["nullable"]}
            assert nullable == {c.name for c in table.columns if c.nullable}

    def test_migrating_twice_keeps_the_records(self, store: FactStore, engine: Engine) -> None:
        store.load(catalogue_of(fact()))
        migrate(engine)
        assert (store.release(), [record.id for record in store.records("facts")]) == (1, ["fact-one"])

    def test_a_record_needs_its_release(self, engine: Engine) -> None:
        row = {"kind": "facts", "record_id": "a-1", "content_hash": "x", "body": {}, "valid_from": 7}
        with pytest.raises(Exception, match="(?i)foreign key"), engine.begin() as connection:
            connection.execute(insert(RecordRow).values(**row))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ('connection to server at "db" (10.0.0.1), port 5432 failed: Connection refused', "the server does not answer"),
        ("timeout expired", "the server does not answer"),
        ('FATAL:  password authentication failed for user "me"', "the server refuses the user or the password"),
        ('FATAL:  role "me" does not exist', "the server does not know the user"),
        ('FATAL:  database "guide" does not exist', "the server has no database of that name"),
        ('could not translate host name "db" to address: Name or service not known', "there is no server of that name"),
        ("database is locked", "another program holds the file"),
        ("something about what a person typed", "OperationalError"),
    ],
)
def test_why_a_database_cannot_be_used_is_said_in_plain_words(said: str, plain: str) -> None:
    assert why(OperationalError("SELECT", {}, Exception(said))) == plain


def test_connections_that_a_server_has_closed_are_made_anew_for_what_is_read(postgres: str) -> None:
    engine, admin = connect(postgres), connect(postgres)
    mine = read(engine, lambda connection: connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
    with admin.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({mine}, 5000)")
    assert read(engine, lambda connection: connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()) not in (mine, None)
    for each in (engine, admin):
        each.dispose()
