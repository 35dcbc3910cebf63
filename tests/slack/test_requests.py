"""Requests are believed when Slack signed them just now, answered at once, and each thing is handled once."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.requests import Received, Signed, read
from tests.slack.assistant import Assistant
from tests.slack.looks import command, posts, shown, write
from tests.slack.requests_of_slack import Sender, command_of, direct_message, event_of, mention, press_of, signed
from tests.slack.standin import CHANNEL, DIRECT, SECRET, USER, until

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class TestSignature:
    """Only Slack's signature over this time and this body counts."""

    body = b'{"type": "event_callback"}'

    def test_a_good_one_is_believed(self) -> None:
        assert Signed(SECRET).valid(self.body, signed(self.body))

    @pytest.mark.parametrize("age", [301, 3600, -301])
    def test_one_of_another_time_is_a_replay(self, age: float) -> None:
        assert not Signed(SECRET).valid(self.body, signed(self.body, age=age))

    @pytest.mark.parametrize("body", [b"{}", b'{"type": "event_callback"} ', b"", b"\xff"])
    def test_one_over_another_body_is_not_believed(self, body: bytes) -> None:
        assert not Signed(SECRET).valid(body, signed(self.body))

    def test_one_with_another_secret_is_not_believed(self) -> None:
        assert not Signed("another").valid(self.body, signed(self.body))

    @pytest.mark.parametrize(
        "changes",
        [{"X-Slack-Signature": ""}, {"X-Slack-Signature": "v0="}, {"X-Slack-Signature": "v0=é"},
         *({"X-Slack-Request-Timestamp": stamp} for stamp in ("soon", "", "1e9"))],
    )  # fmt: skip
    def test_strange_headers_are_not_believed(self, changes: dict[str, str]) -> None:
        assert not Signed(SECRET).valid(self.body, {**signed(self.body), **changes})

    def test_no_headers_are_not_believed(self) -> None:
        assert not Signed(SECRET).valid(self.body, {})


