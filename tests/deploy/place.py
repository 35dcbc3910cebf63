"""A database of its own on one kind of server, and the ways of docs/operations.md to back it up and bring it back."""

from __future__ import annotations

import os
import re
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.conversations.store import open_conversations
from bot.database import connect, migrate
from bot.facts.store import FactStore
from bot.settings import ROOT, Settings
from tests.builders import catalogue_of, fact

EVENT = {"event": "user", "timestamp": 1.0, "text": "words"}
DOCUMENT = (ROOT / "docs" / "operations.md").read_text()


@dataclass(frozen=True)
class Place:
    """Where facts and conversations are, as the settings name it; `folder` is the project's folder for the commands."""

    url: str
    folder: Path

    @property
    def conversations_url(self) -> str:
        """Beside the facts, or in the same PostgreSQL database."""
        return Settings(database_url=self.url).conversations_url

    def fill(self) -> None:
        """One fact and one conversation."""
        engine = connect(self.url)
        migrate(engine)
        FactStore(engine).load(catalogue_of(fact("kept")))
        engine.dispose()
        kept = open_conversations(self.conversations_url)
        kept.append("rest-me", [EVENT], state={"slots": {}, "loop": None})
        kept.engine.dispose()

    def spoil(self) -> None:
        """What a backup is for: the fact is dropped and the conversation is erased."""
        engine = connect(self.url)
        FactStore(engine).load(catalogue_of())
        engine.dispose()
        kept = open_conversations(self.conversations_url)
        assert kept.erase("rest-me")
        kept.engine.dispose()

    def held(self) -> tuple[list[str], list[str]]:
        """The facts on show and the conversations that are kept."""
        engine, kept = connect(self.url), open_conversations(self.conversations_url)
        found = [record.id for record in FactStore(engine).records("facts")], kept.ids()
        for each in (engine, kept.engine):
            each.dispose()
        return found

    def back_up(self) -> None:
        """As the document says."""
        self._follow("Back up")

    def restore(self) -> None:
        """As the document says."""
        self._follow("Restore")

    def _follow(self, step: str) -> None:
        kind = "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"
        found = re.search(rf"^# {step}, {kind}.*\n((?:(?!#|```).+\n)+)", DOCUMENT, flags=re.M)
        assert found
        env = {**os.environ, "DATABASE_URL": self.url}
        command = ["sh", "-e", "-c", found[1]]
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr


@contextmanager
def new_place(server: str | None, folder: Path) -> Iterator[Place]:
    """An empty database in `build/` of `folder`, or on the PostgreSQL server that `server` names."""
    (folder / "build").mkdir()
    if server is None:
        yield Place(f"sqlite:///{folder / 'build' / 'facts.db'}", folder)
        return
    base, name = make_url(server), f"exo_place_{uuid.uuid4().hex[:12]}"
    admin = create_engine(base, isolation_level="AUTOCOMMIT", future=True)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield Place(base.set(database=name).render_as_string(hide_password=False), folder)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()
