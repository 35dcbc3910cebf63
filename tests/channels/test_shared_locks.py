"""Several processes, one conversation: one message at a time; what a killed process held is free again; Redis may be lost."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import ConnectionError, TimeoutError

from bot.channels.turns import shared_locks
from bot.channels.turns.queue import Queue
from bot.channels.turns.shared_locks import LINE, PREFIX, WAITS, SharedLocks
from bot.settings import ROOT

SOON = 30.0  # seconds; on a busy machine nothing is quick
HOLDER = """
import asyncio, sys
from bot.channels.turns.shared_locks import SharedLocks
async def hold():
    async with SharedLocks(sys.argv[1], wait=30).hold(sys.argv[2]):
        print("held", flush=True)
        await asyncio.Event().wait()
asyncio.run(hold())
"""


@pytest.fixture
def name() -> str:
    """A conversation that no other test uses."""
    return f"test-{uuid.uuid4().hex}"


@asynccontextmanager
async def _processes(url: str, count: int = 2, *, wait: float = SOON) -> AsyncIterator[list[Queue]]:
    """Queues as so many processes have them, each with locks of its own."""
    locks = [SharedLocks(url, wait=wait) for _ in range(count)]
    try:
        yield [Queue(shared=each) for each in locks]
    finally:
        for each in locks:
            await each.close()


def test_messages_of_one_conversation_do_not_overlap_whichever_process_takes_them(redis_url: str, name: str) -> None:
    async def talk() -> tuple[int, int]:
        inside, most, done = 0, 0, 0

        async def turn(queue: Queue) -> None:
            nonlocal inside, most, done
            async with queue.turn(name, urgent=bool):
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.01)
                inside -= 1
                done += 1

        async with _processes(redis_url, 3) as queues:
            await asyncio.wait_for(asyncio.gather(*(turn(queue) for queue in queues * 4)), timeout=2 * SOON)
        return most, done

    assert asyncio.run(talk()) == (1, 12)
    assert Redis.from_url(redis_url).exists(PREFIX + name) == 0


def test_messages_that_hop_between_processes_and_overlap_are_taken_in_the_order_in_which_they_came(
    redis_url: str, name: str
) -> None:
    async def talk() -> list[int]:
        said: list[int] = []

        async def turn(queue: Queue, number: int) -> None:
            async with queue.turn(name, urgent=bool):
                await asyncio.sleep(0.2)
                said.append(number)

        async with _processes(redis_url, 3) as queues:
            turns = []
            for number, place in enumerate((0, 0, 1, 2, 1, 0, 2, 2, 1)):  # also two after each other to the same one
                turns.append(asyncio.create_task(turn(queues[place], number)))
                await asyncio.sleep(0.05)
            await asyncio.wait_for(asyncio.gather(*turns), timeout=2 * SOON)
        return said

    assert asyncio.run(talk()) == list(range(9))
    left = [key for prefix in (LINE, WAITS, PREFIX) for key in Redis.from_url(redis_url).scan_iter(f"{prefix}{name}*")]
    assert left == []


def test_who_was_killed_while_it_waited_is_passed_over(redis_url: str, name: str) -> None:
    redis = Redis.from_url(redis_url)
    redis.rpush(LINE + name, "killed", "killed too")

    async def talk() -> None:
        async with _processes(redis_url, 1) as (queue,), queue.turn(name, urgent=bool):
            pass

    asyncio.run(asyncio.wait_for(talk(), timeout=SOON))
    assert redis.exists(LINE + name) == 0


def test_another_conversation_does_not_wait(redis_url: str, name: str) -> None:
    async def talk() -> None:
        async with _processes(redis_url) as (one, other), one.turn(name, urgent=bool), other.turn(f"{name}-other", urgent=bool):
            pass

    asyncio.run(asyncio.wait_for(talk(), timeout=SOON))


def test_the_lock_of_a_killed_process_does_not_stay_behind(redis_url: str, name: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", HOLDER, redis_url, name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        life = Redis.from_url(redis_url).pttl(PREFIX + name)
        holder.send_signal(signal.SIGKILL)
    assert 0 < life <= 1000 * shared_locks.LIFE

    async def talk() -> None:
        async with _processes(redis_url, 1) as (queue,), queue.turn(name, urgent=bool):
            pass

    asyncio.run(asyncio.wait_for(talk(), timeout=SOON))


def test_a_long_turn_keeps_its_lock_and_who_waits_too_long_is_told(
    redis_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_locks, "LIFE", 2.0)

    async def talk() -> None:
        async with _processes(redis_url, 1) as (one,), _processes(redis_url, 1, wait=5.0) as (other,):
            async with one.turn(name, urgent=bool):
                with pytest.raises(asyncio.TimeoutError):
                    async with other.turn(name, urgent=bool):
                        pass
            async with other.turn(name, urgent=bool):
                pass

    asyncio.run(asyncio.wait_for(talk(), timeout=2 * SOON))


@pytest.mark.parametrize("error", [TimeoutError("slow"), ConnectionError("lost"), asyncio.TimeoutError()])
def test_a_redis_that_stalls_once_does_not_let_another_process_in(
    error: Exception, redis_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_locks, "LIFE", 2.0)
    extend, tries = Lock.extend, []

    async def stall_once(self: Lock, *given: Any, **named: Any) -> bool:
        tries.append(self)
        if len(tries) == 1:
            raise error
        return bool(await extend(self, *given, **named))

    monkeypatch.setattr(Lock, "extend", stall_once)

    async def talk() -> bool:
        async with _processes(redis_url, 1) as (one,), one.turn(name, urgent=bool):
            await asyncio.sleep(3.0)
            return bool(Redis.from_url(redis_url).exists(PREFIX + name))

    assert asyncio.run(asyncio.wait_for(talk(), timeout=SOON))


def test_a_lock_that_was_lost_is_not_renewed_and_the_turn_ends_well(
    redis_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_locks, "LIFE", 1.0)
    extend, tries = Lock.extend, []

    async def counted(self: Lock, *given: Any, **named: Any) -> bool:
        tries.append(self)
        return bool(await extend(self, *given, **named))

    monkeypatch.setattr(Lock, "extend", counted)

    async def talk() -> bytes | None:
        async with _processes(redis_url, 1) as (one,), one.turn(name, urgent=bool):
            Redis.from_url(redis_url).set(PREFIX + name, "another's", ex=60)
            await asyncio.sleep(1.0)
        return Redis.from_url(redis_url).get(PREFIX + name)

    assert (asyncio.run(asyncio.wait_for(talk(), timeout=SOON)), len(tries)) == (b"another's", 1)
    Redis.from_url(redis_url).delete(PREFIX + name)


def test_a_lock_is_given_back_though_the_cancel_of_its_renewal_got_lost(
    redis_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As redis-py loses one that comes while it looks whether a connection is idle: it then goes on with the call."""
    monkeypatch.setattr(shared_locks, "LIFE", 2.0)
    extend, lost = Lock.extend, asyncio.Event()

    async def extend_again(self: Lock, *given: Any, **named: Any) -> bool:
        try:
            if not lost.is_set():
                await asyncio.sleep(SOON)
        except asyncio.CancelledError:
            lost.set()
        return bool(await extend(self, *given, **named))

    monkeypatch.setattr(Lock, "extend", extend_again)

    async def talk() -> None:
        async with _processes(redis_url, 1) as (one,), one.turn(name, urgent=bool):
            await asyncio.sleep(1.0)
        assert lost.is_set()

    async def ends() -> bool:  # `wait_for` would cancel once more, and so end what hangs
        done, _ = await asyncio.wait({asyncio.create_task(talk())}, timeout=SOON)
        return bool(done)

    assert asyncio.run(ends())
    assert Redis.from_url(redis_url).exists(PREFIX + name) == 0


@pytest.mark.parametrize("answers", [False, True], ids=["refused", "silent"])
def test_a_lost_redis_holds_nobody_up_and_is_not_asked_each_time(
    answers: bool, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(url: str) -> list[int]:
        said: list[int] = []
        async with _processes(url, 1) as (queue,):

            async def turn(number: int) -> None:
                async with queue.turn(name, urgent=bool):
                    said.append(number)

            await asyncio.wait_for(asyncio.gather(*(turn(number) for number in range(5))), timeout=SOON)
        return said

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if answers:
            server.listen()  # takes the connection and says nothing
        assert asyncio.run(talk(f"redis://127.0.0.1:{server.getsockname()[1]}/0")) == [0, 1, 2, 3, 4]
    lost = [record.getMessage() for record in caplog.records if record.name == "bot.channels.turns.shared_locks"]
    assert lost
    assert all(line.startswith("Redis does not answer, so servers do not wait for each other: ") for line in lost)
