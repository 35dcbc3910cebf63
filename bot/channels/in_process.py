"""Runs the actions inside the server: the same request that Rasa would send to an action server, without the network."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint that calls the executor of `rasa_sdk` in a worker thread, so that the event loop stays free."""

    def __init__(self, package: str, *, timeout: float) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._timeout = timeout

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """Runs the action named in `json`; raises asyncio.TimeoutError after the time allowed."""
        work = asyncio.to_thread(asyncio.run, self._executor.run(kwargs["json"]))
        return await asyncio.wait_for(work, timeout=self._timeout)
