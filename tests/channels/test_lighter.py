"""What Rasa is spared for each message changes no decision."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RulePolicy

from bot.channels.rasa_parts.lighter import REMEMBERED, lighten

LISTEN = {"prev_action": {"action_name": "action_listen"}}
SAFETY = [{"user": {"intent": "definition"}, **LISTEN}]
AFTER = [*SAFETY, {"user": {"intent": "definition"}, "prev_action": {"action_name": "action_answer"}}]
WORDS = [{"user": {"text": "hello"}, **LISTEN}]


def _policy(*rules: list[dict[str, Any]]) -> RulePolicy:
    made = RulePolicy.__new__(RulePolicy)
    made.lookup = {RULES: {json.dumps(rule): "action_answer" for rule in rules}}
    return made


def _lightened(*rules: list[dict[str, Any]]) -> RulePolicy:
    made = _policy(*rules)
    lighten(SimpleNamespace(), [made, object()])  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("states", [[], SAFETY, AFTER, [{}, *SAFETY], [{"user": {"intent": "cost"}, **LISTEN}]])
def test_the_same_rules_fit_each_time_they_are_asked_for(states: list[dict[str, Any]]) -> None:
    plain, light = _policy(SAFETY, AFTER), _lightened(SAFETY, AFTER)
    wanted = plain._get_possible_keys(plain.lookup[RULES], states)
    for _ in range(2):
        found = light._get_possible_keys(light.lookup[RULES], states)
        assert found == wanted
        found.clear()  # what a caller does with it is not kept


def test_no_more_situations_are_kept_than_there_is_room_for() -> None:
    light = _lightened(SAFETY)
    for number in range(REMEMBERED + 3):
        light._get_possible_keys(light.lookup[RULES], [{"user": {"intent": str(number)}, **LISTEN}])
    kept = next(cell.cell_contents for cell in light._get_possible_keys.__closure__ if isinstance(cell.cell_contents, dict))  # type: ignore[attr-defined]
    assert len(kept) == 3


def test_rules_are_looked_up_by_words_only_where_a_rule_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", lambda self, tracker, domain, by_words: ("found", "key", by_words))
    none, some = _lightened(SAFETY), _lightened(SAFETY, WORDS)
    asked = [policy._find_action_from_rules(None, None, by_words) for policy in (none, some) for by_words in (True, False)]  # type: ignore[arg-type]
    assert asked == [(None, None, False), ("found", "key", False), ("found", "key", True), ("found", "key", False)]
