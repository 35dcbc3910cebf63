"""The whole server in Slack: understanding, facts, memory and safety as in every other channel, over requests and Socket Mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversations.store import ConversationStore, open_conversations
from bot.settings import Settings
from tests.contract import check_turn
from tests.server.conftest import Server
from tests.slack.looks import buttons, call_on, held, posts, press, words, write
from tests.slack.requests_of_slack import Sender, direct_message, event_of
from tests.slack.standin import CHANNEL, OTHER, TEAM, USER, StandIn, until


@pytest.fixture
def sender(workspace: tuple[StandIn, Server]) -> Iterator[Sender]:
    """Slack as it writes to the server; what the server sent in this test was in order."""
    slack, server = workspace
    yield Sender(slack, server.url)
    assert slack.violations == []


def _kept(server: Server) -> ConversationStore:
    return open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url)


def test_the_answer_is_that_of_the_other_channels(sender: Sender, workspace: tuple[StandIn, Server]) -> None:
    asked = "Are exosomes approved by the FDA?"
    over_rest = workspace[1].ask(asked, sender="compare")
    custom = check_turn(over_rest)
    seen = words(write(sender, asked, user="U0ONE", channel="D0ONE").args["blocks"])
    assert [fact["statement"] for fact in custom["facts"] if fact["statement"] not in seen] == []
    assert [caveat for caveat in custom["caveats"] if caveat not in seen] == []


def test_a_follow_up_and_a_press_know_what_was_asked_before(sender: Sender, workspace: tuple[StandIn, Server]) -> None:
    root, first = call_on(sender, "Do exosomes help against hair loss?")
    message = held(sender.slack, first)
    more = next(button for button in buttons(message["blocks"]) if button["value"].startswith("/ask"))
    press(sender, more, message=message, channel=CHANNEL, user=OTHER)
    posts(sender.slack, 2, channel=CHANNEL, thread_ts=root)
    events = _kept(workspace[1]).newest(f"slack-{TEAM}-{CHANNEL}-{root}", kind="user", limit=9)
    assert [(event["input_channel"], event["parse_data"]["intent"]["name"] == "ask") for event in events] == [
        ("slack", True),
        ("slack", False),
    ]


def test_two_threads_and_the_web_do_not_mix(sender: Sender, workspace: tuple[StandIn, Server]) -> None:
    call_on(sender, "Are exosomes approved in Canada?")
    _, other = call_on(sender, "Are exosomes approved?")
    assert "Canada" not in other.args["text"].split("Sources:")[0]
    over_rest = workspace[1].ask("Are exosomes approved?", sender=f"slack-{TEAM}-{CHANNEL}")
    assert "jurisdiction" not in check_turn(over_rest)["scope"]


def test_an_emergency_is_seen_in_a_thread_and_said_directly_too(sender: Sender) -> None:
    _, said = call_on(sender, "my throat is closing up and I can't breathe after the shot")
    (directly,) = posts(sender.slack, 1, channel=USER)
    assert "911" in said.args["blocks"][0]["text"]["text"]
    assert directly.args["blocks"] == said.args["blocks"]


def test_an_emergency_inside_the_decision_guide_is_seen_and_the_guide_comes_back(sender: Sender) -> None:
    where = {"user": "U0GUIDE", "channel": "D0GUIDE"}
    assert buttons(write(sender, "help me decide", **where).args["blocks"]) != []
    alarm = write(sender, "my throat is closing up and I can't breathe", **where).args["blocks"]
    assert ("911" in alarm[0]["text"]["text"], buttons(alarm)) == (True, [])
    assert "Is help on the way?" in words(write(sender, "continue", **where).args["blocks"])


def test_socket_mode_and_requests_tell_of_one_message_and_it_is_answered_once(sender: Sender) -> None:
    slack, channel = sender.slack, "D0SOCKET"
    until(lambda: slack.lines, "the line")
    event = direct_message("Are exosomes approved?", ts=slack.ts(), user="U0SOCKET", channel=channel)
    body = event_of(event, event_id="EvSocket")
    id = slack.send("events_api", body)
    assert sender.event(event, event_id="EvSocket", retry=(1, "http_timeout")).status_code == 200
    until(lambda: id in slack.acknowledged, "the acknowledgement")
    posts(slack, 1, channel=channel)
    write(sender, "What does it cost?", user="U0SOCKET", channel=channel)
    assert len(slack.of("chat.postMessage", channel=channel)) == 2
