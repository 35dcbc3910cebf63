"""`docs/ipdas.md` lists all 44 criteria, counts right, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter

from bot.settings import ROOT

ROW = re.compile(r"^\| ([QCK])(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "ipdas.md").read_text(encoding="utf-8"))


def test_all_criteria_are_listed_in_order() -> None:
    assert [(group, int(number)) for group, number, *_ in ROWS] == [
        *(("Q", n) for n in range(1, 7)),
        *(("C", n) for n in range(1, 11)),
        *(("K", n) for n in range(1, 29)),
    ]


def test_what_is_met_what_needs_people_and_what_is_for_tests_is_counted_right() -> None:
    assert Counter((group, state.strip()) for group, _, _, state, _ in ROWS) == {
        ("Q", "met"): 6,
        ("C", "met"): 6,
        ("C", "tests only"): 4,
        ("K", "met"): 15,
        ("K", "needs people"): 8,
        ("K", "tests only"): 5,
    }


def test_each_criterion_that_is_met_names_a_test_that_exists_and_no_other_names_one() -> None:
    named = {f"{group}{number}": re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", where) for group, number, _, _, where in ROWS}
    states = {f"{group}{number}": state.strip() for group, number, _, state, _ in ROWS}
    assert {id for id, tests in named.items() if tests} == {id for id, state in states.items() if state == "met"}
    missing = [f"{path}::{name}" for tests in named.values() for path, name in tests if name not in _functions(path)]
    assert missing == []


def _functions(path: str) -> set[str]:
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
