"""The running servers that tests of several folders share, and which worker runs the tests of each.

A start takes seconds of processor time, so tests that need the same settings share one server. They must then run in one worker:
`group` says which, by the fixture that a test asks for; tests that start servers of their own are of the group `alone`. The
groups that take longest come first, so that all workers end together. There are three
workers for two cores, because many tests wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from _pytest.nodeid import coerce_node_id

from bot.train import train
from tests.server.conftest import Server
from tests.server.tab import SECRET as WIDGET_SECRET
from tests.slack.standin import APP_TOKEN, SECRET, TOKEN, StandIn

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")  # slack_sdk would ask them for 127.0.0.1 too
# No limits: these tests ask faster than people do. The limits have a server of their own.
UNLIMITED = {"RATE_PER_CONVERSATION": "none", "RATE_PER_ADDRESS": "none"}
GROUPS = ("alone", "browser", "server", "figures", "rasa", "faults", "trio", "narrow")
OF_FIXTURE = {"browser": "browser", "trio": "trio", "server": "server", "workspace": "server", "site": "narrow"}


def slack_environment(slack: StandIn, **more: str) -> dict[str, str]:
    """The settings of a server that is connected to `slack`."""
    own = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": slack.api_url}
    return {**UNLIMITED, **dict.fromkeys(PROXIES, ""), **own, **more}


def group(item: pytest.Item) -> str | None:
    """The group of a test: as marked, else by the first fixture in OF_FIXTURE that it asks for."""
    if marked := item.get_closest_marker("xdist_group"):
        return str(marked.args[0])
    names = set(getattr(item, "fixturenames", ()))
    return next((name for fixture, name in OF_FIXTURE.items() if fixture in names), None)


def arrange(items: list[pytest.Item]) -> None:
    """Marks each test with its group and puts the groups first, in their order."""
    found = {id(item): group(item) for item in items}
    for item in items:
        if name := found[id(item)]:
            item.add_marker(pytest.mark.xdist_group(name))
    place = {name: number for number, name in enumerate(GROUPS)}
    items.sort(key=lambda item: place.get(found[id(item)] or "", len(GROUPS)))


def name_groups(items: list[pytest.Item]) -> None:
    """Ends each test's id with its group. xdist 3.8 means to do so, but sets an attribute that pytest 9.2 does not read."""
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = coerce_node_id(f"{item.nodeid}@{mark.args[0]}")


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StandIn, Server]]:
    """A stand-in for Slack and a server without limits that is connected to it, also with Socket Mode."""
    train()
    slack = StandIn().start()
    env = slack_environment(slack, SLACK_APP_TOKEN=APP_TOKEN, PUBLIC_URL="https://guide.example")
    server = Server(folder=tmp_path_factory.mktemp("server"), env=env).start()
    yield slack, server
    server.stop()
    slack.stop()


@pytest.fixture(scope="session")
def server(workspace: tuple[StandIn, Server]) -> Server:
    """That server; each test uses a sender of its own."""
    return workspace[1]


@pytest.fixture(scope="session")
def trio(postgres: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Three servers without limits that share a PostgreSQL, facts and conversations in one database, and a Redis."""
    train()
    env = {**UNLIMITED, "DATABASE_URL": postgres, "TRACKER_URL": postgres, "REDIS_URL": redis_url, "WIDGET_SECRET": WIDGET_SECRET}
    servers = [Server(folder=tmp_path_factory.mktemp(f"trio-{number}"), env=env) for number in range(3)]
    try:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(Server.start, servers))
        yield servers
    finally:
        for server in servers:
            server.process.kill()
            server.process.wait(timeout=60)
