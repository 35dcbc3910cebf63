"""Runs the actions inside the server: the same request that Rasa would send to an action server, without the network."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.answer.contract import Reply
from bot.channels.envelope import SORRY
from bot.clinic import clinic

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _form_of_results() -> Any:
    """What Rasa asks of an action's result, as a validator that is made once."""
    form = RemoteAction.action_response_format_spec()
    return validator_for(form)(form)


def _validate(_: RemoteAction, result: dict[str, Any]) -> bool:
    """Checks a result as Rasa does. Rasa also checks the form itself each time, which took most of the time of a reply."""
    _form_of_results().validate(result)
    return True


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the executor of `rasa_sdk` in a worker thread, so that the event loop stays free."""

    def __init__(self, package: str, *, timeout: float) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._timeout = timeout
        RemoteAction._validate_action_result = _validate  # type: ignore[method-assign]

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
