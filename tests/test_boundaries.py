"""The core stays plain: no Rasa in it, and modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.settings import ROOT

FOLDERS = ("facts", "answer", "aid", "safety", "conversations", "curation")
CORE = [
    *(ROOT / "bot").glob("*.py"),
    *(path for name in FOLDERS for path in (ROOT / "bot" / name).rglob("*.py")),
    *(ROOT / "bot" / "nlu" / f"{name}.py" for name in ("encoder", "classifier", "matcher", "training_data")),
    *(path for path in (ROOT / "bot" / "slack").glob("*.py") if path.name not in ("channel.py", "desk.py")),
    *(ROOT / "bot" / "channels" / f"{name}.py" for name in ("envelope", "guard", "incoming", "metrics", "queue", "shared_locks")),
]
LAUNCHERS = {"serve.py", "train.py", "local.py", "shell.py"}
MODULES = [path for name in ("bot", "actions", "tools", "tests") for path in (ROOT / name).rglob("*.py")]


def _imported(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    nodes = ast.walk(ast.parse(path.read_text()))
    return names | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("path", [p for p in CORE if p.name not in LAUNCHERS], ids=lambda path: str(path.relative_to(ROOT)))
def test_core_module_imports_no_rasa_and_no_tensorflow(path: Path) -> None:
    assert {name for name in _imported(path) if name.split(".")[0] in ("rasa", "rasa_sdk", "tensorflow")} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short(path: Path) -> None:
    limit = 400 if "tests" in path.parts else 300
    assert len(path.read_text().splitlines()) <= limit
