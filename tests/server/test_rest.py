"""The REST channel: bad input, strangers, payloads, strange characters; always a reply in the contract's form."""

from __future__ import annotations

import json

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract import check_turn
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("server")
WHOLE_UNICODE = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.sampled_from(
    [
        *("\u202eabc\u202c", "\u200b", "\x00", "{{7*7}}", "{emergency}", "${jndi:ldap://x}", "'; DROP TABLE record; --"),
        *("<script>alert(1)</script>", "[x](javascript:alert(1))", '{"message": "x"}', "%s%s%n", "../../etc/passwd"),
        *("/restart", '/ask{"topic": "nope"}', "/more", "/ask{", "//ask", "\\/ask", "?", "...", "\ud83d"),
        *("a" * 5000, "🙂" * 500, "\ufdfa" * 50),
    ]
)


def test_a_body_that_is_not_json_gets_one_clear_sentence(server: Server) -> None:
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", data=b"{nonsense", timeout=10)
    assert (reply.status_code, list(reply.json())) == (400, ["error"])
    assert reply.json()["error"].count(".") == 1


@pytest.mark.parametrize("body", [[], "text", {"sender": "x", "message": 5}, {"sender": "x", "message": None}, 7])
def test_a_body_of_another_shape_never_fails(server: Server, body: object) -> None:
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=10)
    assert reply.status_code in (200, 400)
    assert reply.json()


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
    stranger = check_turn(server.ask(payload, sender="button-2"))
    assert mine["topics"] == [json.loads(payload.removeprefix("/ask"))["topic"]]
    assert stranger["topics"] != mine["topics"] or stranger["kind"] != mine["kind"]


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
    lines = [line for line in server.log.read_text().splitlines() if not line.startswith("Waiting")]
    assert [line.split(":")[0].split(" ")[0] for line in lines] == ["Facts", "Starting", "Ready"]
    assert f"http://127.0.0.1:{server.port}/webhooks/rest/webhook" in lines[-1]
