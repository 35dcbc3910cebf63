"""Checks one turn against the answer contract; used by every test that sees a whole reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.facts.schema import ISO_DATE
from bot.vocabulary import KINDS, SCOPE_VALUES, TOPICS

FIELDS = {"kind", "topics", "scope", "facts", "sources", "caveats", "notice"}
VERDICT = re.compile(r"\b(you should (not )?(have|get|do) (it|this|the)|i recommend|you must not have|go ahead)", re.I)


def check_turn(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Asserts that the turn keeps the contract; returns its `custom` object."""
    assert messages, "silence"
    assert all(message.get("text", "").strip() for message in messages)
    with_custom = [message for message in messages if "custom" in message]
    assert len(with_custom) == 1
    custom = with_custom[0]["custom"]
    text = "\n".join(message["text"] for message in messages)
    assert set(custom) - {"form"} == FIELDS
    if form := custom.get("form"):
        assert custom["kind"] == "decision"
        assert (form["of"], form["progress"]) == (7, f"Step {form['step']} of 7")
    assert custom["kind"] in KINDS
    assert set(custom["topics"]) <= set(TOPICS)
    assert len(custom["topics"]) <= 2
    _check_scope(custom["scope"])
    numbers = {source["n"] for source in custom["sources"]}
    for fact in custom["facts"]:
        assert set(fact) == {"id", "statement", "evidence", "as_of", "citations"}
        assert fact["citations"], "a fact without a source"
        assert set(fact["citations"]) <= numbers
        assert ISO_DATE.match(fact["as_of"])
        assert fact["statement"] in text
        assert all(f"[{n}]" in text for n in fact["citations"])
    for source in custom["sources"]:
        assert set(source) == {"n", "id", "title", "publisher", "published", "url", "kind", "interest"}
        assert f"[{source['n']}]" in text
        assert source["title"] in text
    for caveat in custom["caveats"]:
        assert caveat in text
    if custom["notice"]:
        assert custom["notice"] in text
    if custom["kind"] == "emergency":
        assert not custom["facts"]
        assert not custom["sources"]
        assert not any(message.get("buttons") for message in messages)
    assert not VERDICT.search(text)
    return dict(custom)


def _check_scope(scope: dict[str, str]) -> None:
    assert set(scope) <= {*SCOPE_VALUES, "jurisdiction"}
    for key, allowed in SCOPE_VALUES.items():
        assert scope.get(key, allowed[0]) in allowed
    assert re.fullmatch(r"[A-Z]{2}", scope.get("jurisdiction", "US"))
