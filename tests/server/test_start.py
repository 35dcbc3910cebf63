"""What an operator sees: clear lines at the start, one sentence when something is wrong, never a stack trace."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.train import LOCK, current_model
from tests.server.conftest import free_port

pytestmark = pytest.mark.xdist_group("alone")


def _start(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.serve"]
    given = {**os.environ, "PORT": str(free_port()), **env}
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120)


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


def test_an_address_of_another_machine_is_one_sentence_that_names_it() -> None:
    for host in ("192.0.2.1", "no such name"):
        assert _one_sentence(_start(HOST=host)) == f"HOST {host} is not an address of this machine; use 127.0.0.1."


def test_a_wrong_vocabulary_is_one_sentence_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yml").write_text("use: {nails: [nails]}")
    said = _one_sentence(_start(CLINIC_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert said.startswith(f"{tmp_path / 'vocabulary.yml'} is wrong: 'use' has no value 'nails'")


def test_a_model_that_cannot_be_loaded_is_one_sentence_that_names_it(tmp_path: Path) -> None:
    model = tmp_path / current_model().name
    model.write_text("not a model")
    said = _one_sentence(_start(MODEL_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert said == f"The dialogue model {model} cannot be used; delete it and start again to train it anew."


def test_a_second_start_waits_and_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    LOCK.parent.mkdir(exist_ok=True)
    env = {**os.environ, "PORT": str(free_port()), "DATABASE_URL": f"sqlite:///{tmp_path / 'f.db'}"}
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "bot.serve"]
        # A shell that starts its work in the background makes it deaf to Ctrl-C; the server must not inherit that here.
        hears = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=ROOT, env=env, **pipes, **hears) as started:  # type: ignore[call-overload]
            try:
                assert started.stdout.readline() == "Waiting for another start to finish ...\n"
                started.send_signal(signal.SIGINT)
                out, err = started.communicate(timeout=60)
            finally:
                started.kill()  # else a failure would wait for ever for the lock that is held here
    assert (started.returncode, out, err) == (130, "", "")


def test_bad_yaml_is_one_sentence_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.yml").write_text("- id: [broken")
    said = _one_sentence(_start(CLINIC_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert "mine.yml" in said


def test_a_wrong_setting_is_one_sentence_that_names_it() -> None:
    assert "PORT" in _one_sentence(_start(PORT="seventy"))


def test_a_wrong_log_level_is_one_sentence_although_it_is_read_before_the_settings() -> None:
    said = _one_sentence(_start(LOG_LEVEL="chatty"))
    assert said == "A setting is wrong: LOG_LEVEL: must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL."


def test_an_empty_log_level_is_an_unset_one() -> None:
    code = "from bot import quiet; import os; print(os.environ['LOG_LEVEL'])"
    env = {**os.environ, "LOG_LEVEL": " "}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ERROR\n", "")


def test_a_secret_that_is_too_short_is_one_sentence_that_does_not_show_it() -> None:
    said = _one_sentence(_start(WIDGET_SECRET="shortsecret"))
    assert said == "A setting is wrong: WIDGET_SECRET: must have at least 32 characters; 'openssl rand -hex 32' makes one."


def test_a_fact_for_readiness_that_is_not_on_file_is_one_sentence(tmp_path: Path) -> None:
    said = _one_sentence(_start(READY_FACT="no-such-fact", DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}"))
    assert said == "A setting is wrong: READY_FACT: there is no fact no-such-fact on file."


def test_a_database_server_that_is_not_there_is_one_sentence_without_the_password() -> None:
    said = _one_sentence(_start(DATABASE_URL=f"postgresql://me:secret@127.0.0.1:{free_port()}/guide"))
    assert re.fullmatch(
        r"The facts database at postgresql://me:\*\*\*@127\.0\.0\.1:\d+/guide cannot be used: the server does not answer\.", said
    )


def test_a_missing_encoder_is_one_sentence(tmp_path: Path) -> None:
    done = _start(ENCODER_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'f.db'}")
    assert "sentence encoder" in _one_sentence(done)
    assert "Training" not in done.stdout  # nobody waits for a model that cannot be used


@pytest.mark.parametrize("started", ["bot.serve", "bot.cli", "bot.train", "bot.shell", "rasa.__main__", None])
def test_another_python_is_told_which_one_is_needed(started: str | None) -> None:
    said = _one_sentence(_under_another_python(started))
    assert said == "Python 3.10 is needed, this is 3.12; start it with 'make run'."


def test_a_tool_may_run_on_another_python() -> None:
    done = _under_another_python("tools.tune_encoder")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _under_another_python(started: str | None) -> subprocess.CompletedProcess[str]:
    """`import bot` in a program that was started as `python -m started`, or without a module, on Python 3.12."""
    main = f"importlib.machinery.ModuleSpec({started!r}, None)" if started else None
    code = f"import importlib.machinery, sys; sys.version_info = (3, 12); sys.modules['__main__'].__spec__ = {main}; import bot"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
