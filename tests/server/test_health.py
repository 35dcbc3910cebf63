"""What an operator's tools see of a real server: health, metrics for the own network only, log lines as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from bot.train import train
from tests.contract import check_turn
from tests.server.conftest import Server
from tests.servers import slack_environment
from tests.slack.requests_of_slack import Sender, direct_message
from tests.slack.standin import StandIn, until

QUESTION = "Are exosomes approved by the FDA?"


def _figures(server: Server) -> dict[tuple[str, ...], float]:
    page = requests.get(f"{server.url}/metrics", timeout=30)
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/plain")
    samples = [sample for family in text_string_to_metric_families(page.text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


def test_a_server_that_answers_is_live_and_ready(server: Server) -> None:
    found = [requests.get(f"{server.url}/health/{name}", timeout=30) for name in ("live", "ready")]
    assert [(reply.status_code, reply.json()) for reply in found] == [(200, {"status": "live"}), (200, {"status": "ready"})]


def test_turns_show_in_the_metrics(server: Server) -> None:
    answered = ("exoguide_turns_total", "answer", "approval_status", "rest")
    before = _figures(server).get(answered, 0.0)
    server.ask(QUESTION, sender="metrics")
    after = _figures(server)
    assert after[answered] == before + 1
    assert after["exoguide_facts",] > 300
    assert after["exoguide_facts_store_up",] == 1


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_who_comes_through_a_proxy_sees_no_metrics(server: Server, name: str) -> None:
    assert requests.get(f"{server.url}/metrics", headers={name: "127.0.0.1"}, timeout=30).status_code == 404


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StandIn, Server]]:
    """A server that lacks a fact and has a wrong token for Slack, a stand-in; it logs JSON."""
    train()
    slack, folder = StandIn().start(), tmp_path_factory.mktemp("faulty")
    wrong = slack_environment(slack, SLACK_BOT_TOKEN="xoxb-wrong", READY_FACT="about-answers-from-list")
    server = Server(folder=folder, env={**wrong, "LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}).start()
    yield slack, server
    server.stop()
    slack.stop()


@pytest.mark.xdist_group("alone")
def test_a_server_without_its_facts_is_live_and_not_ready_and_logs_json(faulty: tuple[StandIn, Server]) -> None:
    server = faulty[1]
    begin = len(server.log.read_text())
    server.ask(QUESTION, sender="me")
    reply = requests.get(f"{server.url}/health/ready", timeout=30)
    reason = "The reply to the fixed question does not hold the fact about-answers-from-list."
    assert (reply.status_code, reply.json()) == (503, {"status": "not ready", "reason": reason})
    assert requests.get(f"{server.url}/health/live", timeout=30).status_code == 200
    until(lambda: "bot.channels.ops.metrics" in server.log.read_text()[begin:], "the line of the turn")
    lines = [json.loads(line) for line in server.log.read_text()[begin:].splitlines() if line.startswith("{")]
    turns = [line for line in lines if line["logger"] == "bot.channels.ops.metrics"]
    assert [(line["channel"], line["kind"], line["topic"]) for line in turns] == [("rest", "answer", "approval_status")]
    assert QUESTION not in server.log.read_text()


@pytest.mark.xdist_group("alone")
def test_a_wrong_token_for_slack_is_one_line_and_the_other_channels_run(faulty: tuple[StandIn, Server]) -> None:
    slack, server = faulty
    said = [line for line in server.log.read_text().splitlines() if "Slack" in line]
    assert said == ["Slack is off: Slack refuses SLACK_BOT_TOKEN (invalid_auth). See docs/slack.md."]
    assert check_turn(server.ask("Are exosomes approved?", sender="one"))["kind"] == "answer"
    event = direct_message("Are exosomes approved?", ts=slack.ts())
    assert Sender(slack, server.url).event(event).status_code == 404
