"""An answer is kept for the one who got it, for half an hour, and among several processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from redis import Redis

from bot.slack import sharing
from bot.slack.render import Answer, render
from bot.slack.sharing import PREFIX, SECONDS, Sharing
from tests.slack.turns_of_all_kinds import clarify, turn_of

ANSWER = render(turn_of(clarify(3)))


def _with(count: int, url: str | None, work: Callable[[list[Sharing]], Awaitable[None]]) -> None:
    async def run() -> None:
        every = [Sharing(url) for _ in range(count)]
        await work(every)
        for each in every:
            await each.close()

    asyncio.run(run())


def test_it_is_found_in_its_own_conversation_as_it_was() -> None:
    async def work(every: list[Sharing]) -> None:
        key = await every[0].keep("mine", ANSWER)
        found = [await every[0].find(of, name) for of, name in (("mine", key), ("another", key), ("mine", "guess"))]
        assert found == [ANSWER, None, None]

    _with(1, None, work)


def test_another_process_finds_it_through_redis_and_it_has_an_end(redis_url: str) -> None:
    async def work(every: list[Sharing]) -> None:
        key = await every[0].keep("mine", ANSWER)
        assert [await every[1].find("mine", key), await every[1].find("another", key)] == [ANSWER, None]
        assert 0 < Redis.from_url(redis_url).ttl(PREFIX + key) <= SECONDS

    _with(2, redis_url, work)


def test_when_redis_is_lost_the_process_that_answered_still_knows_it_and_asks_redis_once(caplog: pytest.LogCaptureFixture) -> None:
    async def work(every: list[Sharing]) -> None:
        keys = [await every[0].keep("mine", ANSWER) for _ in range(3)]
        assert [await every[0].find("mine", key) for key in keys] == [ANSWER] * 3
        assert [await every[1].find("mine", key) for key in keys] == [None] * 3

    _with(2, "redis://127.0.0.1:9/0", work)
    assert [record.getMessage() for record in caplog.records] == [
        "Redis does not answer, so only this process can share an answer: ConnectionError",
        "Redis does not answer, so an answer cannot be shared: ConnectionError",
    ]


def test_it_is_gone_after_its_time_and_the_oldest_go_first() -> None:
    now = 0.0

    async def run() -> list[Answer | None]:
        nonlocal now
        kept = Sharing(clock=lambda: now)
        first, second = await kept.keep("mine", ANSWER), await kept.keep("mine", ANSWER)
        for _ in range(sharing.MOST - 1):
            last = await kept.keep("mine", ANSWER)
        found = [await kept.find("mine", key) for key in (first, second, last)]
        now = SECONDS
        return [*found, await kept.find("mine", last)]

    assert asyncio.run(run()) == [None, ANSWER, ANSWER, None]
