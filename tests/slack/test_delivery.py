"""Slack limits, fails and stalls; the answer arrives all the same, at last as plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.slack.delivery import PLAIN, Delivery, NotSent
from bot.slack.home import view
from bot.slack.incoming import Place
from bot.slack.limits import TEXT
from bot.slack.render import Answer, Message, buttons, render, section
from tests.slack.standin import CHANNEL, FOREIGN, TEAM, TOKEN, USER, StandIn
from tests.slack.turns_of_all_kinds import clarify, turn_of

ANSWER = render(turn_of(clarify(3)))
THREAD = Place("thread", TEAM, CHANNEL, USER)
TOLD = "I want to be sure I get your question right."


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


def _do(slack: StandIn, work: Callable[[Delivery], Awaitable[object]], *, seconds: int = 40, token: str = TOKEN) -> None:
    async def run() -> None:
        await work(Delivery(token=token, api_url=slack.api_url, seconds=seconds))

    asyncio.run(run())


def _own(slack: StandIn) -> Place:
    return Place("own", TEAM, CHANNEL, USER, response_url=slack.response_url(channel=CHANNEL, user=USER))


def test_an_answer_is_one_message_with_blocks_buttons_and_a_plain_text(slack: StandIn) -> None:
    _do(slack, lambda it: it.answer(THREAD, ANSWER))
    (call,) = slack.calls
    assert (call.method, call.args["channel"], call.args["blocks"][-1]["type"]) == ("chat.postMessage", CHANNEL, "actions")
    assert call.args["text"].startswith(TOLD)
    assert (call.args["unfurl_links"], call.args["unfurl_media"]) == (False, False)


def test_an_older_message_takes_less_plain_text_and_keeps_its_blocks(slack: StandIn) -> None:
    long = Message("Words. " * 900, ANSWER.messages[0].blocks)

    async def work(it: Delivery) -> None:
        channel = await it.post(CHANNEL, long, thread=None)
        (ts,) = [ts for where, ts in slack.messages if where == channel]
        await it.update(channel, ts, long)

    _do(slack, work)
    assert [(call.method, call.error) for call in slack.calls] == [("chat.postMessage", None), ("chat.update", None)]
    assert (len(slack.calls[1].args["text"]) <= TEXT, slack.calls[1].args["blocks"]) == (True, list(long.blocks))
    assert slack.violations == []


class TestLimits:
    """429 with Retry-After is obeyed."""

    def test_it_waits_as_long_as_slack_says(self, slack: StandIn) -> None:
        slack.fault("chat.postMessage", retry_after=1, times=2)
        _do(slack, lambda it: it.answer(THREAD, ANSWER))
        assert [call.error for call in slack.calls] == ["ratelimited", "ratelimited", None]
        first, second, third = (call.at for call in slack.calls)
        assert second - first >= 1
        assert third - second >= 1
        assert "blocks" in slack.calls[-1].args

    def test_a_response_url_is_limited_too(self, slack: StandIn) -> None:
        slack.fault("response_url", retry_after=1)
        place = _own(slack)
        _do(slack, lambda it: it.answer(place, Answer("answer", ANSWER.messages)))
        assert [call.error for call in slack.calls] == ["ratelimited", None]
        assert slack.calls[1].at - slack.calls[0].at >= 1


class TestFailures:
    """A failed send is tried again, then said in plain text."""

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_an_error_of_slacks_servers_is_tried_again(self, slack: StandIn, status: int) -> None:
        slack.fault("chat.postMessage", status=status)
        _do(slack, lambda it: it.answer(THREAD, ANSWER))
        assert [call.error for call in slack.calls] == [str(status), None]
        assert "blocks" in slack.calls[-1].args

    def test_a_response_url_that_fails_is_tried_again(self, slack: StandIn) -> None:
        slack.fault("response_url", status=500)
        place = _own(slack)
        _do(slack, lambda it: it.answer(place, Answer("answer", ANSWER.messages)))
        assert [(call.error, "blocks" in call.args) for call in slack.calls] == [("500", True), (None, True)]

    @pytest.mark.parametrize("body", ["<html>", "[]", ""])
    def test_an_answer_that_is_not_slacks_leads_to_plain_text(self, slack: StandIn, body: str) -> None:
        slack.fault("chat.postMessage", body=body)
        _do(slack, lambda it: it.answer(THREAD, ANSWER))
        (call,) = slack.of("chat.postMessage")
        assert call.args["text"].startswith(PLAIN)

    def test_a_stall_is_given_up_and_tried_again(self, slack: StandIn) -> None:
        slack.fault("chat.postMessage", stall=20)
        _do(slack, lambda it: it.answer(THREAD, ANSWER), seconds=2)
        assert len(slack.of("chat.postMessage")) == 1

    @pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "fatal_error"])
    def test_a_layout_that_slack_refuses_becomes_plain_text(self, slack: StandIn, error: str) -> None:
        slack.fault("chat.postMessage", error=error, when=lambda args: "blocks" in args)
        _do(slack, lambda it: it.answer(THREAD, ANSWER))
        (call,) = slack.of("chat.postMessage")
        assert call.args["text"].startswith(f"{PLAIN}\n{TOLD}")
        assert (call.args["mrkdwn"], call.args.get("blocks"), call.args["channel"]) == (False, None, CHANNEL)

    def test_a_response_url_that_is_used_up_leads_to_a_direct_message(self, slack: StandIn) -> None:
        slack.fault("response_url", status=404, times=9)
        place = _own(slack)
        _do(slack, lambda it: it.answer(place, Answer("answer", ANSWER.messages)))
        (call,) = slack.of("chat.postMessage", channel=USER)
        assert call.args["text"].startswith(PLAIN)

    def test_what_is_for_one_person_never_goes_to_the_channel(self, slack: StandIn) -> None:
        _do(slack, lambda it: it.answer(Place("own", TEAM, CHANNEL, USER), Answer("answer", ANSWER.messages)))
        assert [call.args["channel"] for call in slack.calls] == [USER]

    def test_a_channel_that_cannot_be_written_leads_to_a_direct_message(self, slack: StandIn) -> None:
        _do(slack, lambda it: it.answer(Place("thread", TEAM, FOREIGN, USER), ANSWER))
        assert [call.error for call in slack.calls] == ["not_in_channel", "not_in_channel", None]
        assert slack.calls[-1].args["channel"] == USER

    def test_a_long_plain_text_comes_in_pieces(self, slack: StandIn) -> None:
        slack.fault("chat.postMessage", error="invalid_blocks", when=lambda args: "blocks" in args)
        text = "Words & more words. " * 500
        _do(slack, lambda it: it.answer(THREAD, Answer("answer", (Message(text, (section("x"),)),))))
        said = [call.args["text"] for call in slack.of("chat.postMessage")]
        assert len(said) == 4
        assert all(len(piece) <= TEXT for piece in said)
        assert " ".join(said).replace("&amp;", "&").split() == f"{PLAIN} {text}".split()

    def test_what_is_beyond_slacks_limits_is_not_even_tried(self, slack: StandIn) -> None:
        too_long = Answer("answer", (Message("Short", (section("x" * 3001),)),))
        _do(slack, lambda it: it.answer(THREAD, too_long))
        assert [call.args["text"] for call in slack.calls] == [f"{PLAIN}\nShort"]

    def test_where_nothing_gets_through_it_says_so_to_the_program(self, slack: StandIn) -> None:
        with pytest.raises(NotSent, match="^invalid_auth$"):
            _do(slack, lambda it: it.answer(THREAD, ANSWER), token="xoxb-revoked")

    def test_a_slack_that_is_gone_is_not_an_error_of_another_kind(self, slack: StandIn) -> None:
        async def run() -> None:
            await Delivery(token=TOKEN, api_url="http://127.0.0.1:9/api/").update(CHANNEL, "1.1", ANSWER.messages[0])

        with pytest.raises(NotSent, match="^ClientConnectorError$"):
            asyncio.run(run())

    def test_the_log_names_the_reason_and_no_words(self, slack: StandIn, caplog: pytest.LogCaptureFixture) -> None:
        slack.fault("chat.postMessage", error="invalid_blocks", when=lambda args: "blocks" in args)
        _do(slack, lambda it: it.answer(THREAD, ANSWER))
        assert [record.getMessage() for record in caplog.records if record.name == "bot.slack.delivery"] == [
            "A message was not sent: invalid_blocks"
        ]


def test_the_stand_in_is_as_strict_as_slack(slack: StandIn) -> None:
    """What it lets pass would prove nothing otherwise."""
    wrong = [
        Message("x", ({"type": "section", "text": {"type": "mrkdwn", "text": "a < b"}},)),
        Message("x", ({"type": "section", "text": {"type": "mrkdwn", "text": "a & b"}},)),
        Message("", (section("x"),)),
        Message("x", ({"type": "actions", "elements": list(buttons([{"title": "t", "payload": "/a"}] * 2)) * 20},)),
        Message("x", ({"type": "context", "elements": []},)),
    ]
    for message in wrong:
        error, _ = slack._post({"channel": CHANNEL, **message.payload})
        assert (error, len(slack.violations) > 0) == ("invalid_blocks", True)
        slack.violations.clear()


def test_a_home_tab_is_published(slack: StandIn) -> None:
    _do(slack, lambda it: it.publish(USER, view(clinic="Example & Co", emergency="911")))
    assert slack.homes[USER]["blocks"][0]["text"]["text"] == "Exosome guide of Example & Co"
