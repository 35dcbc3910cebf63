"""The two kinds of database that docs/operations.md speaks of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.place import Place, new_place

TOOLS = {"sqlite": "sqlite3", "postgresql": "pg_dump"}


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty database of one kind, where the tools of the document for it are installed."""
    if not shutil.which(TOOLS[request.param]):
        pytest.skip(f"{TOOLS[request.param]} is not here, so backups of {request.param} are not tested")
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with new_place(server, tmp_path) as made:
        yield made
