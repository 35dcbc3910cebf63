"""Whether Slack can be served: what is set, and what Slack says of it. A problem is one sentence. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import ExoError
from bot.settings import Settings

SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history")  # the least that is needed, as in deploy/slack-manifest.yml
REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type")


class SlackOff(ExoError):
    """Slack cannot be served; the text says why."""


@dataclass(frozen=True)
class Config:
    """What Slack needs. Over HTTP requests are signed (`secret`); with Socket Mode this server calls Slack (`app_token`)."""

    token: str
    secret: str | None
    app_token: str | None
    api_url: str


def config(chosen: Settings) -> Config:
    """The configuration in `chosen`. Raises SlackOff where something is missing."""
    token, secret, app_token = (
        found.get_secret_value().strip() if found else None
        for found in (chosen.slack_bot_token, chosen.slack_signing_secret, chosen.slack_app_token)
    )
    if not token:
        raise SlackOff("SLACK_BOT_TOKEN is not set")
    if not secret and not app_token:
        raise SlackOff("SLACK_SIGNING_SECRET is not set, nor SLACK_APP_TOKEN for Socket Mode")
    return Config(token, secret, app_token, chosen.slack_api_url)


def refused(setting: str, code: str) -> SlackOff | None:
    """What to say when Slack answered `code` to a token; None when the token is not what is wrong."""
    return SlackOff(f"Slack refuses {setting} ({code})") if code in REFUSED else None


def missing(scopes: Iterable[str]) -> SlackOff | None:
    """What to say where a token lacks one of SCOPES; None where Slack names no scopes at all."""
    granted = {scope.strip() for scope in scopes if scope.strip()}
    lacking = [scope for scope in SCOPES if scope not in granted]
    if not granted or not lacking:
        return None
    return SlackOff(f"the app lacks the scope {', '.join(lacking)}; install it again from deploy/slack-manifest.yml")
