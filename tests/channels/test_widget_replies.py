"""A message that is sent again gets the reply of the first time; a failure is not kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.widget.replies import CONVERSATIONS, EACH, SECONDS, Replies


class _Worker:
    """Counts its calls and returns `ok 1`, `ok 2` …; where `bad` says so, `bad 1` …"""

    def __init__(self, *, bad: bool = False, seconds: float = 0.0) -> None:
        self.calls = 0
        self._bad, self._seconds = bad, seconds

    async def __call__(self) -> str:
        self.calls += 1
        number = self.calls
        await asyncio.sleep(self._seconds)
        return f"{'bad' if self._bad else 'ok'} {number}"


def _replies(clock: Callable[[], float] = lambda: 0.0) -> Replies[str]:
    return Replies(keep=lambda reply: reply.startswith("ok"), clock=clock)


def _in_order(*calls: Callable[[], Awaitable[str]]) -> list[str]:
    async def run() -> list[str]:
        said = []
        for call in calls:
            said.append(await call())
            await asyncio.sleep(0)  # what is done is noted in the loop's next turn
        return said

    return asyncio.run(run())


def test_the_same_message_is_worked_on_once() -> None:
    replies, worker = _replies(), _Worker()
    assert _in_order(*[lambda: replies.once("a", 1, worker)] * 3) == ["ok 1"] * 3


def test_another_message_or_conversation_is_another_one() -> None:
    replies, worker = _replies(), _Worker()
    said = _in_order(
        lambda: replies.once("a", 1, worker), lambda: replies.once("a", 2, worker), lambda: replies.once("b", 1, worker)
    )
    assert said == ["ok 1", "ok 2", "ok 3"]


def test_two_at_the_same_moment_share_the_work() -> None:
    replies, worker = _replies(), _Worker(seconds=0.01)

    async def run() -> list[str]:
        return await asyncio.gather(*(replies.once("a", 1, worker) for _ in range(5)))

    assert asyncio.run(run()) == ["ok 1"] * 5


def test_what_was_not_answered_is_tried_again() -> None:
    replies, worker = _replies(), _Worker(bad=True)
    assert _in_order(*[lambda: replies.once("a", 1, worker)] * 2) == ["bad 1", "bad 2"]


def test_an_error_is_raised_and_tried_again() -> None:
    replies, worker = _replies(), _Worker()

    async def fails() -> str:
        raise RuntimeError("down")

    async def run() -> str:
        with pytest.raises(RuntimeError):
            await replies.once("a", 1, fails)
        await asyncio.sleep(0)
        return await replies.once("a", 1, worker)

    assert asyncio.run(run()) == "ok 1"


def test_the_work_goes_on_when_the_sender_hangs_up() -> None:
    replies, worker = _replies(), _Worker(seconds=0.01)

    async def run() -> str:
        first = asyncio.ensure_future(replies.once("a", 1, worker))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0.05)
        return await replies.once("a", 1, worker)

    assert (asyncio.run(run()), worker.calls) == ("ok 1", 1)


def test_only_the_newest_are_kept_and_not_for_long() -> None:
    now = [0.0]
    replies, worker = _replies(lambda: now[0]), _Worker()

    async def run() -> list[str]:
        await replies.once("old", 1, worker)
        now[0] = SECONDS + 1.0
        said = [await replies.once("old", 1, worker)]
        for number in range(EACH + 1):
            await replies.once("long", number, worker)
        said.append(await replies.once("long", 0, worker))
        for number in range(CONVERSATIONS):
            await replies.once(f"many {number}", 1, worker)
        return said

    assert asyncio.run(run()) == ["ok 2", f"ok {EACH + 4}"]
    assert len(replies._kept) == CONVERSATIONS
