"""The page of all facts: what its copy holds, and the real page over HTTP, read-only and fresh."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.cli import main
from bot.curation.page.copy import write
from bot.database import connect, migrate
from bot.facts.store import FactStore
from bot.settings import ROOT, settings
from tests.builders import catalogue_of, caveat, fact, gap, source
from tests.server.conftest import free_port

FIRST, SECOND, THIRD, FOURTH = (dt.datetime(2026, 11, day, 9, 30, tzinfo=dt.timezone.utc) for day in (1, 2, 3, 4))
TODAY = dt.date(2026, 11, 22)
UP_SECONDS = 300  # only a deadline: at its first start the environment of the page is made
CLINIC = source("clinic-page", url="https://clinic.example/a", interest="It sells the serum.", published=None, undated="no date")
NOTES = caveat("take-care"), caveat("ask-first")
TRIAL = fact(
    "trial",
    topics=["side_effects", "hair_results"],
    detail="Half got none.",
    stance="against",
    evidence="randomised_trial",
    scope={"route": ["injection"], "use": ["hair"], "jurisdiction": ["US", "XK"]},
    conditions=["immune_drugs"],
    population={"who": "men", "size": 20, "weeks": 16, "comparison": "salt water"},
    citations=[{"source": "clinic-page", "locator": "page 2"}, {"source": "paper", "locator": "table 1"}],
    follows=["other"],
    caveats=["take-care", "ask-first"],
    review_by="2026-12-01",
)


def _rows(path: Path, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as copy:
        return copy.execute(question).fetchall()


def test_the_copy_says_in_words_what_a_fact_rests_on_and_is_limited_to(store: FactStore, tmp_path: Path) -> None:
    store.load(catalogue_of(TRIAL, fact("other"), CLINIC, *NOTES), now=FIRST)
    write(store, tmp_path / "guide.db", today=TODAY)
    assert _rows(tmp_path / "guide.db", "SELECT * FROM facts WHERE id = 'trial'") == [
        (
            "trial", "This is what trial says.", '["side effects", "hair results"]', "randomised trial",
            "a limit, a risk or a legal bar", "2024-10", "2026-12-01", "within 30 days", "clinic-page; paper", "Half got none.",
            "given by: injection; used for: hair; in: the United States, XK; state of health: immune drugs",
            "men; 20 people; 16 weeks; against salt water", "The note take-care holds here.\nThe note ask-first holds here.",
            "follows: other", "2026-11-01 09:30", "2026-11-01 09:30",
        )
    ]  # fmt: skip
    assert _rows(tmp_path / "guide.db", "SELECT fact, source, place FROM citations") == [
        ("trial", "clinic-page", "page 2"),
        ("trial", "paper", "table 1"),
        ("other", "paper", "page 1"),
    ]
    assert _rows(tmp_path / "guide.db", "SELECT id, kind, published, link, may_gain, facts FROM sources") == [
        ("paper", "peer-reviewed review", "2024-05", None, "nothing is stated", 2),
        ("clinic-page", "peer-reviewed review", "no date", "https://clinic.example/a", "It sells the serum.", 1),
    ]


def test_the_copy_tells_what_each_release_changed(store: FactStore, tmp_path: Path) -> None:
    store.load(catalogue_of(fact("one"), fact("gone")), now=FIRST)
    store.load(catalogue_of(fact("one", statement="New words.", caveats=["take-care"]), gap("new")), now=SECOND)
    store.load(catalogue_of(fact("one", statement="New words.", caveats=["take-care"])), now=THIRD)
    store.load(catalogue_of(fact("gone"), gap("new")), now=FOURTH)
    write(store, tmp_path / "guide.db", today=TODAY)
    told = "SELECT at, release, kind, record, change, field, was, is_now FROM changes WHERE kind IN ('fact', 'gap') ORDER BY id"
    one, gone, new = "This is what one says.", "This is what gone says.", "No study is on file for new."
    assert _rows(tmp_path / "guide.db", told) == [
        ("2026-11-01 09:30", 1, "fact", "one", "added", None, None, one),
        ("2026-11-01 09:30", 1, "fact", "gone", "added", None, None, gone),
        ("2026-11-02 09:30", 2, "fact", "one", "changed", "caveats", "", "take-care"),
        ("2026-11-02 09:30", 2, "fact", "one", "changed", "statement", one, "New words."),
        ("2026-11-02 09:30", 2, "fact", "gone", "dropped", None, gone, None),
        ("2026-11-02 09:30", 2, "gap", "new", "added", None, None, new),
        ("2026-11-03 09:30", 3, "gap", "new", "dropped", None, new, None),
        ("2026-11-04 09:30", 4, "fact", "one", "dropped", None, "New words.", None),
        ("2026-11-04 09:30", 4, "fact", "gone", "added", None, None, gone),
        ("2026-11-04 09:30", 4, "gap", "new", "added", None, None, new),
    ]
    assert _rows(tmp_path / "guide.db", "SELECT release, added, changed, dropped FROM releases") == [
        (1, 39, 0, 0),  # with one source and the topics
        (2, 1, 1, 1),
        (3, 0, 0, 1),
        (4, 2, 0, 1),
    ]


def test_the_copy_sorts_reviews_by_their_day_and_is_written_over(store: FactStore, tmp_path: Path) -> None:
    store.load(catalogue_of(fact("late", review_by="2026-11-21"), fact("far"), gap("soon", review_by="2026-12-21")), now=FIRST)
    for _ in range(2):
        write(store, tmp_path / "guide.db", today=TODAY)
    assert _rows(tmp_path / "guide.db", "SELECT review_by, review, kind, record FROM reviews") == [
        ("2026-11-21", "past", "fact", "late"),
        ("2026-12-21", "within 30 days", "gap", "soon"),
        ("2027-11-21", "later", "fact", "far"),
    ]


def _until(found: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + UP_SECONDS
    while time.monotonic() < deadline:
        if found():
            return
        time.sleep(0.3)
    raise AssertionError(f"{what}: not seen in {UP_SECONDS} s")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, FactStore, subprocess.Popen[str]]]:
    """`exoguide facts page` over a store with two releases: its address, the store and the process."""
    folder = tmp_path_factory.mktemp("page")
    url = f"sqlite:///{folder / 'facts.db'}"
    engine = connect(url)
    migrate(engine)
    store = FactStore(engine)
    store.load(catalogue_of(fact("trial", statement="Old words."), CLINIC, *NOTES), now=FIRST)
    store.load(catalogue_of(TRIAL, fact("other"), gap(), CLINIC, *NOTES), now=SECOND)
    port = free_port()
    command = [str(ROOT / "exoguide"), "facts", "page", "--port", str(port)]
    with subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = iter(process.stdout.readline, "")
        assert any(line == f"The facts can be read at http://127.0.0.1:{port}/ (Ctrl-C ends it).\n" for line in said)
        yield f"http://127.0.0.1:{port}", store, process
        process.kill()
    engine.dispose()


def _list(address: str) -> list[dict[str, Any]]:
    reply = requests.get(address, params={"_shape": "array"}, timeout=30)
    assert reply.status_code == 200, reply.text
    return list(reply.json())


class TestWrong:
    """What stops the page is one sentence, before anything is made."""

    @pytest.fixture(autouse=True)
    def empty(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'facts.db'}")
        settings.cache_clear()

    def test_a_store_without_facts(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["facts", "page", "--port", str(free_port())]) == 1
        assert capsys.readouterr().err == "The store holds no facts yet; run './exoguide facts load' first.\n"

    def test_a_port_that_is_taken(self, capsys: pytest.CaptureFixture[str]) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert main(["facts", "page", "--port", str(port)]) == 1
        assert capsys.readouterr().err == f"Port {port} on 127.0.0.1 cannot be used; choose another with --port or --host.\n"

    @pytest.mark.parametrize("port", ["0", "65536", "http"])
    def test_a_port_that_is_none(self, port: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            main(["facts", "page", "--port", port])
        assert capsys.readouterr().err.endswith("write a number from 1 to 65535\n")


@pytest.mark.xdist_group("alone")
class TestPage:
    """A clinician with a browser."""

    def test_the_start_says_how_much_there_is_and_what_changed(self, page: tuple[str, FactStore, Any]) -> None:
        shown = requests.get(page[0], timeout=30).text
        for part in (">2 facts<", ">1 questions for which nothing is on file<", ">2 sources<", "2026-11-02 09:30", "Release 2 of"):
            assert part in shown

    def test_a_fact_is_shown_with_its_sources_caveats_and_history(self, page: tuple[str, FactStore, Any]) -> None:
        shown = requests.get(f"{page[0]}/guide/facts/trial", timeout=30).text
        parts = ["This is what trial says.", "side effects; hair results", "randomised trial", "a limit, a risk or a legal bar"]
        parts += [
            "2026-12-01",
            "The title of clinic-page",
            'href="https://clinic.example/a"',
            "Place: page 2",
            "It sells the serum.",
        ]
        parts += ["The note ask-first holds here.", "changed: statement", "Old words."]
        assert [part for part in parts if part not in shown] == []

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("trials", [("fact", "trial")]),
            ("serum", [("source", "clinic-page")]),
            ('"what other"', [("fact", "other")]),
            ("gap-one study", [("gap", "gap-one")]),
            ("nowhere", []),
            ("", []),
            ("' OR \"", []),
        ],
    )
    def test_search_finds_in_facts_gaps_and_sources(
        self, page: tuple[str, FactStore, Any], words: str, found: list[tuple[str, str]]
    ) -> None:
        reply = requests.get(f"{page[0]}/guide/search.json", params={"words": words, "_shape": "array"}, timeout=30)
        assert [(row["kind"], row["record"]) for row in reply.json()] == found

    def test_a_list_can_be_searched_and_narrowed_down(self, page: tuple[str, FactStore, Any]) -> None:
        assert [row["id"] for row in _list(f"{page[0]}/guide/facts.json?_search=salt+water")] == ["trial"]
        assert [row["id"] for row in _list(f"{page[0]}/guide/facts.json?topics__arraycontains=hair+results")] == ["trial"]
        assert [row["record"] for row in _list(f"{page[0]}/guide/changes.json?change=changed&field=statement")] == ["trial"]

    @pytest.mark.parametrize("kind", ["facts", "gaps", "sources", "reviews", "changes", "releases", "citations", "search"])
    def test_every_list_opens(self, page: tuple[str, FactStore, Any], kind: str) -> None:
        shown = requests.get(f"{page[0]}/guide/{kind}", timeout=30)
        assert (shown.status_code, "<h1>" in shown.text) == (200, True)

    @pytest.mark.parametrize(
        ("path", "status"),
        [("/guide?sql=select+1", 403), ("/guide.db", 403), ("/-/databases", 404), ("/-/settings.json", 404), ("/guide/none", 404)],
    )
    def test_nothing_but_the_lists_can_be_asked_for(self, page: tuple[str, FactStore, Any], path: str, status: int) -> None:
        assert requests.get(page[0] + path, timeout=30).status_code == status

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_nothing_can_be_written(self, page: tuple[str, FactStore, Any], method: str) -> None:
        assert requests.request(method, f"{page[0]}/guide/facts", data={"id": "mine"}, timeout=30).status_code == 405

    def test_new_facts_are_shown_without_a_new_start_and_it_ends_as_a_whole(
        self, page: tuple[str, FactStore, subprocess.Popen[str]]
    ) -> None:
        url, store, process = page
        store.load(catalogue_of(TRIAL, fact("fresh", statement="<b>Fresh</b> words."), fact("other"), CLINIC, *NOTES), now=THIRD)
        _until(lambda: requests.get(f"{url}/guide/facts/fresh", timeout=30).status_code == 200, "the new fact")
        assert "&lt;b&gt;Fresh&lt;/b&gt; words." in requests.get(f"{url}/guide/facts/fresh", timeout=30).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 130
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=5)
