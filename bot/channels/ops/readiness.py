"""Whether this server can answer: a fixed question is understood and answered, and the reply must hold the fact that answers it.

Nothing is kept of it: the question takes no conversation, and goes the way of a patient's through model, action and facts store.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from rasa.core.agent import Agent

from bot import logs

logger = logging.getLogger(__name__)
ACTION = "action_answer"
KEPT_SECONDS = 5.0
LONGEST = 4.0  # seconds; who asks here waits no longer than a patient would
Check = Callable[[], Awaitable[None]]


class NotReady(Exception):
    """Why not, in one plain sentence."""


def asks(agent: Agent, *, question: str, fact: str) -> Check:
    """A check that raises NotReady unless the reply to `question` shows the fact with this id."""

    async def check() -> None:
        message = await agent.parse_message(question)
        tracker = {"sender_id": "health", "slots": {}, "latest_message": {**message, "text": question}, "events": []}
        call = {"next_action": ACTION, "sender_id": "health", "tracker": tracker, "domain": {}}
        if agent.action_endpoint is None:
            raise NotReady("No actions are set up.")
        done = await agent.action_endpoint.request(json=call, method="post") or {}
        customs = [said.get("custom") or {} for said in done.get("responses") or []]
        if any(custom.get("kind") == "error" for custom in customs) or not customs:
            raise NotReady("The fixed question could not be answered; is the facts store up?")
        if fact not in {shown["id"] for custom in customs for shown in custom.get("facts") or []}:
            raise NotReady(f"The reply to the fixed question does not hold the fact {fact}.")

    return check


class Readiness:
    """Runs a check and keeps what came out for a few seconds, so that asking often costs nothing."""

    def __init__(self, check: Check, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._check, self._clock = check, clock
        self._lock = asyncio.Lock()
        self._found: tuple[float, str | None] | None = None

    async def problem(self) -> str | None:
        """Why this server is not ready, in one sentence; None when it is."""
        async with self._lock:
            now = self._clock()
            if self._found is None or now - self._found[0] >= KEPT_SECONDS:
                self._found = (now, await self._run())
            return self._found[1]

    async def _run(self) -> str | None:
        try:
            await asyncio.wait_for(self._check(), timeout=LONGEST)
        except NotReady as problem:
            return str(problem)
        except asyncio.TimeoutError:
            return "The fixed question was not answered in time."
        except Exception as error:  # a check must never be the reason for a stack trace
            logger.error("The check of readiness failed: %s", logs.told(error))
            return "The fixed question could not be answered."
        return None
