"""What people take for granted and is wrong: however it is said, the reply holds a sourced fact that corrects it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.facts.catalogue import load
from bot.settings import settings
from tests.contract import check_turn
from tests.server.conftest import Server

FILE = Path(__file__).parents[1] / "data" / "false_premises.yml"
PREMISES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SAID = [
    pytest.param(premise, said, id=f"{premise['name']}: {number}")
    for premise in PREMISES
    for number, said in enumerate(premise["says"], start=1)
]


def test_there_are_many_premises_each_said_in_several_ways() -> None:
    assert len(PREMISES) >= 12
    assert {premise["name"]: len(set(premise["says"])) for premise in PREMISES if len(set(premise["says"])) < 4} == {}


def test_every_correcting_fact_is_on_file() -> None:
    on_file = load([settings().facts_dir]).facts
    assert {fact for premise in PREMISES for fact in premise["facts"]} - set(on_file) == set()


@pytest.mark.parametrize(("premise", "said"), SAID)
def test_a_false_premise_is_corrected_with_a_source(server: Server, premise: dict[str, Any], said: str) -> None:
    custom = check_turn(server.ask(said, sender=f"premise {said}"))
    shown = {fact["id"] for fact in custom["facts"]}
    assert shown & set(premise["facts"]), (custom["kind"], custom["topics"], sorted(shown))
