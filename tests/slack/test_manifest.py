"""The manifest creates an app that can do what the code needs, and no more."""

from __future__ import annotations

import yaml

from bot.settings import ROOT
from bot.slack.config import SCOPES
from tests.slack.standin import NEEDS

MANIFEST = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yml").read_text(encoding="utf-8"))
ADDRESS = "https://guide.example/webhooks/slack/webhook"


def test_the_scopes_are_those_that_the_code_needs() -> None:
    assert MANIFEST["oauth_config"]["scopes"] == {"bot": list(SCOPES)}


def test_no_scope_is_there_that_no_event_method_or_command_needs() -> None:
    of_events = {"app_home_opened": None, "app_mention": "app_mentions:read", "message.im": "im:history"}  # as Slack documents them
    heard = {of_events[name] for name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]}
    assert heard | set(NEEDS.values()) | {"commands"} == {None, *MANIFEST["oauth_config"]["scopes"]["bot"]}


def test_the_events_are_those_that_are_read() -> None:
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened", "app_mention", "message.im"]


def test_home_tab_messages_and_command_are_on() -> None:
    features = MANIFEST["features"]
    assert features["app_home"] == {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}
    (command,) = features["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/exosomes", True)


def test_all_three_addresses_are_the_route_of_the_channel() -> None:
    settings = MANIFEST["settings"]
    addresses = [MANIFEST["features"]["slash_commands"][0]["url"], settings["event_subscriptions"]["request_url"]]
    assert [*addresses, settings["interactivity"]["request_url"]] == [ADDRESS] * 3


def test_names_and_descriptions_are_as_short_as_slack_wants_them() -> None:
    shown, command = MANIFEST["display_information"], MANIFEST["features"]["slash_commands"][0]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(MANIFEST["features"]["bot_user"]["display_name"]) <= 80
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_the_walk_through_names_every_scope_and_setting() -> None:
    said = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    assert [
        name for name in (*SCOPES, "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN") if f"`{name}`" not in said
    ] == []
