"""What curators see of the facts: which are due, what changed, and how one came to be."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest

from bot.cli import main
from bot.curation.facts import diff, history, of_release, stale
from bot.errors import StoreError
from bot.facts.store import FactStore
from bot.settings import ROOT, settings
from tests.builders import catalogue_of, fact, fact_row, gap, valid_rows, write

FIRST, SECOND = (dt.datetime(2026, 11, day, tzinfo=dt.timezone.utc) for day in (1, 2))


def test_what_is_due_comes_first_that_is_due_longest() -> None:
    found = catalogue_of(fact("late", review_by="2026-02-01"), fact("fine"), gap("later", review_by="2026-01-01"))
    due = stale(found, by=dt.date(2026, 3, 1))
    assert [(row["kind"], row["id"], row["review_by"]) for row in due] == [
        ("gaps", "later", "2026-01-01"),
        ("facts", "late", "2026-02-01"),
    ]
    assert stale(found, by=dt.date(2026, 1, 1)) == []


def test_a_release_differs_in_what_was_added_changed_and_dropped(store: FactStore) -> None:
    store.load(catalogue_of(fact("same"), fact("gone"), fact("other")), now=FIRST)
    store.load(catalogue_of(fact("same"), fact("other", statement="New words."), fact("added")), now=SECOND)
    assert diff(of_release(store, 1), of_release(store, 2)) == [
        {"kind": "facts", "id": "added", "change": "added", "fields": {}},
        {"kind": "facts", "id": "gone", "change": "dropped", "fields": {}},
        {"kind": "facts", "id": "other", "change": "changed", "fields": {"statement": ["This is what other says.", "New words."]}},
    ]
    with pytest.raises(StoreError, match=r"^There is no release 3 in the store; the newest is 2\.$"):
        of_release(store, 3)


def test_history_tells_every_version_and_when_it_was_shown(store: FactStore) -> None:
    store.load(catalogue_of(fact("one")), now=FIRST)
    store.load(catalogue_of(fact("one", statement="New words.")), now=SECOND)
    versions = history(store, "one")
    assert [(row["kind"], row["from"], row["until"], list(row["fields"])) for row in versions] == [
        ("facts", "2026-11-01T00:00:00", "2026-11-02T00:00:00", []),
        ("facts", "2026-11-02T00:00:00", None, ["statement"]),
    ]
    with pytest.raises(StoreError, match=r"^The store has never held a record 'none'\.$"):
        history(store, "none")


class TestCommands:
    """The same in a terminal."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = write(tmp_path / "facts", valid_rows())
        monkeypatch.setenv("FACTS_DIR", str(folder))
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'facts.db'}")
        monkeypatch.delenv("CLINIC_DIR", raising=False)
        settings.cache_clear()
        return folder

    def test_check_as_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["facts", "check", "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"facts": 1, "gaps": 1, "sources": 1, "problems": []}
        write(folder, {"facts/own.yml": [fact_row("own", topics=["nothing"])]})
        assert main(["facts", "check", "--json"]) == 1
        (problem,) = json.loads(capsys.readouterr().out)["problems"]
        assert (problem["file"], problem["record"]) == (str(folder / "facts" / "own.yml"), "own")

    def test_stale(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["facts", "stale"]) == main(["facts", "stale", "--days", "9999", "--json"]) == 0
        said, _, listed = capsys.readouterr().out.partition("\n")
        assert said == "No review is due."
        assert [row["id"] for row in json.loads(listed)] == ["gap-one", "fact-one"]

    def test_diff_and_history(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["facts", "load"]) == 0
        rows = valid_rows()
        rows["facts/facts.yml"][0]["as_of"] = "2024-11"
        write(folder, rows)
        capsys.readouterr()
        assert main(["facts", "diff"]) == 0
        assert capsys.readouterr().out == "changed  facts fact-one\n    as_of: 2024-10 -> 2024-11\n"
        assert main(["facts", "load"]) == main(["facts", "diff"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "Nothing differs."
        assert main(["facts", "diff", "--from", "1", "--to", "2", "--json"]) == 0
        assert [row["change"] for row in json.loads(capsys.readouterr().out)] == ["changed"]
        assert main(["facts", "history", "fact-one"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [lines[1], lines[3]] == ["    This is what fact-one says.", "    as_of: 2024-10 -> 2024-11"]
        assert main(["facts", "history", "none"]) == 1
        assert capsys.readouterr().err == "The store has never held a record 'none'.\n"

    def test_a_long_change_is_shown_whole_because_it_may_be_in_the_last_word(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows, long = valid_rows(), "It is said here. " * 8
        for last in ("No one knows.", "All of us know."):
            rows["facts/facts.yml"][0]["statement"] = long + last
            write(folder, rows)
            if last == "No one knows.":
                assert main(["facts", "load"]) == 0
        capsys.readouterr()
        assert main(["facts", "diff"]) == 0
        assert capsys.readouterr().out.splitlines()[1:] == [
            "    statement",
            f"        was: {long}No one knows.",
            f"        now: {long}All of us know.",
        ]

    def test_a_reader_who_has_seen_enough_is_no_error(self, folder: Path) -> None:
        done = subprocess.run(
            f"{ROOT / 'exoguide'} facts stale --days 9999 --json | true", shell=True, capture_output=True, text=True, timeout=120
        )
        assert (done.stdout, done.stderr) == ("", "")
