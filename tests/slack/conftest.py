"""A stand-in for Slack, and the channel alone connected to it; `tests/servers.py` holds a whole server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.channels.turns.guard import guard
from bot.conversations.store import conversations
from bot.settings import settings
from tests.servers import slack_environment
from tests.slack.assistant import Assistant
from tests.slack.requests_of_slack import Sender
from tests.slack.standin import StandIn


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
        for name, value in slack_environment(slack, DATABASE_URL=f"sqlite:///{place}", ACTION_TIMEOUT="60").items():
            patch.setenv(name, value)
        conversations.cache_clear()
        settings.cache_clear()
        guard.cache_clear()
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
