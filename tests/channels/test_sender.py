"""A sender's name is kept as it is when it is short and plain, else as a hash that stays the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import sender_name

KEPT = re.compile(r"[A-Za-z0-9_.:-]{1,100}|~[0-9a-f]{40}")


@pytest.mark.parametrize(("given_", "kept"), [("me", "me"), ("rest-a", "rest-a"), (5, "5"), ("a.b:c_d-1", "a.b:c_d-1")])
def test_a_plain_name_stays(given_: Any, kept: str) -> None:
    assert sender_name(given_) == kept


@pytest.mark.parametrize("missing", [None, "", "  ", [], {}, True, False, ["a"], {"a": 1}])
def test_without_a_name_everyone_is_alone(missing: Any) -> None:
    assert sender_name(missing) != sender_name(missing)


@pytest.mark.parametrize("strange", ["ann@example.com", "Ann Lee", "a\x00b", "../x", "é", "\ud800", "x" * 101, "555-123-4567"])
def test_a_strange_or_personal_name_is_hashed(strange: str) -> None:
    assert re.fullmatch(r"~[0-9a-f]{40}", sender_name(strange))
    assert sender_name(strange) == sender_name(strange)


def test_names_that_differ_only_at_their_end_differ() -> None:
    assert sender_name("x" * 5000 + "a") != sender_name("x" * 5000 + "b")


@given(name=st.one_of(st.text(st.characters(exclude_categories=()), max_size=120), st.integers(), st.floats(), st.none()))
def test_whatever_is_given_the_name_is_plain_and_stays_the_same(name: Any) -> None:
    kept = sender_name(name)
    assert KEPT.fullmatch(kept)
    assert sender_name(kept) == kept
