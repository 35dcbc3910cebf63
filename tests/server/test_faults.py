"""A part that is down or slow: the person is told in plain words, an emergency is still seen, nobody else waits."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from bot.settings import ROOT
from bot.train import train
from tests.contract import check_turn
from tests.server.conftest import START_SECONDS, Server, free_port

pytestmark = pytest.mark.xdist_group("alone")
QUESTION = "Are exosomes approved by the FDA?"
EMERGENCY = "My throat is closing up and I can't breathe"


class _Slow(BaseHTTPRequestHandler):
    """An action server that takes its time."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(3)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        with contextlib.suppress(OSError):  # nobody waits for it any more
            self.wfile.write(b'{"events": [], "responses": [{"text": "late", "custom": {"kind": "answer"}}]}')

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def _slow_actions(port: int) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", port), _Slow) as actions:
        threading.Thread(target=actions.serve_forever, daemon=True).start()
        yield
        actions.shutdown()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """A server whose actions are to run elsewhere, and the port where they would; nothing listens there yet."""
    train()
    port = free_port()
    env = {"ACTION_URL": f"http://127.0.0.1:{port}/webhook"}
    server = Server(folder=tmp_path_factory.mktemp("elsewhere"), env=env).start()
    yield server, port
    server.stop()


def test_without_the_action_server_an_emergency_is_still_answered(elsewhere: tuple[Server, int]) -> None:
    server, _ = elsewhere
    assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "error"
    assert check_turn(server.ask(EMERGENCY, sender="one"))["kind"] == "emergency"


def test_without_the_action_server_the_turns_after_an_emergency_stay_with_it(elsewhere: tuple[Server, int]) -> None:
    server, _ = elsewhere
    for sender, first, number in (("help", EMERGENCY, "911"), ("despair", "I want to kill myself", "988")):
        server.ask(first, sender=sender)
        messages = server.ask("no", sender=sender)
        assert (check_turn(messages)["kind"], number in messages[0]["text"]) == ("emergency", True)
        messages = server.ask(QUESTION, sender=sender)
        assert (check_turn(messages)["kind"], number in messages[0]["text"].splitlines()[0]) == ("error", True)


def test_a_slow_conversation_does_not_hold_up_another(elsewhere: tuple[Server, int]) -> None:
    server, port = elsewhere
    with _slow_actions(port):
        server.ask("thank you so much", sender="quick")
        asking = [
            threading.Thread(target=server.ask, args=("Are exosomes approved?",), kwargs={"sender": f"slow-{n % 2}"})
            for n in range(4)
        ]
        for thread in asking:
            thread.start()
        time.sleep(0.5)
        started = time.monotonic()
        assert check_turn(server.ask("thank you so much", sender="quick"))["kind"] == "conversation"
        waited = time.monotonic() - started
        assert all(thread.is_alive() for thread in asking)
        for thread in asking:
            thread.join(timeout=30)
    assert waited < 3


def test_an_action_that_takes_too_long_is_given_up_and_said(tmp_path: Path) -> None:
    server = Server(folder=tmp_path, env={"ACTION_TIMEOUT": "0.001"}).start()
    try:
        assert check_turn(server.ask(QUESTION, sender="one"))["kind"] == "error"
    finally:
        server.stop()


@contextmanager
def _actions(port: int) -> Iterator[None]:
    """An action server in a process of its own."""
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert process.poll() is None
            assert time.monotonic() < deadline
            try:
                if requests.get(f"http://127.0.0.1:{port}/health", timeout=5).ok:
                    break
            except requests.RequestException:
                time.sleep(0.3)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_an_action_server_that_is_taken_away_is_said_and_used_again_when_it_is_back(elsewhere: tuple[Server, int]) -> None:
    server, port = elsewhere
    with _actions(port):
        assert check_turn(server.ask(QUESTION, sender="away"))["kind"] == "answer"
    down = server.ask(QUESTION, sender="away")
    assert (check_turn(down)["kind"], "911" in down[0]["text"]) == ("error", True)
    assert check_turn(server.ask(EMERGENCY, sender="away too"))["kind"] == "emergency"
    with _actions(port):
        assert check_turn(server.ask(QUESTION, sender="away"))["kind"] == "answer"


@pytest.fixture(scope="module")
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with its two databases in its folder."""
    server = Server(folder=tmp_path_factory.mktemp("files")).start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", ["facts.db", "conversations.db"])
def test_a_locked_database_costs_no_reply_and_is_used_again_when_it_is_free(own_files: Server, name: str) -> None:
    server, one = own_files, f"one-{name}"
    assert check_turn(server.ask(QUESTION, sender=one))["kind"] == "answer"
    with closing(sqlite3.connect(server.folder / name, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert check_turn(server.ask(QUESTION, sender=f"two-{name}"))["kind"] in {"answer", "error"}
        assert check_turn(server.ask(EMERGENCY, sender=f"three-{name}"))["kind"] == "emergency"
        other.execute("ROLLBACK")
    assert check_turn(server.ask(QUESTION, sender=one))["kind"] == "answer"
