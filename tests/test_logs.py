"""From the first message on, the log holds no text that a library or an error quotes."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.settings import ROOT

SECRET = "quagga"


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, at every level; afterwards all is as before."""
    before = logging.getLogRecordFactory()
    monkeypatch.setitem(logs._state, "talking", False)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(before)


def _say(name: str) -> None:
    log = logging.getLogger(name)
    log.debug(f"heard {SECRET}")
    log.warning("heard %s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("failed")


def test_a_library_tells_only_where_and_what_kind(out: io.StringIO) -> None:
    logs.withhold()
    _say("rasa.core.processor")
    lines = out.getvalue().splitlines()
    assert SECRET not in out.getvalue()
    assert [line.split(" ")[:4] for line in lines] == [
        [level, "rasa.core.processor:", "(text", "withheld)"] for level in ("DEBUG", "WARNING", "ERROR")
    ]
    assert "ValueError at " in lines[-1]


def test_our_own_sentences_stay_without_the_text_of_errors(out: io.StringIO) -> None:
    logs.withhold()
    log = logging.getLogger("bot.channels.rest")
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        log.exception("A turn failed: %s, 100%% %d", type(error).__name__, 5)
    (line,) = out.getvalue().splitlines()
    assert line.startswith("ERROR bot.channels.rest: A turn failed: ValueError, 100% 5 [ValueError at ")
    assert SECRET not in line


def test_an_error_is_told_by_its_kind_and_place_also_where_it_came_to_a_library_from_our_code() -> None:
    try:
        json.dumps({SECRET: object()})
    except TypeError as error:
        library, own = logs.told(error).removeprefix("TypeError at ").split(", ")
    line = test_an_error_is_told_by_its_kind_and_place_also_where_it_came_to_a_library_from_our_code.__code__.co_firstlineno + 2
    assert (library.partition(":")[0].endswith("/json/encoder.py"), own) == (True, f"{__file__}:{line}")
    assert logs.told(ValueError(SECRET)) == "ValueError"


def test_before_the_first_message_libraries_speak(out: io.StringIO) -> None:
    logging.getLogger("rasa.core.agent").info("Loading model %s", "m.tar.gz")
    assert out.getvalue() == "INFO rasa.core.agent: Loading model m.tar.gz\n"


def test_telemetry_is_off_for_rasas_own_commands(tmp_path: Path) -> None:
    code = "import rasa.telemetry; print(rasa.telemetry.is_telemetry_enabled())"
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}  # Rasa would say yes in a new home
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["False"], done.stderr
