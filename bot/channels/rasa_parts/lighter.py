"""Spares Rasa what it does anew for each message though the outcome is known.

Everything here is changed on the objects of one loaded model; the one thing changed in Rasa itself is in `in_process.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import TEXT

REMEMBERED = 512  # situations of a conversation whose rules are kept


def _same_rules(policy: RulePolicy) -> None:
    """Keeps which rules fit a situation: Rasa tries each of some two hundred on each of the states every time."""
    find = policy._get_possible_keys
    kept: dict[str, set[str]] = {}

    def found(lookup: dict[str, str], states: list[State]) -> set[str]:
        situation = f"{id(lookup)} {states}"
        if situation not in kept:
            if len(kept) >= REMEMBERED:
                kept.clear()
            kept[situation] = find(lookup, states)
        return set(kept[situation])

    policy._get_possible_keys = found  # type: ignore[method-assign]


def _no_texts(policy: RulePolicy) -> None:
    """Looks no rule up by the words of a message where no rule has any: they are all written with intents."""
    rules = policy.lookup[RULES]
    if any(TEXT in state.get(USER, {}) for key in rules for state in policy._rule_key_to_state(key)):
        return
    find = policy._find_action_from_rules

    def found(tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        return (None, None, False) if use_text_for_last_user_input else find(tracker, domain, False)

    policy._find_action_from_rules = found  # type: ignore[method-assign]


def lighten(processor: MessageProcessor, components: Iterable[object]) -> None:
    """Takes the load off `processor` and the `components` of its model."""
    # It builds an empty domain for each message, to warn of intents that the domain lacks; `rasa data validate` looks for those.
    processor._check_for_unseen_features = lambda parse_data: None  # type: ignore[method-assign]
    for component in components:
        if isinstance(component, RulePolicy):
            _same_rules(component)
            _no_texts(component)
