"""What an operator sees: clear lines at the start, one sentence when something is wrong, never a stack trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.xdist_group("faults")


def _start(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.serve"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)


def _one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(said) == 1, done.stderr
    return said[0]


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = _one_sentence(_start(PORT=str(taken.getsockname()[1]), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert "is taken" in said


def test_bad_yaml_is_one_sentence_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.yml").write_text("- id: [broken")
    said = _one_sentence(_start(CLINIC_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert "mine.yml" in said


def test_a_wrong_setting_is_one_sentence_that_names_it() -> None:
    assert "PORT" in _one_sentence(_start(PORT="seventy"))


def test_a_missing_encoder_is_one_sentence(tmp_path: Path) -> None:
    said = _one_sentence(_start(ENCODER_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert "sentence encoder" in said


def test_another_python_is_told_which_one_is_needed() -> None:
    code = "import sys; sys.version_info = (3, 12); import bot"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "Python 3.10 is needed" in _one_sentence(done)
