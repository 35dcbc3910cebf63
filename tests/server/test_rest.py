"""The REST channel: bad input, strangers, payloads, strange characters; always a reply in the contract's form."""

from __future__ import annotations

import json
import re

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations.store import ConversationStore, open_conversations
from bot.settings import Settings
from tests.contract import check_turn
from tests.server.conftest import Server

WHOLE_UNICODE = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.sampled_from(
    [
        *("\u202eabc\u202c", "\u200b", "\x00", "{{7*7}}", "{emergency}", "${jndi:ldap://x}", "'; DROP TABLE record; --"),
        *("<script>alert(1)</script>", "[x](javascript:alert(1))", '{"message": "x"}', "%s%s%n", "../../etc/passwd"),
        *("/restart", '/ask{"topic": "nope"}', "/more", "/ask{", "//ask", "\\/ask", "?", "...", "\ud83d"),
        *("a" * 5000, "🙂" * 500, "\ufdfa" * 50),
    ]
)


def _kept(server: Server) -> ConversationStore:
    return open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url)


def _heard(server: Server, conversation: str) -> dict:
    """The newest message of a conversation as it was understood and kept."""
    return _kept(server).newest(conversation, kind="user", limit=1)[0]


@pytest.mark.parametrize(
    "body",
    [b"", b"{nonsense", b"null", b"7", b"[]", b'"text"', b"{}", b'{"sender": "x"}', b'{"sender": "x", "message": null}',
     b'{"sender": "x", "message": 5}', b'{"sender": "x", "message": ["hello"]}', b'{"sender": "x", "message": "\\u0000"}',
     b'{"sender": "x", "message": "caf\xe9"}', b"[" * 100_000, "{}".encode("utf-16"), b"message=hello&sender=x",
     b"x" * 5_000_000, b'{"sender": "x", "message": "' + b"\\u0000" * 2_000_000 + b'"}'],
    ids=lambda body: repr(body[:40]),
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/plain", None])
def test_a_body_without_a_message_gets_a_polite_reply(server: Server, body: bytes, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", data=body, headers=headers, timeout=60)
    assert (reply.status_code, check_turn(reply.json())["kind"]) == (200, "clarify")


@pytest.mark.parametrize("sender", [None, "", 5, True, [], {"a": 1}, "x" * 100_000, "a\x00b", "\ud800", "ann@example.com", "../x"])
def test_any_sender_gets_a_reply_and_its_name_never_echoes_what_is_strange(server: Server, sender: object) -> None:
    body = json.dumps({"sender": sender, "message": "hello"}).encode()
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", data=body, timeout=30)
    assert (reply.status_code, check_turn(reply.json())["kind"]) == (200, "conversation")
    name = reply.json()[0]["recipient_id"]
    assert name == "5" if sender == 5 else re.fullmatch("~[0-9a-f]{40}", name)
    again = requests.post(f"{server.url}/webhooks/rest/webhook", json={"sender": name, "message": "hello"}, timeout=30)
    assert again.json()[0]["recipient_id"] == name


def test_the_channel_named_in_a_body_is_not_believed(server: Server) -> None:
    body = {"sender": "slack-U1", "message": "hello", "input_channel": "slack", "metadata": {"a": 1}}
    requests.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=30)
    event = _heard(server, "rest-slack-U1")
    assert (event["input_channel"], event["text"]) == ("rest", "hello")
    assert _kept(server).whole("slack-U1") is None


def test_people_without_a_sender_do_not_share_a_conversation(server: Server) -> None:
    url = f"{server.url}/webhooks/rest/webhook"
    first = requests.post(url, json={"message": "Do exosomes help against wrinkles?"}, timeout=30).json()
    second = requests.post(url, json={"message": "and for hair?"}, timeout=30).json()
    assert first[0]["recipient_id"] != second[0]["recipient_id"]


def test_two_conversations_do_not_mix(server: Server) -> None:
    server.ask("Are exosomes approved in Canada?", sender="mix-1")
    other = check_turn(server.ask("Are exosomes approved?", sender="mix-2"))
    assert "jurisdiction" not in other["scope"]


def test_a_button_of_another_conversation_is_plain_text(server: Server) -> None:
    offered = server.ask("Are exosomes approved?", sender="button-1")[0]["buttons"]
    payload = next(button["payload"] for button in offered if button["payload"].startswith("/ask"))
    mine = check_turn(server.ask(payload, sender="button-1"))
    assert mine["topics"] == [json.loads(payload.removeprefix("/ask"))["topic"]]
    check_turn(server.ask(payload, sender="button-2"))
    heard = [_heard(server, conversation) for conversation in ("rest-button-1", "rest-button-2")]
    assert [(event["text"], event["parse_data"]["intent"]["name"] == "ask") for event in heard] == [
        (payload, True),
        (payload.removeprefix("/"), False),
    ]


def test_blank_lines_do_not_split_a_question(server: Server) -> None:
    said = server.ask("Are exosomes\n\n\napproved?", sender="blank")
    assert check_turn(said)["topics"] == ["approval_status"]
    assert len(said) == 1


def test_two_megabytes_get_a_reply(server: Server) -> None:
    custom = check_turn(server.ask("exosome " * 250_000, sender="huge"))
    assert custom["kind"] != "error"


def test_an_emergency_at_the_end_of_a_huge_message_is_seen(server: Server) -> None:
    said = server.ask("I had a long day. " * 5000 + "My throat is closing up and I can't breathe!", sender="huge-emergency")
    assert check_turn(said)["kind"] == "emergency"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.one_of(WHOLE_UNICODE, NASTY, st.tuples(NASTY, WHOLE_UNICODE).map(" ".join)))
def test_whatever_is_typed_gets_a_valid_reply_and_never_an_error(server: Server, text: str) -> None:
    body = json.dumps({"sender": "fuzz", "message": text}).encode()
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", data=body, timeout=30)
    assert reply.status_code == 200
    assert check_turn(reply.json())["kind"] != "error"


def test_the_start_says_what_it_does_and_where_it_serves(server: Server) -> None:
    # "Waiting ..." is said when the tests of another worker start a server at the same moment
    other = ("Waiting", "WIDGET_SECRET", "Slack: answers as exosome-guide in Example Clinic (Socket Mode).")
    lines = [line for line in server.log.read_text().splitlines() if not line.startswith(other)]
    assert [line.split(":")[0].split(" ")[0] for line in lines] == ["Facts", "Starting", "Ready"]
    assert f"http://127.0.0.1:{server.port}/webhooks/rest/webhook" in lines[-1]
