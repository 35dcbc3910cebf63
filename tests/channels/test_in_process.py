"""An action that fails inside the server is said to the person and logged in one line without the message."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answer.reply.contract import Reply
from bot.channels.envelope import SORRY
from bot.channels.rasa_parts.in_process import InProcessActions

SECRET = "my own words"
EXPECTED = Reply(kind="error", text=SORRY.format(emergency="911"))


def _endpoint(work: Any) -> InProcessActions:
    made = InProcessActions("actions", timeout=0.05)
    made._executor.run = work  # type: ignore[method-assign]
    return made


async def _fails(_: Any) -> None:
    raise ValueError(SECRET)


async def _hangs(_: Any) -> None:
    await asyncio.sleep(0.5)


@pytest.mark.parametrize(("work", "error"), [(_fails, "ValueError"), (_hangs, "TimeoutError")])
def test_a_failure_is_said_and_logged_in_one_line(work: Any, error: str, caplog: pytest.LogCaptureFixture) -> None:
    call = {"next_action": "action_answer", "tracker": {"latest_message": {"text": SECRET}}}
    with caplog.at_level(logging.ERROR):
        sent = asyncio.run(_endpoint(work).request(json=call))
    assert sent == {"events": [], "responses": [{"text": EXPECTED.text, "custom": EXPECTED.custom()}]}
    ((said, stack),) = [(record.getMessage(), record.exc_info) for record in caplog.records]
    assert (said.partition(" at ")[0], SECRET in said, stack) == (f"Action action_answer failed: {error}", False, None)


def test_what_an_action_returns_passes() -> None:
    async def works(call: Any) -> Any:
        return {"events": [], "responses": [call["next_action"]]}

    assert asyncio.run(_endpoint(works).request(json={"next_action": "a"})) == {"events": [], "responses": ["a"]}


def test_rasa_takes_the_failure_for_a_whole_message(caplog: pytest.LogCaptureFixture) -> None:
    action = RemoteAction("action_answer", _endpoint(_fails))
    tracker = DialogueStateTracker.from_events("me", [])
    nlg = TemplatedNaturalLanguageGenerator({})
    (event,) = asyncio.run(action.run(CollectingOutputChannel(), nlg, tracker, Domain.empty()))
    assert (event.text, event.data["custom"]) == (EXPECTED.text, EXPECTED.custom())  # type: ignore[attr-defined]
