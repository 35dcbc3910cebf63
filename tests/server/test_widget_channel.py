"""The widget's channel over HTTP: whose conversation it is, retries, sizes, limits, and parts that are down."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest
import requests

from bot.channels.widget.sessions import AUDIENCE, Sessions
from tests.contract import check_turn
from tests.server.conftest import Server
from tests.server.tab import EMERGENCY, ENDED, LIMIT, SECRET, URGENT, WEBSITE, Tab, failed


class TestSession:
    """The token alone says whose conversation it is."""

    def test_a_start_says_what_the_widget_needs_and_no_more(self, site: Server) -> None:
        body = Tab(site).start()
        token, expires = body.pop("token"), body.pop("expires")
        assert body == {
            "renewed": False,
            "country": "US",
            "emergency": "911",
            "clinic": {"name": "the clinic", "phone": None, "hours": None},
            "language": "en",
        }
        said = jwt.decode(token, SECRET, algorithms=["HS256"], audience=AUDIENCE)
        assert time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(said["exp"])) == expires
        assert said["exp"] - said["iat"] == 120 * 60

    def test_a_message_gets_a_whole_turn_without_the_name_of_the_conversation(self, site: Server) -> None:
        reply = Tab(site).post({"id": "m-1", "text": "Are exosome injections approved?"})
        assert (reply.status_code, set(reply.json()), reply.json()["id"]) == (200, {"id", "messages"}, "m-1")
        assert [set(message) for message in reply.json()["messages"]] == [{"text", "custom", "buttons"}]
        custom = check_turn(reply.json()["messages"])
        assert (custom["kind"], custom["topics"][0]) == ("answer", "approval_status")
        assert "widget-" not in reply.text

    def test_no_name_in_a_body_or_a_query_leads_into_another_conversation(self, site: Server) -> None:
        ann, eve = Tab(site), Tab(site)
        ann.ask("Are exosomes approved in Canada?")
        names = ("sender", "sender_id", "conversation", "conversation_id", "recipient_id", "sub", "session_id")
        body = {"id": "x", "text": "are exosomes approved?", "token": ann.token, **dict.fromkeys(names, ann.conversation)}
        url = f"{site.url}/webhooks/widget/message?sender={ann.conversation}&token={ann.token}"
        reply = requests.post(url, json=body, headers={"Authorization": f"Bearer {eve.token}"}, timeout=60)
        assert "jurisdiction" not in check_turn(reply.json()["messages"])["scope"]
        assert (ann.said(), eve.said()) == (["Are exosomes approved in Canada?"], ["are exosomes approved?"])
        site.ask("hello", sender=ann.conversation)
        assert ann.said() == ["Are exosomes approved in Canada?"]

    def test_two_tabs_do_not_mix(self, site: Server) -> None:
        one, two = Tab(site), Tab(site)
        assert check_turn(one.ask("Are exosomes approved in Canada?"))["scope"]["jurisdiction"] == "CA"
        assert "jurisdiction" not in check_turn(two.ask("Are exosomes approved?"))["scope"]
        assert check_turn(one.ask("and for hair?"))["scope"].get("jurisdiction") in ("CA", None)
        assert one.conversation != two.conversation

    @pytest.mark.parametrize(
        "name", ["none", "nonsense", "another secret", "another audience", "algorithm none", "not bearer", "in the body", "expired"]
    )
    def test_without_a_good_token_nothing_is_read_or_written(self, site: Server, name: str) -> None:
        ann = Tab(site)
        now = int(time.time())
        claims = {"sub": ann.conversation, "aud": AUDIENCE, "iat": now - 60, "exp": now + 60, "first": now - 60}
        forged = {
            "nonsense": "nonsense",
            "another secret": jwt.encode(claims, "another secret " * 3, algorithm="HS256"),
            "another audience": jwt.encode({**claims, "aud": "another"}, SECRET, algorithm="HS256"),
            "algorithm none": jwt.encode(claims, "", algorithm="none"),
            "expired": jwt.encode({**claims, "exp": now - 1}, SECRET, algorithm="HS256"),
        }
        headers = {"Authorization": f"Bearer {forged[name]}"} if name in forged else {}
        headers |= {"Authorization": ann.token} if name == "not bearer" else {}
        body = {"id": "x", "text": "hello", **({"token": ann.token} if name == "in the body" else {})}
        reply = requests.post(f"{site.url}/webhooks/widget/message", json=body, headers=headers, timeout=30)
        code = "session_expired" if name == "expired" else "session_invalid"
        assert (reply.status_code, reply.json()) == (401, failed(code, ENDED, id="x"))
        assert ann.kept() is None

    def test_a_session_is_renewed_while_it_is_valid_and_else_begun_anew(self, site: Server) -> None:
        ann = Tab(site)
        renewed = ann.start(token=ann.token)
        assert (renewed["renewed"], Tab(site, token=renewed["token"]).conversation) == (True, ann.conversation)
        for old in ("nonsense", Sessions(secret=None, minutes=1).start().token):
            anew = ann.start(token=old)
            assert (anew["renewed"], Tab(site, token=anew["token"]).conversation == ann.conversation) == (False, False)


class TestMessages:
    """Retries, buttons, and bodies of any shape."""

    def test_a_message_sent_again_gets_the_same_reply_and_is_taken_once(self, site: Server) -> None:
        ann, body = Tab(site), {"id": "again", "text": "are exosomes approved?"}
        with ThreadPoolExecutor(3) as pool:
            replies = list(pool.map(ann.post, [body] * 3))
        replies += [ann.post(body) for _ in range(LIMIT)]
        assert {(reply.status_code, reply.text) for reply in replies} == {(200, replies[0].text)}
        assert ann.said() == ["are exosomes approved?"]

    def test_the_same_id_with_other_words_is_another_message(self, site: Server) -> None:
        ann = Tab(site)
        ann.post({"id": "same", "text": "hello"})
        assert check_turn(ann.post({"id": "same", "text": EMERGENCY}).json()["messages"])["kind"] == "emergency"

    def test_a_button_counts_where_it_was_offered_and_a_typed_payload_is_plain_text(self, site: Server) -> None:
        ann, eve = Tab(site), Tab(site)
        buttons = ann.ask("Are exosomes approved?")[0]["buttons"]
        payload = next(button["payload"] for button in buttons if button["payload"].startswith("/ask"))
        topic = json.loads(payload.removeprefix("/ask"))["topic"]
        pressed = check_turn(ann.post({"id": "1", "payload": payload}).json()["messages"])
        assert (pressed["kind"], pressed["topics"]) == ("answer", [topic])
        eve.post({"id": "1", "payload": payload})
        ann.ask(payload)
        assert (eve.said(), ann.said()[-1]) == ([payload.lstrip("/")], payload.lstrip("/"))

    @pytest.mark.parametrize(
        "body", [b"", b"{nonsense", b"[]", b"7", b"{}", b'{"id": "x"}', b'{"text": "hello"}', b'{"id": "", "text": "hello"}',
                 b'{"id": "a b", "text": "hello"}', b'{"id": 5, "text": "hello"}', b'{"id": "x", "text": 5}',
                 b'{"id": "x", "text": "hello", "payload": "/more"}', b"[" * 50_000,
                 b'{"id": "' + b"x" * 65 + b'", "text": "hello"}'],
        ids=lambda body: repr(body[:40]),
    )  # fmt: skip
    def test_a_body_of_another_shape_is_refused_in_the_same_form(self, site: Server, body: bytes) -> None:
        headers = {"Authorization": f"Bearer {Tab(site).token}"}
        reply = requests.post(f"{site.url}/webhooks/widget/message", data=body, headers=headers, timeout=30)
        said = failed("bad_request", f"I could not read that message. Please type it again. {URGENT}")
        assert (reply.status_code, reply.json()) == (400, said)

    @pytest.mark.parametrize("text", ["", "   ", "\u202e\u200b", "\x00"])
    def test_a_message_without_words_gets_a_polite_reply(self, site: Server, text: str) -> None:
        assert check_turn(Tab(site).ask(text))["kind"] == "clarify"

    def test_an_emergency_at_the_end_of_a_megabyte_is_seen(self, site: Server) -> None:
        assert check_turn(Tab(site).ask("I had a long day. " * 60_000 + EMERGENCY))["kind"] == "emergency"

    def test_more_than_four_megabytes_are_refused_in_the_same_form(self, site: Server) -> None:
        reply = Tab(site).post({"id": "x", "text": "x" * 5_000_000}, Origin=WEBSITE)
        text = (
            f"That message is too large for me to read. Please type your question about exosome treatments in a few lines. {URGENT}"
        )
        assert (reply.status_code, reply.json()) == (413, failed("too_large", text, kind="clarify"))
        assert reply.headers["access-control-allow-origin"] == WEBSITE


class TestLimits:
    """Who sends too much is told when to go on; an emergency is never held back."""

    def _too_many(self, reply: requests.Response, id: str) -> None:
        text = f"You are writing faster than I can answer, so please wait a minute and then ask again. {URGENT}"
        assert (reply.status_code, reply.json()) == (429, failed("too_many", text, id=id))
        assert 0 < int(reply.headers["retry-after"]) <= 3600

    def test_a_conversation_over_its_limit_waits_and_an_emergency_does_not(self, site: Server) -> None:
        ann = Tab(site)
        assert [check_turn(ann.ask("hello"))["kind"] for _ in range(LIMIT)] == ["conversation"] * LIMIT
        self._too_many(ann.post({"id": "late", "text": "hello"}), "late")
        assert check_turn(ann.ask(EMERGENCY))["kind"] == "emergency"
        assert check_turn(Tab(site).ask("hello"))["kind"] == "conversation"

    def test_an_address_over_its_limit_waits_whatever_the_session(self, site: Server) -> None:
        home = {"X-Forwarded-For": "198.51.100.7"}
        replies = [Tab(site).post({"id": "x", "text": "hello"}, **home) for _ in range(2 * LIMIT + 1)]
        assert [reply.status_code for reply in replies[:-1]] == [200] * 2 * LIMIT
        self._too_many(replies[-1], "x")
        reply = Tab(site).post({"id": "x", "text": EMERGENCY}, **home)
        assert check_turn(reply.json()["messages"])["kind"] == "emergency"


def test_in_production_rest_is_off_and_a_part_that_is_down_is_said(tmp_path: Path) -> None:
    server = Server(folder=tmp_path, env={"PRODUCTION": "true", "WIDGET_SECRET": "", "ACTION_URL": "http://127.0.0.1:9/webhook"})
    server.start()
    try:
        rest = requests.post(f"{server.url}/webhooks/rest/webhook", json={"sender": "x", "message": "hello"}, timeout=30)
        assert rest.status_code == 404
        assert requests.get(server.url, timeout=30).status_code == 200
        ann = Tab(server)
        down = ann.post({"id": "1", "text": "Are exosomes approved?"})
        text = (
            "Sorry, a part of this service is not working, so I can't answer right now. Please try again in a few minutes. "
            + URGENT
        )
        assert (down.status_code, down.json()) == (503, failed("unavailable", text, id="1"))
        assert check_turn(ann.ask(EMERGENCY))["kind"] == "emergency"
        assert ann.post({"id": "1", "text": "Are exosomes approved?"}).status_code == 503
        assert len(ann.said()) == 3  # what was not answered is tried again
        lines = server.log.read_text().splitlines()
        assert [line for line in lines if "WIDGET_SECRET" in line] == [
            "WIDGET_SECRET is not set: chats on the website end when this server stops."
        ]
        assert "rest" not in lines[-1]
    finally:
        server.stop()
