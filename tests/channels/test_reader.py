"""Long messages are understood in a thread of their own; an emergency that must wait is known by its signs."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.rasa_parts.reader import LONG, PATIENCE, Reader

ALARM = "my throat is closing up and I can't breathe"
CALM = "what are exosomes?"
STORY = "I had a facial at a spa and my skin was red for a while. " * 30


class _Busy:
    """A model that understands what is long, or all, only when it is told to."""

    def __init__(self, *, shortest: int) -> None:
        self.free, self._shortest = threading.Event(), shortest

    def _parse_message_with_graph(self, message: UserMessage, _: object) -> dict[str, Any]:
        if len(str(message.text)) >= self._shortest:
            assert self.free.wait(timeout=60)
        return {"text": message.text, "intent": {"name": "understood"}}


def _parse(reader: Reader, text: str) -> asyncio.Task[dict[str, Any]]:
    return asyncio.create_task(reader.parse(UserMessage(text, sender_id="me")))


def _intent(parsed: dict[str, Any]) -> str:
    return str(parsed["intent"]["name"])


def test_long_messages_hold_up_no_short_one() -> None:
    assert len(STORY) > LONG

    async def talk() -> list[str]:
        model = _Busy(shortest=LONG)
        reader = Reader(model)  # type: ignore[arg-type]
        stories = [_parse(reader, STORY) for _ in range(4)]
        await asyncio.sleep(0)
        said = [_intent(await asyncio.wait_for(_parse(reader, text), timeout=30)) for text in (CALM, ALARM)]
        model.free.set()
        return said + [_intent(parsed) for parsed in await asyncio.gather(*stories)]

    assert asyncio.run(talk()) == ["understood"] * 6


def test_an_emergency_that_has_to_wait_is_told_by_its_signs_and_what_is_calm_waits() -> None:
    async def talk() -> tuple[list[dict[str, Any]], float, str]:
        model = _Busy(shortest=0)
        reader = Reader(model)  # type: ignore[arg-type]
        stories = [_parse(reader, STORY) for _ in range(2)]
        calm, began = _parse(reader, CALM), time.monotonic()
        alarms = await asyncio.gather(
            *(_parse(reader, text) for text in (ALARM, f"{STORY} {ALARM}", "no puedo respirar", "poteryal soznanie"))
        )
        took = time.monotonic() - began
        assert not calm.done()
        model.free.set()
        await asyncio.gather(*stories)
        return list(alarms), took, _intent(await calm)

    alarms, took, calm = asyncio.run(talk())
    assert [_intent(parsed) for parsed in alarms] == ["emergency"] * 4
    assert [parsed["entities"][0]["value"] for parsed in alarms] == ["en", "en", "es", "en"]
    assert all(parsed["signs"] for parsed in alarms)
    assert (took < PATIENCE + 2.0, calm) == (True, "understood")
