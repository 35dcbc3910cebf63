"""Three servers behind nginx, with a PostgreSQL and a Redis that may be killed; and a single one with SQLite on a small disk.

The third server has its actions in a server of their own. These tests take minutes and want the machine to themselves, so they run
with `make faults`, as `.ci/run` does; `make test` says that it leaves them out.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.train import train
from tests.faults.load import PATIENCE
from tests.faults.parts import ActionServer, Nginx, Postgres, RedisServer
from tests.server.conftest import Server
from tests.servers import UNLIMITED

LEFT_OUT = "Faults under load take minutes and are not tested here: 'make faults' tests them, and .ci/run does"
NEEDED = {"nginx": "nginx-light", "redis-server": "redis-server", "initdb": "postgresql", "faketime": "faketime"}
SECRET = "only-for-the-tests-of-faults-0123456789"
AS_SHIPPED = {"ACTION_TIMEOUT": str(4.0 * PATIENCE), "WIDGET_SECRET": SECRET, **UNLIMITED}
DISK = "96m"  # the facts with their vectors take about 40


def _there(tool: str) -> bool:
    return bool(shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin")) or any(
        Path("/usr/lib/postgresql").glob(f"*/bin/{tool}")
    )


@pytest.fixture(scope="session", autouse=True)
def wanted() -> None:
    """Whether these tests are to run; then everything that they need must be there."""
    if not os.environ.get("FAULTS"):
        pytest.skip(LEFT_OUT)
    missing = [package for tool, package in NEEDED.items() if not _there(tool)]
    if missing:
        pytest.fail(f"To test faults, install {', '.join(missing)}.")


@dataclass(frozen=True)
class Fleet:
    """All the parts, running."""

    postgres: Postgres
    redis: RedisServer
    nginx: Nginx
    actions: ActionServer
    servers: list[Server]

    @property
    def url(self) -> str:
        """Where people write to."""
        return self.nginx.url

    def kill(self, number: int) -> None:
        """kill -9 of one server."""
        process = self.servers[number].process
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)


@pytest.fixture(scope="session")
def fleet(wanted: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Everything, as `deploy/compose.yml` puts it together."""
    train()
    folder = tmp_path_factory.mktemp("fleet")
    with ExitStack() as ends:
        postgres, redis = Postgres(), RedisServer(folder)
        ends.callback(postgres.remove)
        ends.callback(redis.kill)
        postgres.start()
        redis.start()
        env = {**AS_SHIPPED, "DATABASE_URL": postgres.url, "TRACKER_URL": "", "REDIS_URL": redis.url, "PROXIES_COUNT": "1"}
        actions = ActionServer(folder, env=env)
        servers = []
        for number in range(3):
            (place := folder / f"server-{number}").mkdir()
            servers.append(Server(folder=place, env={**env, "ACTION_URL": actions.url if number == 2 else ""}))
        nginx = Nginx(folder, [server.port for server in servers])
        for server in servers:
            ends.callback(_end, server)
        ends.callback(nginx.stop)
        ends.callback(actions.kill)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda part: part.start(), (*servers, actions)))
        nginx.start()
        yield Fleet(postgres, redis, nginx, actions, servers)


@pytest.fixture(scope="session")
def single(wanted: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with SQLite; its folder, with its log, is a disk of DISK; its clock is what the file `clock` says."""
    train()
    disk, clock = tmp_path_factory.mktemp("disk"), tmp_path_factory.mktemp("time") / "clock"
    clock.write_text("+0s\n")
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))))
    faked = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_CACHE_DURATION": "1"}
    # As when somebody sets the clock: what only counts seconds is not touched by that.
    faked |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "CLOCK": str(clock)}
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)], check=True)
    try:
        server = Server(folder=disk, env={**AS_SHIPPED, **faked, "TRACKER_URL": "", "REDIS_URL": "", "ACTION_URL": ""})
        server.start()
        yield server
        _end(server)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _end(server: Server) -> None:
    if hasattr(server, "process") and server.process.poll() is None:
        server.process.kill()
        server.process.wait(timeout=60)
