"""Replays `tests/scenarios/*.yml` over REST against a running server; every turn must keep the contract.

Once with SQLite and once, where TEST_DATABASE_URL names a PostgreSQL, with that and with each turn at another of three servers.

A step says what is typed (`say`) or which button is pressed (`press`: its title), and what must come: `kind` (one or
several; an answer where it is left out), `topics` (any of them named), `scope` (these pairs), `says` (phrases in the
text), `not` (phrases that must not be there), `facts` (ids shown), `first` (the fact or gap that is told first, one of these).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.facts.schema import Fact, Gap
from tests.builders import shipped
from tests.contract import check_turn
from tests.server.conftest import Server

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for scenario in yaml.safe_load(path.read_text(encoding="utf-8"))
]


ANSWER = ["answer", "no_evidence"]


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else [value]


def first_told(text: str) -> str | None:
    """The fact or gap on file that `text` tells first."""
    entries: list[Fact | Gap] = [*shipped().facts.values(), *shipped().gaps.values()]
    told = {entry.id: text.find(entry.statement) for entry in entries}
    return min((id for id, place in told.items() if place >= 0), key=lambda id: told[id], default=None)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario_goes_as_written(server: Server, scenario: dict[str, Any]) -> None:
    _replay(scenario, [server])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario_goes_as_written_on_postgresql(trio: list[Server], scenario: dict[str, Any]) -> None:
    _replay(scenario, trio)


def _replay(scenario: dict[str, Any], servers: Sequence[Server]) -> None:
    sender, buttons = f"scenario {scenario['name']}", {}  # type: tuple[str, dict[str, str]]
    for step, server in zip(scenario["steps"], cycle(servers)):
        text = buttons[step["press"]] if "press" in step else str(step["say"])
        messages = server.ask(text, sender=sender)
        custom = check_turn(messages)
        said = "\n".join(message["text"] for message in messages)
        assert custom["kind"] in _listed(step.get("kind", ANSWER)), said
        if "topics" in step:
            assert set(custom["topics"]) & set(_listed(step["topics"])) or custom["topics"] == step["topics"], custom["topics"]
        assert step.get("scope", {}).items() <= custom["scope"].items()
        if "first" in step:
            assert first_told(said) in _listed(step["first"]), said
        for phrase in _listed(step.get("says", [])):
            assert phrase.lower() in said.lower()
        for phrase in _listed(step.get("not", [])):
            assert phrase.lower() not in said.lower()
        assert set(_listed(step.get("facts", []))) <= {fact["id"] for fact in custom["facts"]}
        buttons = {b["title"]: b["payload"] for message in messages for b in message.get("buttons") or []}