class TestReading:
    """Bodies are read by their type."""

    @pytest.mark.parametrize("kind", [JSON, "application/json; charset=utf-8", "Application/JSON"])
    def test_a_challenge_is_given_back(self, kind: str) -> None:
        body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c3po"}).encode()
        assert read(body, kind) == Received(challenge="c3po")

    @pytest.mark.parametrize("body", [b'{"type": "app_rate_limited"}', b"{}"])
    def test_other_json_asks_nothing(self, body: bytes) -> None:
        assert read(body, JSON) == Received()

    @pytest.mark.parametrize(
        ("body", "kind"), [(b"[]", JSON), (b"no", JSON), (b"payload=no", FORM), (b"payload=7", FORM), (b"\xff", FORM)]
    )
    def test_what_slack_would_not_send_is_refused(self, body: bytes, kind: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011
            read(body, kind)

    def test_a_form_without_payload_or_command_asks_nothing(self) -> None:
        assert read(b"ssl_check=1&token=x", FORM) == Received()


def _event(text: str, sender: Sender) -> tuple[bytes, dict[str, Any]]:
    event = direct_message(text, ts=sender.slack.hear(DIRECT, user=USER, text=text))
    return json.dumps(event_of(event)).encode(), event


class TestOverHttp:
    """The route, from outside."""

    def test_a_challenge_comes_back_as_json(self, sender: Sender) -> None:
        reply = sender.raw(json.dumps({"type": "url_verification", "challenge": "c3po"}).encode(), JSON)
        assert (reply.status_code, reply.json()) == (200, {"challenge": "c3po"})

    def test_what_is_not_signed_forged_or_old_is_refused_and_not_heard(self, sender: Sender, assistant: Assistant) -> None:
        body, _ = _event("are exosomes approved?", sender)
        for headers in ({}, signed(body, secret="guess"), signed(body, age=400), signed(body + b" ")):
            assert sender.raw(body, JSON, headers=headers).status_code == 401
        challenge = json.dumps({"type": "url_verification", "challenge": "c3po"}).encode()
        assert sender.raw(challenge, JSON, headers={}).status_code == 401
        write(sender, "are exosomes approved?")
        assert len(assistant.mind.heard) == 1

    @pytest.mark.parametrize(("body", "kind"), [(b"[]", JSON), (b"no", JSON), (b"payload=no", FORM)])
    def test_what_cannot_be_read_is_refused(self, sender: Sender, body: bytes, kind: str) -> None:
        assert sender.raw(body, kind).status_code == 400

    def test_a_captured_request_that_is_sent_again_changes_nothing(self, sender: Sender, assistant: Assistant) -> None:
        body, _ = _event("are exosomes approved?", sender)
        headers = signed(body)
        assert [sender.raw(body, JSON, headers=headers).status_code for _ in range(3)] == [200] * 3
        posts(sender.slack, 1, channel=DIRECT)
        write(sender, "and in Canada?")
        assert [text for _, text in assistant.mind.heard] == ["are exosomes approved?", "and in Canada?"]

    def test_every_request_is_answered_before_the_work_is_done(self, sender: Sender, assistant: Assistant) -> None:
        assistant.mind.go_on.clear()
        body, _ = _event("are exosomes approved?", sender)
        url = sender.slack.response_url(channel=CHANNEL, user=USER)
        button = {"type": "button", "action_id": "say-0", "value": "is it safe?", "text": {"type": "plain_text", "text": "x"}}
        message = {"ts": sender.slack.hear(CHANNEL, user=USER, text="x"), "text": "x", "blocks": []}
        replies = [
            sender.raw(body, JSON),
            sender.interaction(press_of(button, message=message, channel=CHANNEL, url=url)),
            sender.command(command_of("what does it cost?", url=url)),
        ]
        assert [(reply.status_code, reply.text) for reply in replies] == [(200, "")] * 3
        until(lambda: len(assistant.mind.heard) == 3, "all three")
        assert sender.slack.of("chat.postMessage") == []
        assistant.mind.go_on.set()
        posts(sender.slack, 2)
        shown(sender.slack, 1)

    @pytest.mark.parametrize(
        "reason", ["http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error"]
    )
    def test_a_retry_is_handled_once_whatever_its_reason(self, sender: Sender, assistant: Assistant, reason: str) -> None:
        _, event = _event("are exosomes approved?", sender)
        id = f"EvRetry{reason}"
        replies = [sender.event(event, event_id=id, retry=(n, reason) if n else None) for n in range(4)]
        assert [reply.status_code for reply in replies] == [200] * 4
        posts(sender.slack, 1, channel=DIRECT)
        write(sender, "and in Canada?")
        assert len(assistant.mind.heard) == 2

    def test_a_retry_whose_first_was_lost_is_answered(self, sender: Sender) -> None:
        _, event = _event("are exosomes approved?", sender)
        sender.event(event, retry=(1, "connection_failed"))
        posts(sender.slack, 1, channel=DIRECT)

    def test_one_message_that_is_told_of_by_two_events_is_answered_once(self, sender: Sender, assistant: Assistant) -> None:
        ts = sender.slack.hear(CHANNEL, user=USER, text="x")
        sender.event(mention("are exosomes approved?", ts=ts))
        sender.event(mention("are exosomes approved?", ts=ts))
        posts(sender.slack, 1, channel=CHANNEL)
        write(sender, "and in Canada?")
        assert len(assistant.mind.heard) == 2

    def test_events_out_of_order_are_each_answered_in_their_thread(self, sender: Sender) -> None:
        first, second = (sender.slack.hear(CHANNEL, user=USER, text=text) for text in ("one", "two"))
        for ts in (second, first):
            sender.event(mention("are exosomes approved?", ts=ts))
        for ts in (first, second):
            posts(sender.slack, 1, channel=CHANNEL, thread_ts=ts)

    def test_a_command_that_comes_twice_is_answered_once(self, sender: Sender, assistant: Assistant) -> None:
        form = command(sender, "are exosomes approved?")
        assert sender.command(form).status_code == 200
        shown(sender.slack, 2)
        command(sender, "and in Canada?")
        shown(sender.slack, 4)
        assert len(assistant.mind.heard) == 2

    def test_the_bots_own_answer_is_not_answered(self, sender: Sender, assistant: Assistant) -> None:
        answer = write(sender, "are exosomes approved?")
        own = direct_message(answer.args["text"], ts=sender.slack.ts(), user="U0BOT", bot_id="B0BOT", app_id="A0APP")
        assert sender.event(own).status_code == 200
        write(sender, "and in Canada?")
        assert len(assistant.mind.heard) == 2

    def test_other_interactions_are_taken_note_of_and_no_more(self, sender: Sender) -> None:
        body = urlencode({"payload": json.dumps({"type": "shortcut", "user": {"id": USER}})}).encode()
        assert sender.raw(body, FORM).status_code == 200
