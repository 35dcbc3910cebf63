"""What arrives over HTTP: whether Slack sent it, just now, and what it holds. Imports no Rasa."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from slack_sdk.signature import Clock, SignatureVerifier

from bot.slack.incoming import Incoming, from_command, from_event, from_interaction


@dataclass(frozen=True)
class Received:
    """A request that was read: what it asks, or the challenge to send back."""

    incoming: Incoming = None
    challenge: str | None = None


class Signed:
    """Checks the signature over time and body; a request that is older than five minutes is a replay."""

    def __init__(self, secret: str, *, clock: Clock | None = None) -> None:
        self._verifier = SignatureVerifier(secret, clock or Clock())

    def valid(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether Slack signed `body`; never raises, whatever the headers hold."""
        try:
            return bool(self._verifier.is_valid_request(body, dict(headers)))
        except (ValueError, TypeError):  # no number for a time, a body or a signature that is no text
            return False


def read(body: bytes, content_type: str, *, bot: str | None = None) -> Received:
    """What a signed body holds. Raises ValueError for one that Slack would not send."""
    text = body.decode()
    if content_type.partition(";")[0].strip().lower() == "application/json":
        found = _object(text)
        if found.get("type") == "url_verification":
            return Received(challenge=str(found.get("challenge") or ""))
        return Received(from_event(found, bot=bot) if found.get("type") == "event_callback" else None)
    form = dict(parse_qsl(text, keep_blank_values=True))
    if "payload" in form:
        return Received(from_interaction(_object(form["payload"])))
    return Received(from_command(form) if "command" in form else None)


def _object(text: str) -> dict:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found
