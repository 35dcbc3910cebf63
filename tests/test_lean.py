"""Packages that nothing here uses are not imported by the server; Rasa's own parts that need them still get the real ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lean import ALWAYS, CHANNELS, LEARNING, STORES, unused
from bot.settings import ROOT

HEAVY = (*LEARNING, *STORES, *CHANNELS, *ALWAYS)
FILES = ("config.yml", "endpoints.yml", "credentials.yml")


def _python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-c", f"from bot import lean\nlean.leave_out()\n{code}"]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=300)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the three files as they are here."""
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_this_project_does_without_all_of_them() -> None:
    assert unused(ROOT) == set(HEAVY)


@pytest.mark.parametrize(
    ("name", "old", "new", "needed"),
    [
        ("config.yml", "  - name: MemoizationPolicy", "  - name: TEDPolicy", LEARNING),
        ("endpoints.yml", "type: bot.channels.rasa_parts.tracker_store.KeptConversations", "type: mongod", STORES),
        ("credentials.yml", "bot.channels.rest.RestChannel: {}", "telegram: {}", CHANNELS),
        ("config.yml", "pipeline:", "pipeline: [", LEARNING),
        ("credentials.yml", "bot.channels.rest.RestChannel: {}", "- 1", CHANNELS),
    ],
)
def test_what_a_part_of_rasa_needs_stays(project: Path, name: str, old: str, new: str, needed: tuple[str, ...]) -> None:
    content = (project / name).read_text()
    assert old in content
    (project / name).write_text(content.replace(old, new))
    assert unused(project) == set(HEAVY) - set(needed)


def test_the_server_trains_and_answers_without_any_of_them() -> None:
    done = _python(
        "import sys, bot.local, bot.channels.web, rasa.model_training, rasa.engine.recipes.default_components\n"
        f"print([name for name in {HEAVY} if name in sys.modules and sys.modules[name].__class__.__name__ != '_Package'])"
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


@pytest.mark.parametrize(
    ("use", "named"),
    [
        ("tensorflow.constant(1)", "tensorflow.constant"),
        ("Own()", "tensorflow.keras.Model"),
        ("Own.build(1)", "tensorflow.keras.Model.build"),
    ],
)
def test_use_of_an_absent_package_is_one_clear_sentence(use: str, named: str) -> None:
    done = _python(
        "import tensorflow.keras.layers as layers, tensorflow\nfrom bot.errors import ExoError\n"
        "class Own(tensorflow.keras.Model):\n    pass\n"
        f"try:\n    {use}\nexcept ExoError as error:\n    print(error)"
    )
    said = f"This server runs without {named}, but something needs it.\n"
    assert (done.returncode, done.stdout) == (0, said), done.stderr
