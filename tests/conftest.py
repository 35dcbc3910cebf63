"""What all tests share: hypothesis profiles, and stores on SQLite and, where TEST_DATABASE_URL names one, PostgreSQL."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Workers, each with a server, share the cores: threads that share one sum would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Each of some 80 processes would compile all it imports where PYTHONDONTWRITEBYTECODE is set: half of a server's start.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / "build" / "pycache"))
    sys.dont_write_bytecode = False

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url

from bot import lean
from bot import settings as bot_settings
from bot.clinic import clinic
from bot.database import connect, migrate
from bot.facts.store import FactStore
from tests.servers import arrange, name_groups

pytest_plugins = ["tests.servers"]
lean.leave_out()  # as every process of ours does; Rasa's own commands are tested in processes of their own
# `fixed` draws the same examples each time; HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis_settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=200)
hypothesis_settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
NO_REDIS = "Redis is not tested: TEST_REDIS_URL does not name one that answers"
NO_SERVER = "PostgreSQL is not tested: TEST_DATABASE_URL does not name a postgresql:// database"


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Tests that share a server run in one worker; what takes longest begins first."""
    arrange(items)
    yield
    if getattr(config.option, "loadgroup", False):  # in a worker of xdist
        name_groups(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says at the end what was not tested, and why."""
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", []))
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"NOT TESTED ({count}): {reason}", yellow=True)


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    """No test sees the settings or the clinic of another."""
    bot_settings.settings.cache_clear()
    clinic.cache_clear()
    yield
    bot_settings.settings.cache_clear()
    clinic.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A new PostgreSQL database for this worker, dropped at the end."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgresql"):
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(NO_SERVER)
        pytest.skip(NO_SERVER)
    name = f"exo_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database for one test, on each kind of server; a schema of its own in PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'facts.db'}"
        return
    url, schema = request.getfixturevalue("postgres"), f"test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT", future=True)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{url}?options=-csearch_path%3D{schema}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database, with the tables."""
    made = connect(database_url)
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> FactStore:
    """A facts store that holds nothing yet."""
    return FactStore(engine)


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis that answers: TEST_REDIS_URL, by default the one of this machine. Keys of tests have names of their own."""
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
    try:
        Redis.from_url(url, socket_connect_timeout=5, socket_timeout=30).ping()
    except RedisError:
        if os.environ.get("REQUIRE_REDIS"):
            pytest.fail(NO_REDIS)
        pytest.skip(NO_REDIS)
    return url
