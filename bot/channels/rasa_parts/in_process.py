"""Runs the actions inside the server: the same request that Rasa would send to an action server, without the network."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot import logs
from bot.answer.question import Memory
from bot.channels.envelope import failure
from bot.channels.turns.budget import budget
from bot.channels.turns.remembered import Remembered
from bot.slots import AFTER_EMERGENCY, MEMORY

logger = logging.getLogger(__name__)
AFTER = 0.2  # seconds of a turn that are left for what comes after the action


def _validate(_: RemoteAction, result: dict[str, Any]) -> bool:
    """Looks at the outermost form only. Rasa checks every event against a schema, which an action server may well break;
    here `rasa_sdk` has just made them."""
    if not (isinstance(result.get("events"), list) and isinstance(result.get("responses"), list)):
        raise ValueError("An action gave something else than events and responses.")
    return True


def _ran(work: Awaitable[Any]) -> Any:
    """Runs `work` to its end on the event loop of this thread, which is made once."""
    if not hasattr(_own, "loop"):
        _own.loop = asyncio.new_event_loop()
    return _own.loop.run_until_complete(work)


_own = threading.local()


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the executor of `rasa_sdk` in a worker thread, so that the event loop stays free."""

    def __init__(self, package: str, *, timeout: float) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._timeout = timeout
        # For all of this process: Rasa makes a new `RemoteAction` for each call, so there is no object to change it on.
        RemoteAction._validate_action_result = _validate  # type: ignore[method-assign]

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """Runs the action named in `json`; one that fails or takes too long says so to the person and leaves no events."""
        call = kwargs["json"]
        work = asyncio.to_thread(_ran, self._executor.run(call))
        turn = budget()
        longest = self._timeout if turn is None else min(self._timeout, turn.left - AFTER)
        try:
            return await asyncio.wait_for(work, timeout=longest)
        except Exception as error:  # the log gets no message text, and Rasa's would print a stack trace
            logger.error("Action %s failed: %s", call.get("next_action"), logs.told(error))
            slots = (call.get("tracker") or {}).get("slots") or {}
            held = Remembered(slots.get(AFTER_EMERGENCY), Memory.from_slot(slots.get(MEMORY)).country)
            said = failure("", emergency=held.emergency, first=held.asked())[0]
            return {"events": [], "responses": [{"text": said["text"], "custom": said["custom"]}]}
