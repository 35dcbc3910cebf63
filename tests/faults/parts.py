"""What the servers lean on, each a process of these tests alone: PostgreSQL, Redis, nginx, an action server. All may be killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg2
import requests
from redis import Redis
from redis.exceptions import RedisError

from bot.settings import ROOT
from tests.server.conftest import START_SECONDS, free_port

SOON = 60.0  # seconds; only a deadline
ANOTHER_USER = "postgres"  # PostgreSQL refuses to run as root


def until(true: Callable[[], object], what: str, *, within: float = SOON) -> None:
    """Waits until `true` is."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.05)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


class Part:
    """A process that can be started, killed without warning, and started again."""

    def __init__(self, name: str, *, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def command(self) -> Sequence[str]:
        """What is run."""
        raise NotImplementedError

    def up(self) -> bool:
        """Whether it answers."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """What it finds in its environment."""
        return dict(os.environ)

    def user(self) -> str | None:
        """As whom it runs, where not as this process."""
        return None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, env=self.environment(), stdout=log, stderr=log, user=self.user()
            )
        until(self.up, f"{self.name} answers", within=START_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=SOON)


class Postgres(Part):
    """A cluster of its own, owned by another user where this one is root."""

    def __init__(self) -> None:
        super().__init__("postgresql", folder=Path(tempfile.mkdtemp(prefix="exo-postgres-")))
        found = shutil.which("postgres") or shutil.which("initdb")
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self._tools = Path(found).resolve().parent if found else versions[-1]
        self._data = self.folder / "data"
        self.folder.chmod(0o755)
        if owner := self.user():
            shutil.chown(self.folder, owner)
        made: list[str | Path] = [
            self._tools / "initdb",
            "-D",
            self._data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
        ]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, user=self.user(), cwd=self.folder)
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def user(self) -> str | None:
        return ANOTHER_USER if os.geteuid() == 0 else None

    def command(self) -> Sequence[str]:
        place = ["-D", str(self._data), "-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1"]
        return [str(self._tools / "postgres"), *place]

    def up(self) -> bool:
        if self.process and self.process.poll() is not None:  # what was killed may still hold its memory for a moment
            self.start()
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def hang(self) -> Callable[[], None]:
        """Stops every process of it in its tracks; returns what lets them go on."""
        assert self.process
        stopped = family(self.process.pid)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)

        def go_on() -> None:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

        return go_on

    def remove(self) -> None:
        """Ends it and deletes what it kept."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class RedisServer(Part):
    """A Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        super().__init__("redis", folder=folder)
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str]:
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]

    def up(self) -> bool:
        try:
            return bool(Redis.from_url(self.url).ping())
        except RedisError:
            return False

    def locks(self) -> list[str]:
        """The turns that are held."""
        return [key.decode() for key in Redis.from_url(self.url).scan_iter("exoguide:turn:*")]


class Nginx(Part):
    """The shipped configuration, with the addresses of the servers of these tests."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        super().__init__("nginx", folder=folder)
        shipped = (ROOT / "deploy" / "nginx" / "guide.conf").read_text()
        (first, *_) = lines = re.findall(r"^ *server server-\d+:5005.*;\n", shipped, flags=re.M)
        ours = "".join(re.sub(r"server-\d+:5005", f"127.0.0.1:{port}", first) for port in ports)
        shipped = shipped.replace("".join(lines), ours).replace("listen 8080;", f"listen 127.0.0.1:{self.port};")
        assert shipped.count("127.0.0.1:") == len(ports) + 1
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        around = f"daemon off;\n{'user root;' if os.geteuid() == 0 else ''}\npid {folder}/nginx.pid;\nevents {{}}\n"
        (folder / "nginx.conf").write_text(f"{around}http {{\naccess_log off;\n{temporary}{shipped}}}\n")
        self.url = f"http://127.0.0.1:{self.port}"

    def command(self) -> Sequence[str]:
        return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]

    def up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """Ends it with its workers."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=SOON)


class ActionServer(Part):
    """`rasa run actions`, without Rasa's command around it."""

    def __init__(self, folder: Path, *, env: dict[str, str]) -> None:
        super().__init__("actions", folder=folder)
        self._env = env
        self.url = f"http://127.0.0.1:{self.port}/webhook"

    def command(self) -> Sequence[str]:
        return [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.port)]

    def environment(self) -> dict[str, str]:
        return {**os.environ, **self._env}

    def up(self) -> bool:
        assert self.process
        assert self.process.poll() is None
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/health", timeout=5).ok
        except requests.RequestException:
            return False
