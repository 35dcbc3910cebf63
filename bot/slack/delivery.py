"""Sends to Slack: obeys its rate limits, tries again, and says in plain text what could not be laid out. Imports no Rasa."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack import limits
from bot.slack.incoming import Place
from bot.slack.mrkdwn import controls, split
from bot.slack.render import Answer, Message

logger = logging.getLogger(__name__)
SECONDS = 10  # that one request may take
AGAIN = 2  # times after a lost connection, a stall or an error of Slack's servers
LIMITED_AGAIN = 5  # times after Slack said when to come back
PLAIN = "Something went wrong when I sent this answer, so here it is as plain text."

Way = Callable[[Message], Awaitable[Any]]


class NotSent(Exception):
    """A message did not go out; the text is Slack's code, or the kind of error. It never holds a message."""


class _ServerErrors(AsyncServerErrorRetryHandler):
    async def _can_retry_async(self, *, response: Any = None, **_: Any) -> bool:
        return response is not None and response.status_code >= 500


def _retries() -> list[AsyncRetryHandler]:
    lost = [ClientError, asyncio.TimeoutError]
    return [
        AsyncRateLimitErrorRetryHandler(max_retry_count=LIMITED_AGAIN),
        AsyncConnectionErrorRetryHandler(max_retry_count=AGAIN, error_types=lost),
        _ServerErrors(max_retry_count=AGAIN),
    ]


class Delivery:
    """Slack's Web API and response URLs. A message that was stalled may arrive twice: better than not at all."""

    def __init__(self, *, token: str, api_url: str, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self.client = AsyncWebClient(token, base_url=api_url, timeout=seconds, retry_handlers=_retries())

    async def answer(self, place: Place, answer: Answer) -> None:
        """Sends a whole answer to where it was asked. Raises NotSent when not even plain text gets through."""
        for message in answer.apart() if place.kind == "own" else answer.together():
            await self._one(place, message)

    async def direct(self, user: str, answer: Answer) -> None:
        """Sends a whole answer to a person's direct messages."""
        for message in answer.together():
            await self._first_that_works(message, lambda it: self.post(user, it), lambda it: self._plainly(it, user))

    async def _one(self, place: Place, message: Message) -> None:
        ways: list[Way] = [
            lambda it: self.post(place.channel, it, thread=place.thread),
            lambda it: self._plainly(it, place.channel, thread=place.thread),
        ]
        if place.kind == "own":  # never in the channel
            url = place.response_url or ""
            ways = [lambda it: self.respond(url, it.payload), lambda it: self.respond(url, {"text": controls(_told(it))})]
        await self._first_that_works(message, *ways, lambda it: self._plainly(it, place.user))

    async def _first_that_works(self, message: Message, *ways: Way) -> None:
        last = NotSent("no way")
        for way in ways:
            try:
                await way(message)
                return
            except NotSent as error:
                logger.error("A message was not sent: %s", error)
                last = error
        raise last

    async def post(self, channel: str, message: Message, *, thread: str | None = None) -> str:
        """Posts a message; returns the id of the channel, which for a user's id is that of the direct message."""
        if wrong := limits.problems(message.blocks):
            raise NotSent("; ".join(wrong))
        sent = await _through(self.client.chat_postMessage(channel=channel, thread_ts=thread, **message.payload))
        return str(sent.get("channel") or channel)

    async def _plainly(self, message: Message, channel: str, *, thread: str | None = None) -> None:
        for piece in split(_told(message), limits.TEXT):
            said = controls(piece)
            await _through(
                self.client.chat_postMessage(channel=channel, thread_ts=thread, text=said, mrkdwn=False, unfurl_links=False)
            )

    async def update(self, channel: str, ts: str, message: Message) -> None:
        """Puts `message` in the place of an older one. Its blocks say it all: Slack takes less plain text than in a new one."""
        if wrong := limits.problems(message.blocks):
            raise NotSent("; ".join(wrong))
        text = controls(next(iter(split(message.text, limits.TEXT))))
        await _through(self.client.chat_update(channel=channel, ts=ts, text=text, blocks=list(message.blocks)))

    async def publish(self, user: str, view: dict[str, Any]) -> None:
        """Shows the home tab to a person."""
        if wrong := limits.problems(view["blocks"], most=limits.HOME_BLOCKS):
            raise NotSent("; ".join(wrong))
        await _through(self.client.views_publish(user_id=user, view=view))

    async def respond(self, url: str, payload: dict[str, Any], *, to_all: bool = False, replace: bool = False) -> None:
        """Sends to a response URL: to the person who asked, or to the whole channel; or in place of what was pressed."""
        if payload.get("blocks") and (wrong := limits.problems(payload["blocks"])):
            raise NotSent("; ".join(wrong))
        kind = {"replace_original": True} if replace else {"response_type": "in_channel" if to_all else "ephemeral"}
        if not url:
            raise NotSent("no response URL")
        hook = AsyncWebhookClient(url, timeout=self._seconds, retry_handlers=_retries())
        for left in range(AGAIN, -1, -1):  # the library tries again after a limit and a lost connection only
            sent = await _through(hook.send_dict({**payload, "replace_original": False, **kind}))
            if sent.status_code == 200:
                return
            if sent.status_code < 500 or not left:
                raise NotSent(f"response URL: {sent.status_code}")
            await asyncio.sleep(AGAIN - left + 0.5)


def _told(message: Message) -> str:
    return f"{PLAIN}\n{message.text}"


def reason(error: SlackApiError) -> str:
    """Slack's code for what went wrong; the status where what came is not Slack's (a proxy's page)."""
    data = getattr(error.response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return str(code or f"status {getattr(error.response, 'status_code', getattr(error.response, 'status', '?'))}")


async def _through(call: Awaitable[Any]) -> Any:
    """The outcome of a call. Raises NotSent, whatever went wrong."""
    try:
        return await call
    except SlackApiError as error:
        raise NotSent(reason(error)) from None
    except (SlackClientError, ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
        raise NotSent(type(error).__name__) from None
