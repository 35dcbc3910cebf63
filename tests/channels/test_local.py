"""What is said inside this process is cleaned as in the REST channel before the assistant sees it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot import local
from bot.channels.envelope import EMPTY

OFFERED = '/ask{"topic":"cost"}'


class Listener:
    """Stands in for the agent and keeps what reaches it."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def handle_message(self, message: Any) -> None:
        """Keeps the text and says something."""
        self.heard.append(message.text)
        message.output_channel.messages.append({"text": "Hello."})


def _say(text: str, **given: Any) -> tuple[list[str], list[dict[str, Any]]]:
    listener = Listener()
    messages = asyncio.run(local.say(listener, text, sender="me", **given))  # type: ignore[arg-type]
    return listener.heard, messages


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("  Is it\u200b  safe? ", "Is it safe?"),
        ("write to ann@example.com", "write to (e-mail)"),
        ("/restart", "restart"),
        (OFFERED, OFFERED[1:]),
        ("//", None),
        ("...", None),
        ("", None),
    ],
)
def test_text_is_cleaned(text: str, heard: str | None) -> None:
    found, messages = _say(text)
    assert found == ([heard] if heard else [])
    assert [message["text"] for message in messages] == ["Hello." if heard else EMPTY]


def test_a_long_text_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAX_MESSAGE_CHARS", "200")
    (heard,) = _say("safe " * 400)[0]
    assert 150 < len(heard) <= 200


def test_a_payload_that_was_offered_passes() -> None:
    assert _say(OFFERED, offered=[OFFERED])[0] == [OFFERED]
