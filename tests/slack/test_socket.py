"""Socket Mode: what comes over the line is acknowledged and read; a line that Slack ends is opened anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.slack.incoming import Ask, Incoming
from bot.slack.socket import Socket
from tests.servers import PROXIES
from tests.slack.requests_of_slack import command_of, direct_message, event_of, press_of
from tests.slack.standin import APP_TOKEN, CHANNEL, DEADLINE, DIRECT, StandIn

BUTTON = {"type": "button", "action_id": "choose-0", "value": "/more", "text": {"type": "plain_text", "text": "More"}}


async def _until(found: Callable[[], object]) -> None:
    async def wait() -> None:
        while not found():
            await asyncio.sleep(0.02)

    await asyncio.wait_for(wait(), DEADLINE)


def _connected(slack: StandIn, monkeypatch: pytest.MonkeyPatch, work: Callable[[list[Incoming]], Awaitable[None]]) -> None:
    """Runs `work` with what was heard, while a line is open."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)

    async def run() -> None:
        heard: list[Incoming] = []
        line = Socket(app_token=APP_TOKEN, api_url=slack.api_url, receive=heard.append)
        try:
            await _until(lambda: slack.lines == 1)
            await work(heard)
        finally:
            await line.close()

    asyncio.run(run())


def test_events_clicks_and_commands_are_acknowledged_and_read(slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {
        "events_api": event_of(direct_message("are they safe?", ts="1.1")),
        "interactive": press_of(BUTTON, message={"ts": "2.2"}, channel=DIRECT, url="https://hooks.slack.example/1"),
        "slash_commands": command_of("what does it cost?", url="https://hooks.slack.example/2", channel=CHANNEL),
    }

    async def work(heard: list[Incoming]) -> None:
        ids = [await asyncio.to_thread(slack.send, kind, payload) for kind, payload in sent.items()]
        await _until(lambda: len(heard) == 3)
        await _until(lambda: set(slack.acknowledged) == set(ids))
        assert sorted(ask.text for ask in heard if isinstance(ask, Ask)) == ["/more", "are they safe?", "what does it cost?"]

    _connected(slack, monkeypatch, work)


def test_an_envelope_of_another_kind_is_acknowledged_and_asks_nothing(slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(heard: list[Incoming]) -> None:
        id = await asyncio.to_thread(slack.send, "something_new", {})
        await _until(lambda: heard == [None])
        await _until(lambda: slack.acknowledged == [id])

    _connected(slack, monkeypatch, work)


def test_a_line_that_slack_ends_is_opened_anew(slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(heard: list[Incoming]) -> None:
        (first,) = slack._sockets
        await asyncio.to_thread(slack.hang_up)
        await _until(lambda: slack.lines == 1 and slack._sockets[-1] is not first)
        await asyncio.to_thread(slack.send, "events_api", event_of(direct_message("are they safe?", ts="1.1")))
        await _until(lambda: len(heard) == 1)

    _connected(slack, monkeypatch, work)
