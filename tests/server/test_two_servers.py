"""One conversation that hops between server processes: nothing is lost, nothing is doubled, order is kept, turns do not mix."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.conversations.store import Whole, open_conversations
from tests.contract import check_turn
from tests.server.conftest import Server
from tests.server.tab import SECRET, Tab

QUESTIONS = ("what are exosomes?", "are they approved?", "what does it cost?", "is it safe?", "how long does it last?", "thank you")
# Each but the first needs what the ones before left behind.
TALK = (
    "Are exosomes approved?",
    "and in Canada?",
    "who says that?",
    "tell me more",
    "ok and does it regrow hair",
    "help me decide",
    "hair",
)


@pytest.fixture
def pair(redis_url: str, tmp_path: Path) -> Iterator[list[Server]]:
    """Two servers with one SQLite file and one Redis."""
    env = {"REDIS_URL": redis_url, "DATABASE_URL": f"sqlite:///{tmp_path / 'facts.db'}"}
    env["TRACKER_URL"] = env["DATABASE_URL"].replace("facts.db", "conversations.db")
    servers: list[Server] = []
    try:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            servers.append(Server(folder=tmp_path / name, env=env).start())
        yield servers
    finally:
        for server in servers:
            server.process.terminate()
        for server in servers:
            server.process.wait(timeout=120)


def _kept(server: Server, conversation: str) -> Whole:
    kept = open_conversations(server.env["TRACKER_URL"])
    found = kept.whole(conversation)
    kept.engine.dispose()
    assert found is not None
    return found


def _said(whole: Whole) -> list[tuple[str, str]]:
    return [(event["event"], event["text"]) for event in whole.events if event["event"] in ("user", "bot")]


def _all_at_once(servers: Sequence[Server]) -> None:
    sender = f"hop-{uuid.uuid4().hex}"
    rounds = [(servers[number % len(servers)], question) for number, question in enumerate(QUESTIONS)]
    with ThreadPoolExecutor(len(rounds)) as pool:
        replies = list(pool.map(lambda call: call[0].ask(call[1], sender=sender), rounds))
    assert all(check_turn(reply)["kind"] != "error" for reply in replies)
    after = [servers[0].ask("what are exosomes?", sender=sender), servers[-1].ask("tell me more", sender=sender)]
    assert [check_turn(reply)["kind"] for reply in after] == ["answer", "answer"]
    said = _said(_kept(servers[0], f"rest-{sender}"))
    assert [kind for kind, _ in said] == ["user", "bot"] * (len(QUESTIONS) + 2)
    asked = [text for kind, text in said if kind == "user"]
    assert sorted(asked[:-2]) == sorted(QUESTIONS)
    assert {reply[0]["text"] for reply in (*replies, *after)} <= {text for kind, text in said if kind == "bot"}


@pytest.mark.xdist_group("faults")
def test_messages_sent_to_two_servers_at_once_are_each_taken_once(pair: list[Server]) -> None:
    _all_at_once(pair)


def test_messages_sent_to_three_servers_at_once_are_each_taken_once(trio: list[Server]) -> None:
    _all_at_once(trio)


def test_a_conversation_that_hops_between_three_servers_goes_as_with_one(trio: list[Server]) -> None:
    hops, stays = (f"{name}-{uuid.uuid4().hex}" for name in ("hops", "stays"))
    hopping = [trio[number % 3].ask(text, sender=hops)[0]["text"] for number, text in enumerate(TALK)]
    staying = [trio[0].ask(text, sender=stays)[0]["text"] for text in TALK]
    assert hopping == staying
    said = [pair for text, reply in zip(TALK, hopping) for pair in (("user", text), ("bot", reply))]
    assert _said(_kept(trio[0], f"rest-{hops}")) == said


def test_a_message_that_the_widget_sends_again_to_another_server_is_taken_once(trio: list[Server]) -> None:
    tab = Tab(trio[0])
    others = [Tab(server, token=tab.token) for server in trio[1:]]
    body = {"id": "again", "text": "are exosomes approved?"}
    first = tab.post(body)
    again = [other.post(body) for other in others]
    assert [(reply.status_code, reply.json()) for reply in again] == [(200, first.json())] * 2
    assert len(first.json()["messages"][0]["custom"]["sources"]) > 0
    other = others[0].post({"id": "again", "text": "what does it cost?"})
    assert (other.status_code, other.json() != first.json()) == (200, True)
    texts = [text for kind, text in _said(_kept(trio[0], tab.conversation)) if kind == "user"]
    assert texts == ["are exosomes approved?", "what does it cost?"]
    assert trio[0].env["WIDGET_SECRET"] == SECRET
