"""Redis is killed while a turn runs: the turn ends well, people go on being answered, and when it is back it is used again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.channels.turns import shared_redis
from bot.channels.turns.queue import Queue
from bot.channels.turns.shared_locks import PREFIX, SharedLocks

SOON = 30.0
NO_BINARY = "redis-server is not here, so a killed Redis is not tested"


class _Server:
    """A Redis of our own on a free port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url = folder, f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + SOON
        while True:
            try:
                Redis.from_url(self.url).ping()
                return
            except RedisError:
                assert time.monotonic() < deadline, "redis-server does not answer"
                time.sleep(0.05)

    def kill(self) -> None:
        """kill -9."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=SOON)


def test_a_killed_redis_costs_no_turn_and_is_used_again_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("redis-server"):
        if os.environ.get("REQUIRE_REDIS"):
            pytest.fail(NO_BINARY)
        pytest.skip(NO_BINARY)
    monkeypatch.setattr(shared_redis, "PAUSE", 0.0)
    server = _Server(tmp_path)
    server.start()

    async def talk() -> list[str]:
        said: list[str] = []
        locks = SharedLocks(server.url, wait=SOON)
        queue = Queue(shared=locks)

        async def turn(name: str) -> bool:
            async with queue.turn("me", urgent=bool):
                said.append(name)
                return bool(Redis.from_url(server.url).exists(PREFIX + "me")) if server.process.poll() is None else False

        assert await turn("before")
        async with queue.turn("me", urgent=bool):
            server.kill()
        assert not await turn("while it is down")
        await asyncio.to_thread(server.start)
        assert await turn("after")
        await locks.close()
        return said

    try:
        assert asyncio.run(asyncio.wait_for(talk(), timeout=4 * SOON)) == ["before", "while it is down", "after"]
    finally:
        server.kill()
