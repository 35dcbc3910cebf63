"""Answers that only one person saw, kept for a while so that the person can show them to all. Imports no Rasa.

In this process, or with REDIS_URL in Redis: the button may be pressed at another process than the one that answered.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from bot.channels.turns.shared_redis import LOST, Pause, connect
from bot.slack.render import Answer, Message

logger = logging.getLogger(__name__)
SHAREABLE = ("answer", "no_evidence", "report_problem")  # not what was said on a person's own case, nor the decision guide
SECONDS, MOST = 30 * 60, 500  # as long as Slack takes replies to a command
PREFIX = "exoguide:slack-share:"


class Sharing:
    """Each answer under a key of its own, for the conversation in which it was given."""

    def __init__(self, url: str | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = connect(url) if url else None
        self._clock, self._pause = clock, Pause(clock=clock)
        self._here: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def keep(self, conversation: str, answer: Answer) -> str:
        """Keeps `answer`; returns its key."""
        key, kept = secrets.token_urlsafe(16), _written(conversation, answer)
        if self._redis and not self._pause:
            try:
                await self._redis.set(PREFIX + key, kept, ex=SECONDS)
                return key
            except LOST as error:
                logger.error("Redis does not answer, so only this process can share an answer: %s", type(error).__name__)
                self._pause.begin()
        self._here[key] = (self._clock(), kept)
        if len(self._here) > MOST:
            self._here.popitem(last=False)
        return key

    async def find(self, conversation: str, key: str) -> Answer | None:
        """The answer of this conversation under `key`; None when it is gone, or was given in another one."""
        at, kept = self._here.get(key, (self._clock(), None))
        if kept is None and self._redis and not self._pause:
            try:
                kept = await self._redis.get(PREFIX + key)
            except LOST as error:
                logger.error("Redis does not answer, so an answer cannot be shared: %s", type(error).__name__)
                self._pause.begin()
        return _read(conversation, kept) if kept and self._clock() - at < SECONDS else None

    async def close(self) -> None:
        """Closes the connections."""
        if self._redis:
            await self._redis.close()


def _written(conversation: str, answer: Answer) -> str:
    messages = [[message.text, list(message.blocks)] for message in answer.messages]
    return json.dumps({"of": conversation, "kind": answer.kind, "messages": messages, "buttons": list(answer.buttons)})


def _read(conversation: str, kept: str | bytes) -> Answer | None:
    found = json.loads(kept)
    if found["of"] != conversation:
        return None
    messages = tuple(Message(text, tuple(blocks)) for text, blocks in found["messages"])
    return Answer(found["kind"], messages, tuple(found["buttons"]))
