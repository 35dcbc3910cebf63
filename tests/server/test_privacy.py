"""A running server at the level DEBUG, with narrow limits: nothing typed is logged, limits are polite, restarts lose nothing."""

from __future__ import annotations

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from bot.conversations.store import open_conversations
from bot.settings import Settings
from bot.train import train
from tests.contract import check_turn
from tests.server.conftest import Server, free_port

pytestmark = pytest.mark.xdist_group("privacy")
EMERGENCY = "My throat is closing up and I can't breathe"
LIMIT = 4
NARROW = {"RATE_PER_CONVERSATION": f"{LIMIT}/hour", "RATE_PER_ADDRESS": f"{3 * LIMIT}/hour", "PROXIES_COUNT": "1"}


@pytest.fixture(scope="module")
def debug(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that logs everything it may and takes few messages."""
    train()
    levels = {"LOG_LEVEL": "DEBUG", "LOG_LEVEL_LIBRARIES": "DEBUG"}
    running = Server(folder=tmp_path_factory.mktemp("privacy"), env={**NARROW, **levels}).start()
    yield running
    running.stop()


def _ask(server: Server, text: str, *, sender: str, address: str) -> list[dict]:
    body = {"sender": sender, "message": text}
    url, headers = f"{server.url}/webhooks/rest/webhook", {"X-Forwarded-For": address}
    reply = requests.post(url, json=body, headers=headers, timeout=60)
    assert reply.status_code == 200
    return list(reply.json())


def test_what_is_typed_is_not_logged_and_personal_data_is_nowhere(debug: Server) -> None:
    personal = ("Quillfeather", "peter.q@example.com", "555-867-5309")
    text = f"zanzibar: my name is Peter {personal[0]}, mail {personal[1]} or call {personal[2]}. does exosome cream help hair"
    for said in (text, f"/zanzibar{{{text}}}", "zanzibar " * 3000):
        check_turn(_ask(debug, said, sender="Peter Quillfeather", address="198.51.100.1"))
    log = debug.log.read_text()
    assert "(text withheld)" in log  # the level is as low as it was set
    assert [word for word in ("zanzibar", *personal) if word in log] == []
    files = [path.read_bytes() for path in debug.folder.iterdir()]
    assert any(b"zanzibar" in content for content in files)  # the conversation is kept …
    assert [word for word in personal if any(word.encode() in content for content in files)] == []  # … without them


def test_a_conversation_over_its_limit_is_asked_to_wait_and_an_emergency_is_not(debug: Server) -> None:
    kinds = [check_turn(_ask(debug, "hello", sender="fast", address="198.51.100.2")) for _ in range(LIMIT)]
    said = _ask(debug, "hello", sender="fast", address="198.51.100.2")
    assert {custom["kind"] for custom in kinds} | {check_turn(said)["kind"]} == {"conversation"}
    assert "wait a minute" in said[0]["text"]
    assert "911" in said[0]["text"]
    assert check_turn(_ask(debug, EMERGENCY, sender="fast", address="198.51.100.2"))["kind"] == "emergency"
    assert "wait" not in _ask(debug, "hello", sender="another", address="198.51.100.2")[0]["text"]


def test_an_address_over_its_limit_is_asked_to_wait_whatever_name_it_uses(debug: Server) -> None:
    texts = [_ask(debug, "hello", sender=uuid.uuid4().hex, address="198.51.100.3")[0]["text"] for _ in range(3 * LIMIT + 1)]
    assert [("wait a minute" in text) for text in texts] == [False] * 3 * LIMIT + [True]
    assert check_turn(_ask(debug, EMERGENCY, sender="new", address="198.51.100.3"))["kind"] == "emergency"
    assert "wait" not in _ask(debug, "hello", sender="elsewhere", address="198.51.100.4")[0]["text"]


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    server = Server(folder=tmp_path).start()
    check_turn(server.ask("Do exosomes help against wrinkles?", sender="stays"))
    offered = [button["payload"] for button in server.ask("are exosomes approved?", sender="stays")[0]["buttons"]]
    server.stop()
    server.start()
    try:
        follow_up = check_turn(server.ask("and in Canada?", sender="stays"))
        pressed = check_turn(server.ask(offered[0], sender="stays"))
    finally:
        server.stop()
    assert follow_up["scope"]["jurisdiction"] == "CA"
    assert pressed["kind"] == "answer"
    kept = open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url).whole("rest-stays")
    assert kept is not None
    assert len([event for event in kept.events if event["event"] == "user"]) == 4


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


def test_a_slow_conversation_does_not_hold_up_another(tmp_path: Path) -> None:
    slow = ThreadingHTTPServer(("127.0.0.1", free_port()), _Slow)
    threading.Thread(target=slow.serve_forever, daemon=True).start()
    server = Server(folder=tmp_path, env={"ACTION_URL": f"http://127.0.0.1:{slow.server_port}/webhook"}).start()
    try:
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
    finally:
        server.stop()
        slow.shutdown()
    assert waited < 3
