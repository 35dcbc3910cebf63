"""A real server: `python -m bot.serve` on a free port with a store of its own; `tests/servers.py` holds the shared ones."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.settings import ROOT
from bot.train import train

START_SECONDS = int(os.environ.get("START_SECONDS", "300"))  # only a deadline: a busy machine needs minutes
REPLY_SECONDS = 60


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server; `ask` sends one message and returns the messages of the turn."""

    def __init__(self, *, folder: Path, env: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self.folder = folder
        self.log = folder / "server.log"
        database = os.environ.get("SERVER_DATABASE_URL") or f"sqlite:///{folder / 'facts.db'}"
        # A slow machine is no reason to give an answer up, where that is not what is tested.
        patient = {"ACTION_TIMEOUT": str(REPLY_SECONDS - 10)}
        self.env = {**os.environ, **patient, "PORT": str(self.port), "DATABASE_URL": database, **(env or {})}
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Starts the process and waits until it answers; one that does not is ended."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot.serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if requests.get(f"{self.url}/webhooks/widget/", timeout=5).ok:
                    return self
            except requests.RequestException:  # nothing listens yet, or it is too busy to say so
                time.sleep(0.3)
        self.process.kill()
        raise AssertionError(f"no answer after {START_SECONDS} s: {self.log.read_text()}")

    def stop(self) -> None:
        """Ends the process as Ctrl-C does."""
        self.process.terminate()
        try:
            self.process.wait(timeout=REPLY_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def ask(self, text: str, *, sender: str) -> list[dict]:
        """One turn over REST."""
        reply = requests.post(f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=REPLY_SECONDS)
        assert reply.status_code == 200
        return list(reply.json())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a secret, two websites, one proxy and narrow limits, which logs everything it may."""
    from tests.server.tab import ENV

    train()
    running = Server(folder=tmp_path_factory.mktemp("widget"), env=ENV).start()
    yield running
    running.stop()
