"""A running server at the level DEBUG, with narrow limits: nothing typed is logged, and limits are polite."""

from __future__ import annotations

import uuid

import requests

from tests.contract import check_turn
from tests.server.conftest import Server
from tests.server.tab import EMERGENCY, LIMIT


def _ask(server: Server, text: str, *, sender: str, address: str) -> list[dict]:
    body = {"sender": sender, "message": text}
    url, headers = f"{server.url}/webhooks/rest/webhook", {"X-Forwarded-For": address}
    reply = requests.post(url, json=body, headers=headers, timeout=60)
    assert reply.status_code == 200
    return list(reply.json())


def test_what_is_typed_is_not_logged_and_personal_data_is_nowhere(site: Server) -> None:
    personal = ("Quillfeather", "peter.q@example.com", "555-867-5309")
    text = f"zanzibar: my name is Peter {personal[0]}, mail {personal[1]} or call {personal[2]}. does exosome cream help hair"
    for said in (text, f"/zanzibar{{{text}}}", "zanzibar " * 3000):
        check_turn(_ask(site, said, sender="Peter Quillfeather", address="198.51.100.1"))
    log = site.log.read_text()
    assert "(text withheld)" in log  # the level is as low as it was set
    assert [word for word in ("zanzibar", *personal) if word in log] == []
    files = [path.read_bytes() for path in site.folder.iterdir()]
    assert any(b"zanzibar" in content for content in files)  # the conversation is kept …
    assert [word for word in personal if any(word.encode() in content for content in files)] == []  # … without them


def test_a_conversation_over_its_limit_is_asked_to_wait_and_an_emergency_is_not(site: Server) -> None:
    kinds = [check_turn(_ask(site, "hello", sender="fast", address="198.51.100.2")) for _ in range(LIMIT)]
    said = _ask(site, "hello", sender="fast", address="198.51.100.2")
    assert {custom["kind"] for custom in kinds} | {check_turn(said)["kind"]} == {"conversation"}
    assert "wait a minute" in said[0]["text"]
    assert "911" in said[0]["text"]
    assert check_turn(_ask(site, EMERGENCY, sender="fast", address="198.51.100.2"))["kind"] == "emergency"
    assert "wait" not in _ask(site, "hello", sender="another", address="198.51.100.2")[0]["text"]


def test_an_address_over_its_limit_is_asked_to_wait_whatever_name_it_uses(site: Server) -> None:
    texts = [_ask(site, "hello", sender=uuid.uuid4().hex, address="198.51.100.3")[0]["text"] for _ in range(2 * LIMIT + 1)]
    assert [("wait a minute" in text) for text in texts] == [False] * 2 * LIMIT + [True]
    assert check_turn(_ask(site, EMERGENCY, sender="new", address="198.51.100.3"))["kind"] == "emergency"
    assert "wait" not in _ask(site, "hello", sender="elsewhere", address="198.51.100.4")[0]["text"]
