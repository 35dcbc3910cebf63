"""One conversation that hops between two server processes: nothing is lost, nothing is doubled, turns do not mix."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.conversations.store import open_conversations
from tests.contract import check_turn
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("faults")
QUESTIONS = ("what are exosomes?", "are they approved?", "what does it cost?", "is it safe?", "how long does it last?", "thank you")


@pytest.fixture(params=["sqlite", "postgresql"])
def pair(request: pytest.FixtureRequest, redis_url: str, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two servers with one database and one Redis."""
    url = f"sqlite:///{tmp_path / 'facts.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres")
    env = {"REDIS_URL": redis_url, "DATABASE_URL": url, "TRACKER_URL": url.replace("facts.db", "conversations.db")}
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    servers: list[Server] = []
    try:
        for folder in folders:
            servers.append(Server(folder=folder, env=env).start())
        yield servers[0], servers[1]
    finally:
        for server in servers:
            server.process.terminate()
        for server in servers:
            server.process.wait(timeout=120)


def test_a_conversation_hops_between_servers(pair: tuple[Server, Server]) -> None:
    sender = f"hop-{uuid.uuid4().hex}"
    rounds = [(pair[number % 2], question) for number, question in enumerate(QUESTIONS)]
    with ThreadPoolExecutor(len(rounds)) as pool:
        replies = list(pool.map(lambda call: call[0].ask(call[1], sender=sender), rounds))
    assert all(check_turn(reply)["kind"] != "error" for reply in replies)
    first, second = pair[0].ask("what are exosomes?", sender=sender), pair[1].ask("tell me more", sender=sender)
    assert check_turn(first)["kind"] == check_turn(second)["kind"] == "answer"
    kept = open_conversations(pair[0].env["TRACKER_URL"])
    found = kept.whole(f"rest-{sender}")
    kept.engine.dispose()
    assert found is not None
    said = [event for event in found.events if event["event"] in ("user", "bot")]
    assert [event["event"] for event in said] == ["user", "bot"] * (len(QUESTIONS) + 2)
    asked = [event["text"] for event in said if event["event"] == "user"]
    assert sorted(asked[:-2]) == sorted(QUESTIONS)
    texts = {event["text"] for event in said if event["event"] == "bot"}
    assert {reply[0]["text"] for reply in (*replies, first, second)} <= texts
