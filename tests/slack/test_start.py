"""At the start one line says how Slack stands; a missing or wrong token is one clear sentence, and nothing else stops."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.settings import Settings, settings
from bot.slack.channel import SlackChannel
from bot.slack.config import Config, SlackOff, config
from tests.servers import PROXIES
from tests.slack.standin import APP_TOKEN, SECRET, TOKEN, StandIn

NAMES = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_API_URL")


def _settings(**given: Any) -> Settings:
    return Settings(**{name.lower(): None for name in NAMES[:3]} | given)


def test_requests_need_a_bot_token_and_the_signing_secret() -> None:
    made = config(_settings(slack_bot_token=f" {TOKEN} ", slack_signing_secret=SECRET))
    assert made == Config(TOKEN, SECRET, None, "https://slack.com/api/")


def test_socket_mode_needs_no_signing_secret() -> None:
    made = config(_settings(slack_bot_token=TOKEN, slack_app_token=APP_TOKEN))
    assert made == Config(TOKEN, None, APP_TOKEN, "https://slack.com/api/")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"slack_signing_secret": SECRET}, "SLACK_BOT_TOKEN is not set"),
        ({"slack_bot_token": TOKEN}, "SLACK_SIGNING_SECRET is not set, nor SLACK_APP_TOKEN for Socket Mode"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, str], said: str) -> None:
    with pytest.raises(SlackOff) as caught:
        config(_settings(**given))
    assert str(caught.value) == said


def _start(monkeypatch: pytest.MonkeyPatch, **given: str) -> SlackChannel:
    for name in (*NAMES, *PROXIES):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    channel = SlackChannel.from_credentials({})

    async def nobody(_: object) -> None:
        raise AssertionError

    async def run() -> None:
        await channel._start(nobody)
        if channel._socket:
            await channel._socket.close()

    asyncio.run(run())
    return channel


def _given(slack: StandIn, **more: str) -> dict[str, str]:
    return {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": slack.api_url, **more}


def test_without_settings_it_is_off(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    channel = _start(monkeypatch)
    assert capsys.readouterr() == ("Slack is off: SLACK_BOT_TOKEN is not set. See docs/slack.md.\n", "")
    assert channel.desk is None


def test_with_good_tokens_it_says_who_it_is(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    channel = _start(monkeypatch, **_given(slack))
    assert capsys.readouterr() == ("Slack: answers as exosome-guide in Example Clinic.\n", "")
    assert (channel.desk is not None, channel.bot) == (True, "U0BOT")


def test_socket_mode_is_named(slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    channel = _start(monkeypatch, **_given(slack, SLACK_APP_TOKEN=APP_TOKEN))
    assert capsys.readouterr().out == "Slack: answers as exosome-guide in Example Clinic (Socket Mode).\n"
    assert channel.desk is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-guess"}, "Slack is off: Slack refuses SLACK_BOT_TOKEN (invalid_auth). See docs/slack.md.\n"),
        ({"SLACK_APP_TOKEN": "xapp-guess"}, "Slack is off: Slack refuses SLACK_APP_TOKEN (invalid_auth). See docs/slack.md.\n"),
    ],
)
def test_a_token_that_slack_refuses_is_one_sentence(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: dict[str, str], said: str
) -> None:
    channel = _start(monkeypatch, **_given(slack, **wrong))
    assert capsys.readouterr() == (said, "")
    assert channel.desk is None


def test_a_missing_scope_is_named(slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    slack.scopes = "chat:write,commands"
    channel = _start(monkeypatch, **_given(slack))
    assert capsys.readouterr().out == (
        "Slack is off: the app lacks the scope app_mentions:read, im:history; install it again from deploy/slack-manifest.yml. "
        "See docs/slack.md.\n"
    )
    assert channel.desk is None


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"retry_after": 30}, {"error": "fatal_error"}, {"body": "<html>"}, {"body": "[]"}]
)
def test_a_slack_that_is_down_at_the_start_is_no_reason_to_be_off(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: dict[str, Any]
) -> None:
    slack.fault("auth.test", **fault)
    channel = _start(monkeypatch, **_given(slack))
    assert capsys.readouterr() == ("Slack: ready, but Slack itself does not answer now.\n", "")
    assert channel.desk is not None


def test_what_rasa_says_by_itself_is_laid_out_too(slack: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    output = _start(monkeypatch, **_given(slack)).get_output_channel("C0TALK", None)
    said = {"text": "A <reminder>", "buttons": [{"title": str(n), "payload": f"/a{n}"} for n in range(7)]}
    asyncio.run(output.send_response("nobody", said))
    (call,) = slack.of("chat.postMessage", channel="C0TALK")
    assert call.args["blocks"][0]["text"]["text"] == "A &lt;reminder&gt;"
    assert len(call.args["blocks"][1]["elements"]) == 7


def test_secrets_are_not_shown_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, kind in zip(NAMES[:3], ("xoxb", "no kind", "xapp")):
        monkeypatch.setenv(name, f"{kind}-tell-nobody")
    settings.cache_clear()
    assert "tell-nobody" not in repr(settings()) + str(settings().dict())
