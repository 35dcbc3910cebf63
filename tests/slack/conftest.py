"""A stand-in for Slack, and what is connected to it: the channel alone for most tests, the whole server for some."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.conversations.store import conversations
from bot.settings import settings
from bot.train import train
from tests.server.conftest import Server
from tests.slack.assistant import Assistant
from tests.slack.requests_of_slack import Sender
from tests.slack.standin import APP_TOKEN, SECRET, TOKEN, StandIn

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")  # slack_sdk would ask them for 127.0.0.1 too


def environment(slack: StandIn, **more: str) -> dict[str, str]:
    """The settings of a server that is connected to `slack`."""
    unlimited = {"RATE_PER_CONVERSATION": "none", "RATE_PER_ADDRESS": "none", **dict.fromkeys(PROXIES, "")}
    own = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": slack.api_url}
    return {**unlimited, **own, **more}


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A stand-in for Slack of this test's own; nothing that it refused for its form may be left."""
    running = StandIn().start()
    yield running
    running.stop()
    assert running.violations == []


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The channel alone, connected to a stand-in over HTTP; one for all tests of this process."""
    slack = StandIn().start()
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("slack") / "facts.db"
        for name, value in environment(slack, DATABASE_URL=f"sqlite:///{place}", ACTION_TIMEOUT="60").items():
            patch.setenv(name, value)
        conversations.cache_clear()
        settings.cache_clear()
        running = Assistant(slack)
    yield running
    running.stop()
    slack.stop()


@pytest.fixture
def assistant(served: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The same, as new; what it sent in this test was in order."""
    for name, value in served.environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    conversations.cache_clear()
    served.renew()
    yield served
    served.mind.go_on.set()
    conversations.cache_clear()
    assert served.slack.violations == []


@pytest.fixture
def sender(assistant: Assistant) -> Sender:
    """Slack as it writes to `assistant`."""
    return Sender(assistant.slack, assistant.url)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StandIn, Server]]:
    """A stand-in and a server connected to it, also with Socket Mode."""
    train()
    slack = StandIn().start()
    folder = tmp_path_factory.mktemp("slack")
    server = Server(folder=folder, env=environment(slack, SLACK_APP_TOKEN=APP_TOKEN)).start()
    yield slack, server
    server.stop()
    slack.stop()
