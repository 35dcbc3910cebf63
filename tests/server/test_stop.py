"""A server that is told to stop while many people write to it ends within its time, and leaves nobody without a reply till then."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path

import pytest
import requests

from bot.channels.ops.stopping import LONGEST
from bot.train import train
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("faults")
CLIENTS = 24
SLACK = 10.0  # seconds: the machine is busy with the clients, too
LONG = "are exosome injections approved, and what do they cost, and do they hurt? my friend had them last year. " * 30


def test_it_ends_within_its_time_under_load(tmp_path: Path) -> None:
    train()
    unlimited = {"RATE_PER_CONVERSATION": "none", "RATE_PER_ADDRESS": "none"}
    server, over, asked = Server(folder=tmp_path, env=unlimited).start(), threading.Event(), []  # type: ignore[var-annotated]

    def write(name: int) -> None:
        number = 0
        with requests.Session() as session, contextlib.suppress(requests.RequestException):
            while not over.is_set():
                number += 1
                body = {"sender": f"stop-{name}", "message": f"{name} {number} {LONG}"}
                asked.append(session.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=60).status_code)

    clients = [threading.Thread(target=write, args=(name,), daemon=True) for name in range(CLIENTS)]
    for client in clients:
        client.start()
    time.sleep(5)
    began = time.monotonic()
    server.process.terminate()
    try:
        code = server.process.wait(timeout=120)
    finally:
        server.process.kill()
        over.set()
    assert (code, set(asked) <= {200}) == (0, True)
    assert time.monotonic() - began < LONGEST + SLACK
