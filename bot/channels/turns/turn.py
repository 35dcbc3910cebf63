"""One turn of a conversation, the same for every channel over HTTP: payloads, personal data, time limit, no silence."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot import logs
from bot.channels.incoming import disarm
from bot.channels.ops import metrics
from bot.channels.rasa_parts.reader import is_long
from bot.channels.turns.again import reply_given
from bot.channels.turns.aside import aside
from bot.channels.turns.budget import Budget
from bot.channels.turns.guard import alarming
from bot.channels.turns.queue import LONGEST_WAIT, Queue
from bot.channels.turns.shared_locks import SharedLocks
from bot.conversations.store import conversations
from bot.safety.privacy.personal import scrub
from bot.settings import settings

logger = logging.getLogger(__name__)
OFFERED_REPLIES = 12  # how many replies back a button may still be pressed
SPARE = 0.5  # seconds that a turn may take longer than its action
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


@lru_cache(maxsize=1)
def queue() -> Queue:
    """The queue of this process, for all its channels; with REDIS_URL in step with the other processes."""
    url = settings().redis_url
    return Queue(shared=SharedLocks(url, wait=LONGEST_WAIT) if url else None)


class WholeMessages(CollectingOutputChannel):
    """Keeps text, buttons and `custom` of one utterance together in one message."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collects the utterance as it is."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        self.messages.append({"recipient_id": recipient_id, **kept})


async def take(
    on_new_message: OnNewMessage,
    *,
    text: str,
    conversation: str,
    channel: str,
    buttons: bool = True,
    otherwise: str | None = None,
    metadata: dict[str, str] | None = None,
    sent: str | None = None,
) -> list[dict[str, Any]]:
    """What is said to `text`, which is clean and readable; an empty list when the turn failed or took too long.

    With `buttons`, a payload that this conversation was offered is honoured; any other becomes plain text: `otherwise`
    where it is given (what stood on the button), else its own letters. `metadata` goes with the message.
    `sent` is the message's name (`bot.channels.turns.again`): one that was answered before gets the
    same reply and is not taken again.
    """
    started = time.monotonic()
    collector = WholeMessages()
    message = UserMessage(text, collector, conversation, input_channel=channel, metadata=metadata, message_id=sent)
    said = collector.messages if await _take(on_new_message, message, buttons=buttons, otherwise=otherwise, sent=sent) else []
    metrics.count(said, channel=channel, seconds=time.monotonic() - started)
    return said


async def _take(
    on_new_message: OnNewMessage, message: UserMessage, *, buttons: bool, otherwise: str | None, sent: str | None
) -> bool:
    conversation, text = str(message.sender_id), str(message.text)
    longest = settings().action_timeout
    turn = Budget(seconds=longest + SPARE, reading=longest / 2, urgent=lambda: alarming(text))
    try:
        with turn.spent():
            offered = await _offered(conversation) if buttons and text.startswith("/") else set()
            if text not in offered:
                text = message.text = scrub(disarm(otherwise or text)).text or "?"
            began = time.monotonic()
            async with queue().turn(conversation, urgent=lambda: alarming(text), long=is_long(text)):
                turn.longer(time.monotonic() - began)
                if said := await reply_given(conversation, sent=sent):
                    message.output_channel.messages.extend(said)  # type: ignore[union-attr]
                    return True
                await asyncio.wait_for(on_new_message(message), timeout=turn.left)
    except Exception as error:  # whatever went wrong, the person gets a reply; the log gets no message text
        logger.error("A turn failed: %s", logs.told(error))
        return False
    return True


async def _offered(conversation: str) -> set[str]:
    """The payloads of the buttons that this conversation was lately offered."""
    replies = await aside().run(lambda: conversations().newest(conversation, kind="bot", limit=OFFERED_REPLIES))
    return {button["payload"] for reply in replies for button in (reply.get("data") or {}).get("buttons") or []}
