"""The ways of docs/operations.md to back up and restore, tried on a store with facts and a conversation."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.conversations.store import open_conversations
from bot.facts.database import connect, migrate
from bot.facts.store import FactStore
from bot.settings import ROOT
from tests.builders import catalogue_of, fact

EVENT = {"event": "user", "timestamp": 1.0, "text": "words"}
DOCUMENT = (ROOT / "docs" / "operations.md").read_text()


def _command(tool: str) -> str:
    """The line of the document that begins with `tool`, without its comment."""
    found = re.search(rf"^{tool} .+$", DOCUMENT, flags=re.M)
    assert found
    return found[0].split("  #")[0].strip()


def _run(command: str, *, folder: Path, **env: str) -> None:
    done = subprocess.run(["sh", "-c", command], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def _fill(url: str) -> None:
    engine = connect(url)
    migrate(engine)
    FactStore(engine).load(catalogue_of(fact("kept")))
    engine.dispose()
    kept = open_conversations(url)
    kept.append("rest-me", [EVENT], state={"slots": {}, "loop": None})
    kept.engine.dispose()


def _held(url: str) -> tuple[list[str], list[str]]:
    engine, kept = connect(url), open_conversations(url)
    found = [record.id for record in FactStore(engine).records("facts")], kept.ids()
    for each in (engine, kept.engine):
        each.dispose()
    return found


def test_a_copy_of_a_postgresql_database_brings_all_back(postgres: str, tmp_path: Path) -> None:
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not here, so backup of PostgreSQL is not tested")
    base = make_url(postgres)
    server = create_engine(base, isolation_level="AUTOCOMMIT", future=True)
    name = f"exo_backup_{uuid.uuid4().hex[:12]}"
    url = base.set(database=name).render_as_string(hide_password=False)
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        _fill(url)
        _run(_command("pg_dump"), folder=tmp_path, DATABASE_URL=url)
        kept = open_conversations(url)
        assert kept.erase("rest-me")
        kept.engine.dispose()
        _run(_command("pg_restore"), folder=tmp_path, DATABASE_URL=url)
        assert _held(url) == (["kept"], ["rest-me"])
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        server.dispose()


def test_a_copy_of_a_sqlite_database_brings_all_back(tmp_path: Path) -> None:
    if not shutil.which("sqlite3"):
        pytest.skip("sqlite3 is not here, so backup of SQLite is not tested")
    (tmp_path / "build").mkdir()
    url = f"sqlite:///{tmp_path / 'build' / 'facts.db'}"
    _fill(url)
    _run(_command("sqlite3"), folder=tmp_path)
    for path in (tmp_path / "build").glob("facts.db*"):
        path.unlink()
    (tmp_path / "facts-backup.db").rename(tmp_path / "build" / "facts.db")
    assert _held(url) == (["kept"], ["rest-me"])
