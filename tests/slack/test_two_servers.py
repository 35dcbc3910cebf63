"""Two servers for one workspace, as behind a load balancer: each thing is handled once, and what one said the other knows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.train import train
from tests.server.conftest import Server
from tests.servers import slack_environment
from tests.slack.looks import buttons, held, posts, press, shown
from tests.slack.requests_of_slack import Sender, command_of, direct_message, press_of
from tests.slack.standin import CHANNEL, DIRECT, USER, StandIn

pytestmark = pytest.mark.xdist_group("alone")


@pytest.fixture(scope="module")
def pair(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StandIn, Sender, Sender]]:
    """One Slack that writes to two servers with one database and one Redis."""
    train()
    slack = StandIn().start()
    url = f"sqlite:///{tmp_path_factory.mktemp('shared') / 'facts.db'}"
    env = slack_environment(slack, REDIS_URL=redis_url, DATABASE_URL=url)
    servers = [Server(folder=tmp_path_factory.mktemp("server"), env=env) for _ in range(2)]
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(Server.start, servers))
        yield slack, Sender(slack, servers[0].url), Sender(slack, servers[1].url)
    finally:
        for server in servers:
            server.stop()
        slack.stop()
    assert slack.violations == []


def test_what_both_are_told_of_is_answered_once_and_in_order(pair: tuple[StandIn, Sender, Sender]) -> None:
    slack, *senders = pair
    id = uuid.uuid4().hex
    questions = ("Are exosomes approved?", "What does it cost?", "Is it safe?")
    for number, text in enumerate(questions):
        event = direct_message(text, ts=slack.hear(DIRECT, user=USER, text=text))
        for sender in senders if number % 2 else reversed(senders):
            assert sender.event(event, event_id=f"Ev{id}{number}").status_code == 200
    posts(slack, 3, channel=DIRECT)
    last = direct_message("hello", ts=slack.hear(DIRECT, user=USER, text="hello"))
    assert senders[1].event(last).status_code == 200
    said = [call.args["text"] for call in posts(slack, 4, channel=DIRECT)]
    assert len(said) == 4
    assert ["approv" in said[0], "cost" in said[1] or "price" in said[1], "safe" in said[2]] == [True] * 3


def test_a_click_is_understood_by_the_server_that_did_not_answer(pair: tuple[StandIn, Sender, Sender]) -> None:
    slack, one, other = pair
    channel = "D0CLICK"
    event = direct_message("Are exosomes approved?", ts=slack.hear(channel, user=USER, text="x"), channel=channel)
    one.event(event)
    message = held(slack, posts(slack, 1, channel=channel)[0])
    more = next(button for button in buttons(message["blocks"]) if button["value"].startswith("/"))
    url = slack.response_url(channel=channel, user=USER)
    payload = press_of(more, message=message, channel=channel, url=url)
    assert [sender.interaction(payload).status_code for sender in (other, one)] == [200, 200]
    posts(slack, 2, channel=channel)
    again = direct_message("hello", ts=slack.hear(channel, user=USER, text="hello"), channel=channel)
    one.event(again)
    assert len(posts(slack, 3, channel=channel)) == 3


def test_what_one_server_answered_the_other_shares(pair: tuple[StandIn, Sender, Sender]) -> None:
    slack, one, other = pair
    form = command_of("Are exosomes approved?", url=slack.response_url(channel=CHANNEL, user=USER))
    assert [sender.command(form).status_code for sender in (one, other)] == [200, 200]
    answer, choices = shown(slack, 2)
    press(other, buttons(choices["blocks"])[-1], message=None, channel=CHANNEL)
    public = shown(slack, 3)[2]
    assert (public["response_type"], public["blocks"][: len(answer["blocks"])]) == ("in_channel", answer["blocks"])
