"""A database that hangs keeps nobody waiting: not who asks first, and not who asks then."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.channels.turns.aside import REST, THREADS, Aside
from bot.errors import StoreError

IN_TIME = r"^The conversations cannot be used: their database does not answer in time\.$"
NOT_ASKED = r"^The conversations cannot be used: their database does not answer\.$"


class _Database:
    """Hangs until it is freed; counts what was begun and what was done."""

    def __init__(self) -> None:
        self.free, self.begun, self.done = threading.Event(), 0, threading.Semaphore(0)

    def __call__(self) -> str:
        self.begun += 1
        assert self.free.wait(timeout=60)
        self.done.release()
        return "done"


def test_what_works_is_handed_on_and_so_is_what_fails() -> None:
    def fail() -> str:
        raise StoreError("no")

    async def run() -> tuple[str, bool]:
        aside = Aside(longest=60.0)
        with pytest.raises(StoreError, match="^no$"):
            await aside.run(fail)
        return await aside.run(lambda: "yes"), aside.lost

    assert asyncio.run(run()) == ("yes", False)


def test_a_database_that_hangs_is_left_alone_for_a_while_and_then_asked_again() -> None:
    now, database = 0.0, _Database()
    aside = Aside(longest=0.05, clock=lambda: now)

    async def run() -> str:
        nonlocal now
        with pytest.raises(StoreError, match=IN_TIME):
            await aside.run(database)
        for _ in range(3):
            with pytest.raises(StoreError, match=NOT_ASKED):
                await aside.run(database)
        database.free.set()
        now += REST
        aside._longest = 60.0
        return await aside.run(database)

    assert asyncio.run(run()) == "done"
    assert database.begun == 2


def test_what_nobody_waits_for_is_dropped_except_what_must_be_done() -> None:
    database = _Database()
    aside = Aside(longest=0.05, clock=lambda: 0.0)
    dropped, kept = _Database(), _Database()
    kept.free.set()

    async def run() -> None:
        full = [asyncio.create_task(aside.run(database)) for _ in range(THREADS)]
        behind = [asyncio.create_task(aside.run(dropped)), asyncio.create_task(aside.run(kept, to_its_end=True))]
        outcomes = await asyncio.gather(*full, *behind, return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {StoreError}
        database.free.set()
        assert await asyncio.to_thread(kept.done.acquire, timeout=60)

    asyncio.run(run())
    assert (dropped.begun, kept.begun) == (0, 1)
