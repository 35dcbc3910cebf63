"""What a person filled in, from the state that Slack sends with a press of the sending button. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack.mrkdwn import unescape

SUBMIT = "submit"  # with this begins the action id of the button that sends
CHOICE, WORDS, INSTEAD, RATING = "choice", "words", "instead", "rating-"  # names of inputs, in Slack's `block_id` and `action_id`


@dataclass(frozen=True)
class Filled:
    """`text` is what is said to the assistant, empty where nothing was filled in; `shown` is the answer of each input.

    `screen` is the one that was filled in. `words` says that the text is a person's own, and no payload that was offered.
    """

    screen: str
    text: str = ""
    asked: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> bool:
        """Whether the text is no payload."""
        return CHOICE not in self.shown

    @property
    def label(self) -> str:
        """The answers in one line."""
        return ", ".join(self.shown.values())


def read(value: str, values: Any) -> Filled:
    """What was filled in. `value` is the sending button's, `values` the state; both are read without trust.

    As in the widget, ratings go together, own words go before a choice, and a choice is the payload that was offered.
    """
    screen, _, asked = value.partition(" ")
    found = {}
    for name, inputs in values.items() if isinstance(values, Mapping) else ():
        element = inputs.get(name) if isinstance(inputs, Mapping) else None
        if isinstance(element, Mapping) and (answer := _answer(element)):
            found[str(name)] = answer
    ratings = {name.removeprefix(RATING): answer for name, (answer, _) in found.items() if name.startswith(RATING)}
    if ratings:
        pairs = ", ".join(f"{number}: {rating}" for number, rating in sorted(ratings.items(), key=lambda pair: pair[0].zfill(3)))
        shown = {name: label for name, (_, label) in found.items() if name.startswith(RATING)}
        return Filled(screen, f"{pairs} next", asked, shown)
    for name in (WORDS, INSTEAD):
        if name in found:
            return Filled(screen, found[name][0], asked, {name: found[name][1]})
    if CHOICE in found:
        payload, label = found[CHOICE]
        return Filled(screen, payload, asked, {CHOICE: label})
    return Filled(screen, asked=asked)


def _answer(element: Mapping[str, Any]) -> tuple[str, str] | None:
    """What one input holds: its value, and how a person reads it."""
    if element.get("type") == "plain_text_input":
        words = unescape(str(element.get("value") or "")).strip()
        return (words, words) if words else None
    option = element.get("selected_option")
    if not isinstance(option, Mapping) or not option.get("value"):
        return None
    label = str((option.get("text") or {}).get("text") or option["value"])
    return str(option["value"]), unescape(label)
