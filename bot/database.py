"""Opens the database and brings its tables up to date. Imports no Rasa."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from bot.database_errors import why
from bot.errors import StoreError

MIGRATIONS = Path(__file__).parent / "facts" / "migrations"
CONNECT_SECONDS = 3
POOL = {"pool_size": 5, "max_overflow": 5}
FILE = "file"  # in what is noted of a connection: the file that it has open
# A server that is gone without a word is noticed within about ten seconds.
POSTGRESQL = {"connect_timeout": CONNECT_SECONDS, "keepalives_idle": 4, "keepalives_interval": 2, "keepalives_count": 3}
POSTGRESQL |= {"tcp_user_timeout": 10_000}
T = TypeVar("T")
TURN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(3621)"}


def connect(url: str, *, setting: str = "DATABASE_URL", what: str = "facts") -> Engine:
    """An engine for `url`; for SQLite the folder is made, and readers do not wait for a writer (WAL). Raises StoreError.

    `setting` and `what` (what the database holds) are for the sentence that says what is wrong. Errors of the engine
    never repeat the values of a statement: they can be what a person typed.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            wait = {name: value for name, value in POSTGRESQL.items() if name not in parsed.query}
            own = {
                "use_native_hstore": False
            }  # else each new connection begins with two questions about a type that is not used here
            return create_engine(url, future=True, hide_parameters=True, connect_args=wait, **own, **POOL)
        arguments = {"timeout": CONNECT_SECONDS}
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            arguments["check_same_thread"] = False  # one thread after another; never two at once
            engine = create_engine(url, future=True, hide_parameters=True, connect_args=arguments, poolclass=QueuePool, **POOL)
            _watch(engine, parsed.database)
        else:
            engine = create_engine(url, future=True, hide_parameters=True, connect_args=arguments)
    except OSError as error:
        folder = Path(str(parsed.database)).parent
        raise StoreError(f"The folder {folder} for the {what} database cannot be made: {error.strerror}.") from None
    except (SQLAlchemyError, ValueError, ImportError):  # the address is not repeated: it can hold a password
        raise StoreError(
            f"{setting} is not an address of a database; write it like sqlite:////folder/{what}.db or "
            "postgresql://user:password@host:5432/name."
        ) from None

    @event.listens_for(engine, "connect")
    def _set_up(connection: object, _: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _watch(engine: Engine, path: str) -> None:
    """Opens the file anew once another one lies in its place, as after a restore; connections are kept open otherwise.

    To open one for each question cost more than the question, as the last one to be closed tidies up the whole file.
    """

    def now() -> tuple[int, int] | None:
        try:
            found = os.stat(path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @event.listens_for(engine, "connect")
    def _note(_: object, record: Any) -> None:
        record.info[FILE] = now()

    @event.listens_for(engine, "checkout")
    def _compare(_: object, record: Any, __: object) -> None:
        if record.info[FILE] != now():
            raise DisconnectionError


def read(engine: Engine, work: Callable[[Connection], T]) -> T:
    """What `work` reads with one statement. It goes to the server and back once: no transaction, and no look before whether the
    connection still holds. One that does not is noticed here, and all that are as old are dropped with it."""

    def once() -> T:
        with engine.connect() as connection:
            return work(connection.execution_options(isolation_level="AUTOCOMMIT"))

    try:
        return once()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return once()


def wait_for_turn(connection: Connection) -> None:
    """Holds back other writers from here to the end of the transaction, so that servers that start at once load only once."""
    connection.exec_driver_sql(TURN[connection.dialect.name])


def migrate(engine: Engine, *, to: str = "head", scripts: Path = MIGRATIONS, what: str = "facts") -> None:
    """Runs the migrations in `scripts` up to `to`, or down to it ("base": no tables; "-1": one back). Raises StoreError."""
    config = Config()
    config.set_main_option("script_location", str(scripts))
    try:
        with engine.begin() as connection:
            wait_for_turn(connection)
            config.attributes["connection"] = connection
            (command.downgrade if to == "base" or to.startswith("-") else command.upgrade)(config, to)
    except (SQLAlchemyError, CommandError) as error:  # CommandError: made by a newer version
        where = engine.url.render_as_string(hide_password=True)
        if isinstance(error, CommandError):  # its newest migration is not among ours
            newer = "was made by a newer version; start that one, or restore the backup from before it"
            raise StoreError(f"The {what} database at {where} cannot be used: it {newer}.") from error
        raise StoreError(f"The {what} database at {where} cannot be used: {why(error)}.") from error
