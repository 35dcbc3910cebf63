"""A turn has one budget: what one step took the next ones have no more, and an emergency waits a moment only."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bot.channels.turns.aside import Aside
from bot.channels.turns.budget import MOMENT, Budget, budget
from bot.errors import StoreError


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _budget(clock: _Clock | None = None, *, urgent: bool = False) -> Budget:
    return Budget(seconds=4.5, reading=2.0, urgent=lambda: urgent, clock=clock or _Clock())


def test_what_was_taken_is_gone_and_what_was_waited_in_line_is_not_counted() -> None:
    clock = _Clock()
    turn = _budget(clock)
    assert (turn.left, turn.for_reading) == (4.5, 2.0)
    clock.now += 1.5
    assert (turn.left, turn.for_reading) == (3.0, 0.5)
    clock.now += 10.0
    assert (turn.left, turn.for_reading) == (0.0, 0.0)
    turn.longer(10.0)
    assert (turn.left, turn.for_reading) == (3.0, 0.5)


def test_whether_it_is_urgent_is_asked_once_and_can_be_said() -> None:
    asked: list[int] = []

    def urgent() -> bool:
        asked.append(1)
        return False

    turn = Budget(seconds=1.0, reading=1.0, urgent=urgent)
    assert (turn.urgent, turn.urgent, asked) == (False, False, [1])
    turn.hurry()
    assert turn.urgent


def test_it_is_seen_in_what_is_begun_within_it_and_not_after() -> None:
    async def seen() -> tuple[bool, bool, bool]:
        turn = _budget()
        with turn.spent():
            within, task = budget() is turn, asyncio.create_task(_seen())
        return within, await task is turn, budget() is None

    async def _seen() -> Budget | None:
        return budget()

    assert asyncio.run(seen()) == (True, True, True)


@pytest.mark.parametrize(("urgent", "writing", "least"), [(False, False, 0.6), (False, True, 1.2), (True, False, MOMENT)])
def test_a_slow_database_is_waited_for_as_long_as_the_turn_allows(urgent: bool, writing: bool, least: float) -> None:
    """Less than the database's own limit, so that what is only slow is not taken for lost."""
    free = threading.Event()

    async def waited() -> tuple[float, bool]:
        aside = Aside(longest=60.0)
        with Budget(seconds=1.2, reading=0.6, urgent=lambda: urgent).spent():
            began = time.monotonic()
            with pytest.raises(StoreError, match="does not answer in time"):
                await aside.run(lambda: free.wait(60), to_its_end=writing)
            took = time.monotonic() - began
        free.set()
        return took, aside.lost

    took, lost = asyncio.run(waited())
    assert least <= took < least + 0.5
    assert not lost
