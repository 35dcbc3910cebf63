"""Understands messages beside the event loop: long ones do not hold up what others are sent, and nothing holds up an emergency."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.turns.guard import by_signs
from bot.safety.emergency.gate import understood
from bot.safety.text.language import language

THREADS = 2  # for short messages
LONG = 600  # characters; a longer message takes up to a second or two, and waits only for others like it
PATIENCE = 1.0  # seconds after which the signs alone say whether a message that is not yet understood is an emergency


def is_long(text: str) -> bool:
    """Whether to understand `text` takes so long that others would wait."""
    return len(text) > LONG


class Reader:
    """Stands where Rasa would ask a separate server for understanding (`http_interpreter`); runs the same model in a thread."""

    def __init__(self, processor: MessageProcessor) -> None:
        self._processor = processor
        self._short = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="understanding")
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding-long")

    def close(self) -> None:
        """Drops what waits to be understood; Python would else do it all before it ends."""
        for threads in (self._short, self._long):
            threads.shutdown(wait=False, cancel_futures=True)

    async def parse(self, message: UserMessage) -> dict[str, Any]:
        """What the pipeline understood of `message`; of an emergency that has to wait for others, what its signs say."""
        text = str(message.text)
        threads = self._long if is_long(text) else self._short
        running = asyncio.get_running_loop().run_in_executor(threads, self._parse, message)
        try:
            done, _ = await asyncio.wait({running}, timeout=PATIENCE)
            if not done and (alarm := alarm_of(text)):
                return alarm
            return await running
        finally:
            running.cancel()

    def _parse(self, message: UserMessage) -> dict[str, Any]:
        nobody = DialogueStateTracker.from_events(message.sender_id, [])  # no component of the pipeline looks at it
        return self._processor._parse_message_with_graph(message, nobody)


def alarm_of(text: str) -> dict[str, Any] | None:
    """The emergency that the signs in `text` speak of, in the form in which the pipeline gives it; None where they do not."""
    spoken = language(text)
    verdict = by_signs(text, spoken=spoken)
    return {"text": text, **understood(text, verdict, spoken=spoken)} if verdict.intent else None
