"""Answers come in the order of the questions, however slow Slack is; nothing urgent waits."""

from __future__ import annotations

import asyncio
import json
import uuid

import pytest

from bot.channels.turns.shared_locks import SharedLocks
from bot.slack.order import Order
from tests.slack.assistant import Assistant
from tests.slack.looks import buttons, held, posts, press, write
from tests.slack.requests_of_slack import Sender, direct_message
from tests.slack.standin import DIRECT, USER

ALARM = "her throat is closing up and she can't breathe"


def _send(sender: Sender, text: str) -> None:
    ts = sender.slack.hear(DIRECT, user=USER, text=text)
    assert sender.event(direct_message(text, ts=ts)).status_code == 200


def _said(sender: Sender, count: int) -> list[str]:
    return [call.args["text"].split("\n")[0][:22] for call in posts(sender.slack, count, channel=DIRECT)]


def test_the_second_answer_waits_until_a_slow_slack_has_taken_the_first(sender: Sender) -> None:
    sender.slack.fault("chat.postMessage", retry_after=2, when=lambda args: "sure I get" in args["text"])
    _send(sender, "which one?")
    _send(sender, "are exosomes approved?")
    assert _said(sender, 2) == ["I want to be sure I ge", "In the US, exosomes me"]


def test_a_click_and_a_message_right_after_it_are_answered_in_turn(sender: Sender, assistant: Assistant) -> None:
    message = held(sender.slack, write(sender, "which one?"))
    button = buttons(message["blocks"])[0]
    for number in range(3):
        press(sender, {**button, "action_id": f"choose-{number}"}, message=json.loads(json.dumps(message)), channel=DIRECT)
        _send(sender, f"is it safe {number}?")
    posts(sender.slack, 7, channel=DIRECT)
    expected = [text for number in range(3) for text in (button["value"], f"is it safe {number}?")]
    assert [text for _, text in assistant.mind.heard[1:]] == expected


def test_an_emergency_does_not_wait_for_an_answer_that_slack_holds_up(sender: Sender) -> None:
    sender.slack.fault("chat.postMessage", retry_after=5, when=lambda args: "sure I get" in args["text"])
    _send(sender, "which one?")
    _send(sender, ALARM)
    assert _said(sender, 2) == ["Call 911 now or go to ", "I want to be sure I ge"]


def _two_processes(redis_url: str, *, wait: float, urgent: bool) -> list[str]:
    """What happens when one process answers slowly and another one is asked next."""
    name, events = f"test-{uuid.uuid4().hex}", []

    async def talk() -> None:
        one, other = (Order(shared=SharedLocks(redis_url, wait=wait)) for _ in range(2))
        began = asyncio.Event()

        async def slow() -> None:
            async with one.turn(name, urgent=False):
                began.set()
                await asyncio.sleep(1.5)
                events.append("first")

        async def quick() -> None:
            await began.wait()
            async with other.turn(name, urgent=urgent):
                events.append("second")

        await asyncio.wait_for(asyncio.gather(slow(), quick()), timeout=60)
        await asyncio.gather(one.close(), other.close())

    asyncio.run(talk())
    return events


@pytest.mark.parametrize(
    ("wait", "urgent", "order"),
    [(30, False, ["first", "second"]), (30, True, ["second", "first"]), (0.2, False, ["second", "first"])],
    ids=["in order", "urgent", "waited for too long"],
)
def test_among_several_processes(redis_url: str, wait: float, urgent: bool, order: list[str]) -> None:
    assert _two_processes(redis_url, wait=wait, urgent=urgent) == order
