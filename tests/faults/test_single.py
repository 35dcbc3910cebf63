"""One server with SQLite under load: its clock jumps, its disk is full. Nothing is lost, and it goes on by itself."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

from bot.settings import Settings
from tests.faults.conftest import DISK
from tests.faults.load import Crowd, check_kept, check_replies, crowd
from tests.faults.test_fleet import EMERGENCY, QUESTION
from tests.server.conftest import Server

HOUR = 3600
NOTICED = 1.5  # seconds after which the server sees the new time


def _kept(made: Crowd, server: Server) -> None:
    deadline = time.monotonic() + 15
    url = Settings(database_url=server.env["DATABASE_URL"]).conversations_url
    while True:
        try:
            return check_kept(made, url)
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _set_clock(server: Server, seconds: int) -> None:
    Path(server.env["CLOCK"]).write_text(f"{seconds:+d}s\n")
    time.sleep(NOTICED)


def test_a_clock_that_jumps_costs_no_reply(single: Server) -> None:
    with crowd(single.url, count=4) as made:
        for seconds in (HOUR, -HOUR, 0):
            _set_clock(single, seconds)
            made.everybody_writes_on(2)
        whole = [message for message in made.said if message.text.startswith("what are exosomes")]
    assert {message.status for message in made.said} == {200}
    assert {message.kind for message in whole} == {"answer"}
    check_replies(made.said)
    _kept(made, single)


def _fill(folder: Path) -> Path:
    """A file that takes the last byte of the disk."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 512)
    assert shutil.disk_usage(folder).free == 0
    return path


def test_a_full_disk_costs_no_reply_and_what_could_not_be_kept_is_kept_later(single: Server) -> None:
    assert os.statvfs(single.folder).f_blocks * os.statvfs(single.folder).f_frsize == int(DISK.rstrip("m")) << 20
    with crowd(single.url, count=4) as made:
        filler = _fill(single.folder)
        try:
            made.everybody_writes_on(8)
            kinds = [single.ask(text, sender="full")[0]["custom"]["kind"] for text in (QUESTION, EMERGENCY)]
        finally:
            filler.unlink()
        made.is_answered_again()
    assert (kinds[0] in ("answer", "error"), kinds[1]) == (True, "emergency")  # SQLite may want room even to be read
    check_replies(made.said)
    _kept(made, single)
