"""docs/safety.md names tests that exist, and the lock file pins what docs/dependencies.md says."""

from __future__ import annotations

import ast
import re

from bot.settings import ROOT

SAFETY = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def _functions(path: str) -> set[str]:
    found = ROOT / path
    if not found.is_file():
        return set()
    nodes = ast.walk(ast.parse(found.read_text(encoding="utf-8")))
    return {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_test_named_in_the_threat_model_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SAFETY)
    assert len(named) > 30
    assert [f"{path}::{name}" for path, name in named if name not in _functions(path)] == []


def test_every_threat_names_what_stops_it_and_a_test() -> None:
    threats = [row for row in _rows(SAFETY) if row[0] != "what can go wrong"]
    assert len(threats) > 25
    assert [row[0] for row in threats if len(row) != 3 or not row[1] or "::" not in row[2]] == []


def test_every_package_is_pinned_with_its_hash() -> None:
    pinned = re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", LOCK)
    assert len(pinned) > 100
    assert [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_the_versions_that_the_document_speaks_of_are_those_of_the_lock_file() -> None:
    locked = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", LOCK, flags=re.M))
    said = dict(re.findall(r"^\| ([\w-]+) ([\d.]+) \|", DEPENDENCIES, flags=re.M))
    assert len(said) > 5
    assert {name: version for name, version in said.items() if not locked[name].startswith(version)} == {}
