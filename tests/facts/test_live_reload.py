"""A library picks up a new release while it runs, whole and at once, and keeps what it has when a load fails."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

from bot.answer.answerer import Answerer
from bot.answer.retrieve.library import Library
from bot.answer.retrieve.snapshot import Snapshot
from bot.database import connect, migrate
from bot.errors import FactsError, StoreError
from bot.facts.catalogue import load
from bot.facts.store import FactStore
from tests.builders import NOTHING, TODAY, FakeEncoder, asked, catalogue_of, cites, fact, fact_row, gap, source, valid_rows, write


@pytest.fixture
def other_process(store: FactStore, database_url: str) -> Iterator[FactStore]:
    """The same database as `store`, over a connection of its own, as `exoguide facts load` would have it."""
    engine = connect(database_url)
    yield FactStore(engine)
    engine.dispose()


def statements(snapshot: Snapshot) -> dict[str, str]:
    """The statements on show."""
    return {id: shown.statement for id, shown in snapshot.facts.items()}


def test_a_new_release_is_on_show_at_the_next_question(store: FactStore, other_process: FactStore) -> None:
    store.load(catalogue_of(fact(), gap()))
    library = Library(store, None)
    before = library.current()
    assert (before.release, statements(before), list(before.gaps)) == (1, {"fact-one": "This is what fact-one says."}, ["gap-one"])
    other_process.load(catalogue_of(fact(statement="Now this."), fact("fact-two")))
    after = library.current()
    assert (after.release, list(after.gaps)) == (2, [])
    assert statements(after) == {"fact-one": "Now this.", "fact-two": "This is what fact-two says."}
    assert statements(before) == {"fact-one": "This is what fact-one says."}  # an answer under way is not disturbed


def test_the_next_answer_shows_the_new_facts_without_a_restart(store: FactStore, other_process: FactStore) -> None:
    store.load(catalogue_of(fact()))
    answerer = Answerer(Library(store, None), encode=None, today=lambda: TODAY)
    said = [answerer.reply(asked("side_effects"), NOTHING)[0]]
    other_process.load(catalogue_of(source("newer"), fact("fact-new", statement="News.", citations=cites("newer"))))
    said.append(answerer.reply(asked("side_effects"), NOTHING)[0])
    assert [[(shown.id, shown.statement) for shown in reply.facts] for reply in said] == [
        [("fact-one", "This is what fact-one says.")],
        [("fact-new", "News.")],
    ]
    assert [[cited.id for cited in reply.sources] for reply in said] == [["paper"], ["newer"]]


def test_nothing_is_read_again_while_the_release_stays(store: FactStore) -> None:
    store.load(catalogue_of(fact()))
    library = Library(store, None)
    first = library.current()
    store.load(catalogue_of(fact()))
    assert library.current() is first


def test_only_new_texts_are_encoded_on_reload(store: FactStore, other_process: FactStore) -> None:
    encoder = FakeEncoder()
    library = Library(store, encoder)
    store.load(catalogue_of(fact()))
    library.current()
    encoder.seen.clear()
    other_process.load(catalogue_of(fact(), fact("fact-two")))
    found = library.current()
    assert encoder.seen == ["This is what fact-two says.", "What does fact-two say?", "Is fact-two true?"]
    ((nearest, likeness), *_) = found.nearest(encoder.one("What does fact-two say?"))
    assert (nearest.id, round(likeness, 5)) == ("fact-two", 1.0)


def test_a_load_that_fails_leaves_the_answers_as_they_were(
    store: FactStore, other_process: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load(catalogue_of(fact()))
    library = Library(store, None)
    first = library.current()

    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as patched:
        patched.setattr(FactStore, "_replace", fail)
        with pytest.raises(StoreError):
            other_process.load(catalogue_of(fact("fact-two")))
    assert library.current() is first
    other_process.load(catalogue_of(fact("fact-two")))
    assert list(library.current().facts) == ["fact-two"]


def test_wrong_yaml_never_reaches_the_store(store: FactStore, tmp_path: Path) -> None:
    folder = write(tmp_path / "facts", valid_rows())
    store.load(load([folder], today=TODAY))
    library = Library(store, None)
    first = library.current()
    write(folder, {"facts/new.yml": [fact_row("fact-two", citations=cites("nowhere"))]})
    with pytest.raises(FactsError, match="fact-two"):
        store.load(load([folder], today=TODAY))
    assert (store.release(), library.current() is first) == (1, True)


def test_a_snapshot_never_mixes_two_releases(store: FactStore, other_process: FactStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.load(catalogue_of(source("old"), fact(citations=cites("old"))))
    records = FactStore.records

    def load_in_between(self: FactStore, kind: str, **where: object) -> list:
        found = records(self, kind, **where)  # type: ignore[arg-type]
        other_process.load(catalogue_of(source("new"), fact(citations=cites("new"))))
        return found

    library = Library(store, None)
    with monkeypatch.context() as patched:
        patched.setattr(FactStore, "records", load_in_between)
        during = library.current()
    after = library.current()
    assert [(s.release, sorted(s.sources), s.facts["fact-one"].citations[0].source) for s in (during, after)] == [
        (1, ["old", "paper"], "old"),
        (2, ["new", "paper"], "new"),
    ]


def test_many_threads_share_one_whole_snapshot_of_each_release(store: FactStore) -> None:
    library = Library(store, None)
    store.load(catalogue_of(fact("fact-0")))

    def ask(number: int) -> tuple[int, list[str]]:
        if number % 10 == 5:
            store.load(catalogue_of(*(fact(f"fact-{n}") for n in range(number))))
        found = library.current()
        return found.release, list(found.facts)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(ask, range(40)))
    shown: dict[int, list[str]] = {}
    assert all(facts == shown.setdefault(release, facts) for release, facts in seen)
    assert library.current().release == store.release() == 5


def test_until_a_large_release_is_read_the_one_before_answers(
    store: FactStore, other_process: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load(catalogue_of(fact()))
    library = Library(store, None, patience=0.2)
    library.current()
    other_process.load(catalogue_of(fact("fact-two")))
    records, may_go_on, done = FactStore.records, Event(), Event()

    def slow(self: FactStore, kind: str, **where: object) -> list:
        assert may_go_on.wait(timeout=30)
        if kind == "caveats":  # the last kind that is read
            done.set()
        return records(self, kind, **where)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(FactStore, "records", slow)
        meanwhile = [library.current().release for _ in range(3)]
        may_go_on.set()
        assert done.wait(timeout=30)
    while library.current().release == 1:
        pass
    assert (meanwhile, list(library.current().facts)) == ([1, 1, 1], ["fact-two"])


def test_a_release_that_cannot_be_read_is_tried_again(
    store: FactStore, other_process: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load(catalogue_of(fact()))
    library = Library(store, None)
    library.current()
    other_process.load(catalogue_of(fact("fact-two")))

    def fail(*_: object, **__: object) -> list:
        raise StoreError("The facts store cannot be read: OperationalError.")

    with monkeypatch.context() as patched:
        patched.setattr(FactStore, "records", fail)
        for _ in range(2):
            with pytest.raises(StoreError, match="cannot be read"):
                library.current()
    assert list(library.current().facts) == ["fact-two"]


def test_an_unreadable_store_is_said_and_comes_back(store: FactStore, other_process: FactStore) -> None:
    store.load(catalogue_of(fact()))
    library = Library(store, None)
    library.current()
    migrate(other_process.engine, to="base")
    with pytest.raises(StoreError, match="cannot be read"):
        library.current()
    migrate(other_process.engine)
    for id in ("fact-one", "fact-two"):
        other_process.load(catalogue_of(fact(id)))
    assert list(library.current().facts) == ["fact-two"]
