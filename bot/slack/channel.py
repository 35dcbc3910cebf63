"""The Slack channel: Rasa's own connector with its defects mended. Routes, the start, and which requests are believed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.channels.slack import SlackBot, SlackInput
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json, text
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.channels.http import bound
from bot.settings import settings
from bot.slack.config import Config, SlackOff, config, missing, refused
from bot.slack.delivery import Delivery, reason
from bot.slack.desk import CHANNEL, Desk
from bot.slack.render import render
from bot.slack.requests import Signed, read
from bot.slack.socket import Socket

logger = logging.getLogger(__name__)
START_SECONDS = 5  # that the start waits for Slack
FINISH_SECONDS = 8.0  # that the end waits for answers on their way
UNSET = "unset"  # Rasa's constructor refuses an empty secret; without one no request is believed


class SlackOutput(SlackBot):
    """What Rasa says by itself (a reminder), laid out and sent like an answer."""

    delivery: Delivery | None = None

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Sends one utterance."""
        for part in render([message]).together() if self.delivery else ():
            assert self.delivery is not None
            await self.delivery.post(self.slack_channel or recipient_id, part, thread=self.thread_id)


class SlackChannel(SlackInput):
    """`/webhooks/slack/webhook` takes events, interactions and commands. Off, in one sentence, where it is not set up."""

    def __init__(self) -> None:
        self.config: Config | None = None
        self.off = ""
        try:
            self.config = config(settings())
        except SlackOff as problem:
            self.off = str(problem)
        self.bot: str | None = None
        self.desk: Desk | None = None
        self._socket: Socket | None = None
        made = self.config
        super().__init__(made.token if made else UNSET, slack_signing_secret=(made.secret if made else None) or UNSET)
        self._signed = Signed(made.secret) if made and made.secret else None

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackChannel:
        """Takes its settings from the environment, like everything else."""
        return cls()

    def get_output_channel(self, channel: str | None = None, thread_id: str | None = None) -> OutputChannel:
        """For what Rasa says by itself."""
        output = SlackOutput(self.slack_token, channel, thread_id)
        output.delivery = self._delivery() if self.config else None
        return output

    def is_request_from_slack_authentic(self, request: Request) -> bool:
        """Whether Slack signed the request, less than five minutes ago."""
        return self._signed is not None and self._signed.valid(request.body, dict(request.headers))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        webhook = Blueprint("slack_channel")
        bound(webhook)

        @webhook.listener("before_server_start")
        async def start(app: Sanic, _: object) -> None:
            await self._start(on_new_message)

        @webhook.listener("before_server_stop")
        async def stop(app: Sanic, _: object) -> None:
            if self._socket:
                await self._socket.close()
            if self.desk:
                await self.desk.finish(seconds=FINISH_SECONDS)

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok" if self.desk else "off"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            logs.withhold()
            return self._received(request)

        return webhook

    def _received(self, request: Request) -> HTTPResponse:
        """Answers within Slack's three seconds: the work goes on behind."""
        if self.desk is None or self._signed is None:
            return text("Slack is off.", status=404)
        if not self.is_request_from_slack_authentic(request):
            logger.warning("A request was not signed with SLACK_SIGNING_SECRET within the last five minutes.")
            return text("The request is not signed by Slack, or too old.", status=401)
        try:
            found = read(request.body, request.headers.get("content-type", ""), bot=self.bot)
        except ValueError:
            return text("The request cannot be read.", status=400)
        if found.challenge is not None:
            return json({"challenge": found.challenge})
        self.desk.receive(found.incoming)
        return empty(200)

    def _delivery(self) -> Delivery:
        assert self.config is not None
        return Delivery(token=self.config.token, api_url=self.config.api_url)

    async def _start(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> None:
        """Asks Slack about the tokens, and says in one line how it stands. The other channels run in any case."""
        try:
            if self.config is None:
                raise SlackOff(self.off)
            said = await self._greet(self.config)
        except SlackOff as problem:
            self.off = str(problem)
            print(f"Slack is off: {problem}. See docs/slack.md.", flush=True)
            return
        self.desk = Desk(delivery=self._delivery(), on_new_message=on_new_message)
        if self.config.app_token:
            self._socket = Socket(app_token=self.config.app_token, api_url=self.config.api_url, receive=self.desk.receive)
        print(said, flush=True)

    async def _greet(self, made: Config) -> str:
        """What to say at the start. Raises SlackOff when Slack refuses a token; a Slack that cannot be reached now is no reason."""
        client = AsyncWebClient(made.token, base_url=made.api_url, timeout=START_SECONDS, retry_handlers=[])
        setting = "SLACK_BOT_TOKEN"
        try:
            hello = await client.auth_test()
            self.bot = hello.get("user_id")
            if lacking := missing(str(hello.headers.get("x-oauth-scopes", "")).split(",")):
                raise lacking
            setting = "SLACK_APP_TOKEN"
            if made.app_token:
                await client.apps_connections_open(app_token=made.app_token)
        except SlackApiError as error:
            if problem := refused(setting, reason(error)):
                raise problem from None
            return "Slack: ready, but Slack itself does not answer now."
        except (SlackClientError, ClientError, asyncio.TimeoutError, OSError):
            return "Slack: ready, but Slack itself does not answer now."
        return f"Slack: answers as {hello.get('user')} in {hello.get('team')}{' (Socket Mode)' if made.app_token else ''}."
