"""The core stays plain: no Rasa in it, nothing imports what stands above it, and modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot import model_inputs
from bot.settings import ROOT

FOLDERS = ("facts", "answer", "aid", "safety", "conversations", "curation")
CORE = [
    *(ROOT / "bot").glob("*.py"),
    *(path for name in FOLDERS for path in (ROOT / "bot" / name).rglob("*.py")),
    *(ROOT / "bot" / "nlu" / f"{name}.py" for name in ("encoder", "classifier", "matcher", "training_data")),
    *(path for path in (ROOT / "bot" / "slack").glob("*.py") if path.name not in ("channel.py", "desk.py")),
    *(path for path in (ROOT / "bot" / "channels").rglob("*.py") if "Imports no Rasa" in path.read_text()),
]
LAUNCHERS = {"serve.py", "train.py", "local.py", "shell.py"}
MODULES = [path for name in ("bot", "actions", "tools", "tests") for path in (ROOT / name).rglob("*.py")]
# From the ground up: a module imports from its own layer and those below. What starts everything stands above them all.
LAYERS = (
    "errors settings vocabulary slots yaml_files kept logs quiet origins port encoder_files".split()
    + "model_inputs database database_errors".split(),
    ["safety"],
    ["conversations"],
    ["facts"],
    ["clinic"],
    ["nlu"],
    ["answer"],
    ["aid"],
    ["service"],
    "dialogue channels curation".split(),
    ["slack"],
    "lean train local serve shell cli".split(),
    ["actions"],
)
# The gate's classifier and the one of questions share their mathematics, which know nothing of either.
ALLOWED = {"bot.safety.emergency.gate": {"bot.nlu.linear", "bot.nlu.neighbours"}}


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _imported(path: Path) -> set[str]:
    """The modules that are imported anywhere in the file; of `from bot import logs`, `bot.logs`."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    of_bot = {f"bot.{alias.name}" for node in froms if node.module == "bot" for alias in node.names}
    return names | of_bot | {node.module for node in froms if node.module and node.module != "bot"}


@pytest.mark.parametrize("path", [p for p in CORE if p.name not in LAUNCHERS], ids=_named)
def test_core_module_imports_no_rasa_and_no_tensorflow(path: Path) -> None:
    assert {name for name in _imported(path) if name.split(".")[0] in ("rasa", "rasa_sdk", "tensorflow")} == set()


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_module_is_short(path: Path) -> None:
    limit = 400 if "tests" in path.parts else 300
    assert len(path.read_text().splitlines()) <= limit


def _layer(module: str) -> int:
    """The place in LAYERS of a dotted name: the top where it has none there, the ground for what is not of this project."""
    top, *below = module.split(".")
    if top not in ("bot", "actions", "tools", "tests"):
        return 0
    name = below[0] if top == "bot" else top
    return next((place for place, names in enumerate(LAYERS) if name in names), len(LAYERS))


@pytest.mark.parametrize("path", [path for path in MODULES if path.relative_to(ROOT).parts[0] in ("bot", "actions")], ids=_named)
def test_module_imports_only_what_stands_below_it(path: Path) -> None:
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert {name for name in _imported(path) - ALLOWED.get(own, set()) if _layer(name) > _layer(own)} == set()


def _files(module: str) -> set[Path]:
    """The file of a dotted name in bot/; of a package, where a name in it is meant, that one's too."""
    place = ROOT.joinpath(*module.split("."))
    return {path for path in (place.with_suffix(".py"), place / "__init__.py") if module.startswith("bot.") and path.is_file()}


def _names_in(path: Path) -> set[str]:
    """As `_imported`, and of `from bot.safety import gate`, `bot.safety.gate` as well."""
    froms = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom) and node.module]
    return _imported(path) | {f"{node.module}.{alias.name}" for node in froms for alias in node.names}


def test_all_code_that_the_two_learning_components_use_is_in_the_fingerprint_of_the_model() -> None:
    known: set[Path] = set()
    new = _files("bot.nlu.safety_gate") | _files("bot.nlu.understanding")
    while new:
        known |= new
        new = {found for path in new for name in _names_in(path) for found in _files(name)} - known
    hashed = [ROOT / name for name in model_inputs.READ_BY_US]
    outside = {_named(path) for path in known if not any(place in (path, *path.parents) for place in hashed)}
    # These name places and errors, read settings and files and tell what is hashed: nothing that is learnt depends on them.
    assert outside == {f"bot/{name}.py" for name in ("errors", "model_inputs", "origins", "settings", "yaml_files")}
