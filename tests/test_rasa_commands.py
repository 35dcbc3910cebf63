"""Rasa's own commands work from the root, and the dialogue tests pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from bot.train import train

ENV = {**os.environ, "PYTHONWARNINGS": "ignore", "RASA_TELEMETRY_ENABLED": "false"}


def _rasa(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "rasa"), *arguments]
    return subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True, timeout=300)


@pytest.mark.xdist_group("rasa")
def test_domain_rules_stories_and_training_data_fit_together() -> None:
    done = _rasa("data", "validate")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.xdist_group("rasa")
def test_dialogues_go_as_written(tmp_path: Path) -> None:
    stories = str(ROOT / "tests" / "test_stories.yml")
    done = _rasa("test", "core", "-s", stories, "-m", str(train()), "--out", str(tmp_path), "--no-plot")
    assert done.returncode == 0, done.stderr[-3000:]
    failed = yaml.safe_load((tmp_path / "failed_test_stories.yml").read_text())
    assert failed is None, failed
