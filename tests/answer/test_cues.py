"""The lists of words behind the special cases: how their entries are read, and what is wrong with a file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.answer.detect.cues import cues, shows
from bot.errors import SettingsError
from bot.settings import ROOT

LISTS = "lists: {fruit: [apple*, pear], of: ['{fruit} of']}\n"


def met(folder: Path, says: str, text: str) -> bool:
    """Whether `text` shows a cue with the entry `says`."""
    path = folder / "cues.yml"
    path.write_text(f"{LISTS}cues: {{one: {{says: ['{says}'], unless: [rotten]}}}}\n")
    cues.cache_clear()
    try:
        return cues(path)["one"].met(text)
    finally:
        cues.cache_clear()


@pytest.mark.parametrize(
    ("says", "text", "shown"),
    [
        ("my {fruit}", "Is my apple ripe?", True),
        ("my {fruit}", "my dear apple", False),
        ("my _ {fruit}", "my apples", True),
        ("my _ {fruit}", "my dear apples", True),
        ("my _ {fruit}", "my very dear apples", False),
        ("my .. {fruit}", "my very dear little apples", True),
        ("my .. {fruit}", "my own. An apple", False),
        ("my ... {fruit}", "my own, as I said to you the other day, is an apple", True),
        ("my ... {fruit}", "it is my own. An apple", False),
        ("my ... {fruit}", "my 0.5 apples", True),
        ("my {of} rome", "my pear of Rome", True),
        ("#-mm {fruit}", "a 1.5 mm apple", True),
        ("#-mm {fruit}", "a 15mm apple", True),
        ("^ {fruit}", "... apples, please", True),
        ("^ {fruit}", "an apple", False),
        ("{fruit} $", "an apple?", True),
        ("{fruit} $", "an apple please", False),
        ("{fruit}", "a rotten apple", False),
        ("{fruit}", "a spear", False),
    ],
)
def test_an_entry_is_met(tmp_path: Path, says: str, text: str, shown: bool) -> None:
    assert met(tmp_path, says, text) is shown


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="{nut}"):
        met(tmp_path, "my {nut}", "anything")


def test_each_cue_of_the_file_is_asked_for_and_no_other() -> None:
    calls = (node for path in (ROOT / "bot").rglob("*.py") for node in ast.walk(ast.parse(path.read_text())))
    named = {
        node.args[0].value
        for node in calls
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "shows" and isinstance(node.args[0], ast.Constant)
    }
    assert named == set(cues())


def test_a_long_message_without_an_end_is_read_quickly() -> None:
    assert not any(shows(name, "if what how when to do you after the my is " * 100) for name in ("when_to_call", "symptom_shown"))
