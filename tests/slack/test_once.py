"""What is known already is not handled again, in this process or another, and memory stays bounded."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import Awaitable, Callable

import pytest
from redis import Redis

from bot.slack.once import PREFIX, OnceEverywhere, OnceHere


class Clock:
    """A clock that tests set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_first_time_counts_and_no_other() -> None:
    once = OnceHere()
    assert [once.first("event:1"), once.first("event:1"), once.first("event:2")] == [True, False, True]


def test_one_known_name_is_enough_and_the_others_are_then_known_too() -> None:
    once = OnceHere()
    assert once.first("event:1", "message:a")
    assert not once.first("event:2", "message:a")
    assert not once.first("event:2")


def test_something_without_a_name_is_always_new() -> None:
    once = OnceHere()
    assert [once.first(), once.first()] == [True, True]


def test_it_is_forgotten_after_its_time() -> None:
    clock = Clock()
    once = OnceHere(seconds=60, clock=clock)
    assert once.first("a")
    clock.now = 59
    assert not once.first("a")
    clock.now = 200
    assert once.first("a")


def test_memory_is_bounded_and_the_oldest_goes_first() -> None:
    once = OnceHere(most=2)
    assert [once.first(name) for name in "abc"] == [True] * 3
    assert (len(once), once.first("c"), once.first("b"), once.first("a")) == (2, False, False, True)


def _among(url: str, work: Callable[[list[OnceEverywhere]], Awaitable[list[bool]]], *, seconds: int = 60) -> list[bool]:
    """What `work` finds with three processes' memories."""

    async def run() -> list[bool]:
        every = [OnceEverywhere(url, seconds=seconds) for _ in range(3)]
        try:
            return await asyncio.wait_for(work(every), timeout=60)
        finally:
            for each in every:
                await each.close()

    return asyncio.run(run())


class TestEverywhere:
    """Among several processes one is the first."""

    def test_of_several_processes_that_hear_it_at_once_exactly_one_is_first(self, redis_url: str) -> None:
        names = [(f"event:{uuid.uuid4().hex}", f"message:{uuid.uuid4().hex}") for _ in range(20)]

        async def work(every: list[OnceEverywhere]) -> list[bool]:
            return await asyncio.gather(*(one.first(*pair) for pair in names for one in every))

        found = _among(redis_url, work)
        assert [sum(found[start : start + 3]) for start in range(0, 60, 3)] == [1] * 20

    def test_one_known_name_is_enough_and_the_others_are_then_known_too(self, redis_url: str) -> None:
        first, second, message = (uuid.uuid4().hex for _ in range(3))

        async def work(every: list[OnceEverywhere]) -> list[bool]:
            one, other, third = every
            return [await one.first(first, message), await other.first(second, message), await third.first(second)]

        assert _among(redis_url, work) == [True, False, False]

    def test_a_name_has_an_end(self, redis_url: str) -> None:
        name = uuid.uuid4().hex

        async def work(every: list[OnceEverywhere]) -> list[bool]:
            return [await every[0].first(name)]

        assert _among(redis_url, work, seconds=7) == [True]
        assert 0 < Redis.from_url(redis_url).ttl(PREFIX + name) <= 7

    @pytest.mark.parametrize("answers", [False, True], ids=["refused", "silent"])
    def test_a_lost_redis_holds_nobody_up_and_is_not_asked_each_time(self, answers: bool, caplog: pytest.LogCaptureFixture) -> None:
        async def work(every: list[OnceEverywhere]) -> list[bool]:
            return [await every[0].first("a") for _ in range(5)]

        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            if answers:
                server.listen()  # takes the connection and says nothing
            assert _among(f"redis://127.0.0.1:{server.getsockname()[1]}/0", work) == [True] * 5
        lost = [record.getMessage() for record in caplog.records if record.name == "bot.slack.once"]
        assert len(lost) == 1
        assert lost[0].startswith("Redis does not answer, so another process may answer the same: ")
