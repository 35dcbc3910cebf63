"""Runs the actions inside the server: the same request that Rasa would send to an action server, without the network."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.answer.contract import Reply
from bot.channels.envelope import SORRY
from bot.clinic import clinic

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the executor of `rasa_sdk` in a worker thread, so that the event loop stays free."""

    def __init__(self, package: str, *, timeout: float) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._timeout = timeout

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """Runs the action named in `json`; one that fails or takes too long says so to the person and leaves no events."""
        call = kwargs["json"]
        work = asyncio.to_thread(asyncio.run, self._executor.run(call))
        try:
            return await asyncio.wait_for(work, timeout=self._timeout)
        except Exception as error:  # the log gets no message text, and Rasa's would print a stack trace
            logger.error("Action %s failed: %s", call.get("next_action"), type(error).__name__)
            reply = Reply(kind="error", text=SORRY.format(emergency=clinic().at(None).emergency))
            return {"events": [], "responses": [{"text": reply.text, "custom": reply.custom()}]}
