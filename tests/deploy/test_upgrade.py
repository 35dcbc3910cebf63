"""Upgrade and roll-back as docs/operations.md has them, with a later version whose tables differ."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.database import MIGRATIONS, connect, migrate
from bot.errors import StoreError
from bot.facts.store import FactStore
from tests.builders import catalogue_of, fact
from tests.deploy.place import Place

LATER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "later", "{newest}"


def upgrade() -> None:
    op.add_column("record", sa.Column("checked_by", sa.String(40)))
    op.create_table("reviewer", sa.Column("id", sa.Integer, primary_key=True))


def downgrade() -> None:
    op.drop_table("reviewer")
    op.drop_column("record", "checked_by")
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The migrations of a version after this one: one more column, one more table."""
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    revisions = {path: path.read_text() for path in (scripts / "versions").glob("*.py")}
    named = {re.search(r'^revision = "(\w+)"', text, flags=re.M)[1] for text in revisions.values()}  # type: ignore[index]
    before = {found[1] for text in revisions.values() if (found := re.search(r'^down_revision = "(\w+)"', text, flags=re.M))}
    (newest,) = named - before
    (scripts / "versions" / "later.py").write_text(LATER.format(newest=newest))
    return scripts


def _upgrade(place: Place, later: Path) -> list[str]:
    """What a start of the later version does to the tables; the columns of a record afterwards."""
    engine = connect(place.url)
    migrate(engine, scripts=later)
    columns = [column["name"] for column in inspect(engine).get_columns("record")]
    engine.dispose()
    return columns


def test_an_upgrade_keeps_facts_and_conversations(place: Place, later: Path) -> None:
    place.fill()
    assert _upgrade(place, later)[-1] == "checked_by"
    assert place.held() == (["kept"], ["rest-me"])


def test_the_old_version_refuses_newer_tables_and_runs_again_on_the_backup(place: Place, later: Path) -> None:
    place.fill()
    place.back_up()
    _upgrade(place, later)
    engine = connect(place.url)
    with pytest.raises(StoreError, match=r"was made by a newer version; start that one, or restore the backup from before it\.$"):
        migrate(engine)
    engine.dispose()
    place.restore()
    engine = connect(place.url)
    migrate(engine)
    engine.dispose()
    assert place.held() == (["kept"], ["rest-me"])
    assert _upgrade(place, later)[-1] == "checked_by"  # nothing of the later version had stayed behind


def test_a_roll_back_without_new_tables_is_one_more_release_with_the_old_facts(place: Place) -> None:
    place.fill()
    engine = connect(place.url)
    store = FactStore(engine)
    store.load(catalogue_of(fact("kept", statement="Said anew."), fact("more")))
    assert store.load(catalogue_of(fact("kept"))) == 3
    assert [(record.id, record.statement) for record in store.records("facts")] == [("kept", "This is what kept says.")]
    assert [body["statement"] for _, _, body in store.history("facts", "kept")] == [
        "This is what kept says.",
        "Said anew.",
        "This is what kept says.",
    ]
    engine.dispose()
