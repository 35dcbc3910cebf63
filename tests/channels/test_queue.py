"""Who waits for whom: a conversation for itself, everyone for a place, an emergency for nobody."""

from __future__ import annotations

import asyncio
import gc

import pytest

from bot.channels.turns.named_locks import NamedLocks
from bot.channels.turns.queue import Queue


async def _turn(
    queue: Queue, conversation: str, said: list[str], *, until: asyncio.Event | None = None, urgent: bool = False
) -> None:
    async with queue.turn(conversation, urgent=lambda: urgent):
        if until:
            await until.wait()
        said.append(conversation)


def test_a_flood_in_one_conversation_takes_one_place_only() -> None:
    async def talk() -> list[str]:
        queue, said, done = Queue(places=2), [], asyncio.Event()  # type: tuple[Queue, list[str], asyncio.Event]
        flood = [asyncio.create_task(_turn(queue, "flood", said, until=done)) for _ in range(5)]
        await asyncio.sleep(0)
        await asyncio.wait_for(_turn(queue, "other", said), timeout=30)
        done.set()
        await asyncio.gather(*flood)
        return said

    assert asyncio.run(talk()) == ["other", *["flood"] * 5]


def test_when_all_places_are_taken_only_what_is_urgent_does_not_wait() -> None:
    async def talk() -> list[str]:
        queue, said, done = Queue(places=1), [], asyncio.Event()  # type: tuple[Queue, list[str], asyncio.Event]
        first = asyncio.create_task(_turn(queue, "first", said, until=done))
        await asyncio.sleep(0)
        calm = asyncio.create_task(_turn(queue, "calm", said))
        await asyncio.wait_for(_turn(queue, "urgent", said, urgent=True), timeout=30)
        done.set()
        await asyncio.gather(first, calm)
        return said

    assert asyncio.run(talk()) == ["urgent", "first", "calm"]


def test_who_waits_too_long_is_told_and_the_place_is_not_lost() -> None:
    async def talk() -> list[str]:
        queue, said, done = Queue(places=1, wait=0.05), [], asyncio.Event()  # type: tuple[Queue, list[str], asyncio.Event]
        first = asyncio.create_task(_turn(queue, "first", said, until=done))
        await asyncio.sleep(0)
        with pytest.raises(asyncio.TimeoutError):
            await _turn(queue, "late", said)
        done.set()
        await first
        await asyncio.wait_for(_turn(queue, "late", said), timeout=30)
        return said

    assert asyncio.run(talk()) == ["first", "late"]


def test_a_lock_that_nobody_holds_is_forgotten() -> None:
    async def talk() -> int:
        locks = NamedLocks()
        async with locks.of("a"):
            assert len(locks) == 1
        gc.collect()
        return len(locks)

    assert asyncio.run(talk()) == 0


def test_after_its_close_who_has_a_place_keeps_it_and_who_waits_is_told_but_for_what_is_urgent() -> None:
    async def talk() -> tuple[list[str], list[type]]:
        queue, said, inside, done = Queue(places=1), [], asyncio.Event(), asyncio.Event()  # type: ignore[var-annotated]

        async def hold() -> None:
            async with queue.turn("first", urgent=lambda: False):
                inside.set()
                await done.wait()
                said.append("first")

        first = asyncio.create_task(hold())
        await asyncio.wait_for(inside.wait(), timeout=30)
        waiting = [asyncio.create_task(_turn(queue, name, said)) for name in ("second", "third")]
        await asyncio.sleep(0)
        queue.close()
        await asyncio.wait_for(_turn(queue, "urgent", said, urgent=True), timeout=30)
        done.set()
        await first
        told = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=30)
        return said, [type(one) for one in told]

    assert asyncio.run(talk()) == (["urgent", "first"], [asyncio.TimeoutError] * 2)


def test_of_long_messages_one_is_in_work_and_short_ones_do_not_wait_for_them() -> None:
    async def talk() -> list[str]:
        queue, said, done = Queue(places=2), [], asyncio.Event()  # type: tuple[Queue, list[str], asyncio.Event]

        async def long(name: str, *, urgent: bool = False) -> None:
            async with queue.turn(name, urgent=lambda: urgent, long=True):
                if not urgent:
                    await done.wait()
                said.append(name)

        waiting = [asyncio.create_task(long(f"long {number}")) for number in range(3)]
        await asyncio.sleep(0)
        await asyncio.wait_for(_turn(queue, "short", said), timeout=30)
        await asyncio.wait_for(long("alarm", urgent=True), timeout=30)
        done.set()
        await asyncio.gather(*waiting)
        return said

    assert asyncio.run(talk()) == ["short", "alarm", "long 0", "long 1", "long 2"]
