"""What Slack sends, in the shape in which it sends it: events, interactions, commands, each signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import uuid
from typing import Any
from urllib.parse import urlencode

import requests

from tests.slack.standin import BOT, CHANNEL, DIRECT, SECRET, TEAM, USER, StandIn


def _new() -> str:
    return uuid.uuid4().hex[:12]  # never twice, also where a Redis remembers earlier tests


def signed(body: bytes, *, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    """The headers that vouch for `body`, written `age` seconds ago."""
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def event_of(event: dict[str, Any], *, event_id: str | None = None) -> dict[str, Any]:
    """The body around an event."""
    return {
        "token": "legacy", "team_id": TEAM, "api_app_id": "A0APP", "type": "event_callback", "event": event,
        "event_id": event_id or f"Ev{_new()}", "event_time": 1790000000, "is_ext_shared_channel": False,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}],
    }  # fmt: skip


def direct_message(text: str, *, ts: str, user: str = USER, channel: str = DIRECT, **more: Any) -> dict[str, Any]:
    """The event of a direct message to the bot."""
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": user, "text": text, "ts": ts, "team": TEAM}
    return {**event, "client_msg_id": f"c-{ts}", "event_ts": ts, **more}


def mention(text: str, *, ts: str, user: str = USER, channel: str = CHANNEL, **more: Any) -> dict[str, Any]:
    """The event of a message in a channel that mentions the bot."""
    event = {"type": "app_mention", "channel": channel, "user": user, "text": f"<@{BOT}> {text}", "ts": ts, "team": TEAM}
    return {**event, "event_ts": ts, **more}


def sent_back(held: Any) -> Any:
    """A message as Slack sends it back: plain texts come escaped, whatever was sent."""
    if isinstance(held, list):
        return [sent_back(one) for one in held]
    if not isinstance(held, dict):
        return held
    made = {key: sent_back(value) for key, value in held.items()}
    if made.get("type") == "plain_text":
        made["text"] = made["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return made


def press_of(
    button: dict[str, Any],
    *,
    message: dict[str, Any] | None,
    channel: str,
    url: str,
    user: str = USER,
    values: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The payload of a click; without `message` it is one in a message that only this person sees. `values`: what inputs hold."""
    container: dict[str, Any] = {"type": "message", "message_ts": f"{time.time():.6f}", "channel_id": channel}
    container["is_ephemeral"] = message is None
    if message:
        container["message_ts"] = message["ts"]
        container |= {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    payload = {
        "type": "block_actions", "user": {"id": user, "username": "ann", "team_id": TEAM}, "api_app_id": "A0APP", "token": "legacy",
        "container": container, "trigger_id": f"trigger.{_new()}", "team": {"id": TEAM, "domain": "example"},
        "channel": {"id": channel, "name": "talk"}, "response_url": url, "state": {"values": values or {}},
        "is_enterprise_install": False,
        "actions": [{**button, "block_id": "b0", "action_ts": f"{time.time():.6f}"}],
    }  # fmt: skip
    return {**payload, "message": sent_back(message)} if message else payload


def home_press_of(button: dict[str, Any], *, user: str = USER) -> dict[str, Any]:
    """The payload of a click in the home tab."""
    return {
        "type": "block_actions", "user": {"id": user, "username": "ann", "team_id": TEAM}, "api_app_id": "A0APP", "token": "legacy",
        "container": {"type": "view", "view_id": "V1"}, "trigger_id": f"trigger.{_new()}", "team": {"id": TEAM},
        "view": {"id": "V1", "type": "home"}, "actions": [{**button, "block_id": "b0", "action_ts": "1790000002.1"}],
    }  # fmt: skip


def command_of(text: str, *, url: str, channel: str = CHANNEL, user: str = USER, name: str = "talk") -> dict[str, str]:
    """The form of a slash command."""
    return {
        "token": "legacy", "team_id": TEAM, "team_domain": "example", "channel_id": channel, "channel_name": name,
        "user_id": user, "user_name": "ann", "command": "/exosomes", "text": text, "api_app_id": "A0APP",
        "is_enterprise_install": "false", "response_url": url, "trigger_id": f"trigger.{_new()}",
    }  # fmt: skip


class Sender:
    """Slack as it writes to the server at `url`."""

    def __init__(self, slack: StandIn, url: str) -> None:
        self.slack, self.webhook = slack, f"{url}/webhooks/slack/webhook"

    def raw(self, body: bytes, kind: str, *, headers: dict[str, str] | None = None) -> requests.Response:
        """Sends a body; signed unless `headers` say otherwise."""
        given = {"Content-Type": kind, **(signed(body) if headers is None else headers)}
        return requests.post(self.webhook, data=body, headers=given, timeout=40)

    def event(
        self, event: dict[str, Any], *, event_id: str | None = None, retry: tuple[int, str] | None = None
    ) -> requests.Response:
        """Sends an event; `retry` is the number of the retry and its reason."""
        body = json.dumps(event_of(event, event_id=event_id)).encode()
        again = {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]} if retry else {}
        return self.raw(body, "application/json", headers={**signed(body), **again})

    def interaction(self, payload: dict[str, Any]) -> requests.Response:
        """Sends a click."""
        return self.raw(urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded")

    def command(self, form: dict[str, str]) -> requests.Response:
        """Sends a slash command."""
        return self.raw(urlencode(form).encode(), "application/x-www-form-urlencoded")
