"""Many threads, one question: it is asked once, and a store that hangs is waited for once and not long."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.answer.retrieve.library import Library
from bot.answer.retrieve.shared import Shared
from bot.errors import StoreError
from bot.facts.store import FactStore
from tests.builders import catalogue_of, fact


def test_who_asks_while_it_runs_gets_the_same_and_who_asks_later_is_answered_anew() -> None:
    calls, go, asked = [0], threading.Event(), threading.Barrier(5)

    def work() -> int:
        calls[0] += 1
        assert go.wait(timeout=60)
        return calls[0]

    shared = Shared(work, patience=60.0)

    def ask(_: int) -> int:
        asked.wait(timeout=60)
        return shared()

    with ThreadPoolExecutor(4) as pool:
        found = pool.map(ask, range(4))
        asked.wait(timeout=60)
        while shared._running is None or len([t for t in threading.enumerate() if t.name.startswith("ThreadPool")]) < 4:
            pass
        threading.Event().wait(0.1)
        go.set()
        assert list(found) == [1, 1, 1, 1]
    assert shared() == 2


def test_what_fails_is_handed_on() -> None:
    shared = Shared(lambda: 1 // 0, patience=60.0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            shared()


def test_a_store_that_hangs_is_said_at_once_and_used_again_when_it_answers(
    store: FactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.load(catalogue_of(fact()))
    library, hangs, begun, release = Library(store, None, patience=60.0), threading.Event(), [0], FactStore.release
    before = library.current()
    library._release._patience = 0.05

    def hang(self: FactStore) -> int:
        begun[0] += 1
        assert hangs.wait(timeout=60)
        return release(self)

    with monkeypatch.context() as patched:
        patched.setattr(FactStore, "release", hang)
        for _ in range(5):
            with pytest.raises(StoreError, match=r"^The facts store does not answer in time\.$"):
                library.current()
        assert begun == [1]
    hangs.set()
    library._release._patience = 60.0
    while library._release._running is not None:
        threading.Event().wait(0.01)
    assert library.current() is before
