"""Socket Mode: for places without a public address, this server calls Slack and hears of events over that line. Imports no Rasa."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.slack.incoming import Incoming, from_command, from_event, from_interaction

READERS: dict[str, Callable[[dict], Incoming]] = {
    "events_api": from_event,
    "interactive": from_interaction,
    "slash_commands": from_command,
}


class Socket:
    """The line to Slack. The library keeps it open, and opens it again when it breaks."""

    def __init__(self, *, app_token: str, api_url: str, receive: Callable[[Incoming], None]) -> None:
        self._client = SocketModeClient(app_token=app_token, web_client=AsyncWebClient(base_url=api_url))
        self._receive = receive
        self._client.socket_mode_request_listeners.append(self._heard)
        self._connecting = asyncio.ensure_future(self._client.connect())

    async def close(self) -> None:
        """Hangs up."""
        self._connecting.cancel()
        with contextlib.suppress(Exception):
            await self._client.close()

    async def _heard(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Says first that it was heard, as Slack wants it within three seconds."""
        logs.withhold()
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        reader = READERS.get(request.type)
        self._receive(reader(request.payload) if reader else None)
