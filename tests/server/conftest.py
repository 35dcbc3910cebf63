"""One real server for all tests of this folder: `python -m bot.serve` on a free port with a store of its own."""

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

START_SECONDS = 120


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
        self.env = {**os.environ, "PORT": str(self.port), "DATABASE_URL": database, **(env or {})}
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Starts the process and waits until it answers."""
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot.serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if requests.get(f"{self.url}/webhooks/rest/", timeout=1).ok:
                    return self
            except requests.ConnectionError:
                time.sleep(0.3)
        raise AssertionError(f"no answer after {START_SECONDS} s: {self.log.read_text()}")

    def stop(self) -> None:
        """Ends the process as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(self, text: str, *, sender: str) -> list[dict]:
        """One turn over REST."""
        reply = requests.post(f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=30)
        assert reply.status_code == 200
        return list(reply.json())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that the tests of this folder share; each test uses a sender of its own."""
    train()
    running = Server(folder=tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()
