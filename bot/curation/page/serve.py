"""`exoguide facts page`: keeps the copy of the facts fresh and lets Datasette show it. Imports no Rasa.

Datasette is a process of its own in an environment of its own, and knows the copy only: no setting, no secret, no database.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from bot.curation.page.copy import write
from bot.errors import ExoError, SettingsError, StoreError
from bot.facts.store import FactStore
from bot.service import open_store
from bot.settings import ROOT

HERE = Path(__file__).parent
ENVIRONMENT = ROOT / "build" / "page-env"
MADE = ENVIRONMENT / "made"  # the Makefile has the rule for it
SETTINGS = {"default_allow_sql": "off", "allow_download": "off", "suggest_facets": "off", "default_facet_size": "15"}
LOOK_SECONDS = 5.0  # how often it is asked whether the facts have changed
START_SECONDS = 180.0  # only a deadline: a busy machine needs long
STOP_SECONDS = 10.0
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def make_environment() -> None:
    """Makes the page's own environment where it is not there or older than its lock file. Raises SettingsError.

    In an image, where it was made with everything else, there is no make.
    """
    make = shutil.which("make")
    if not MADE.is_file():
        print("Making the environment of the page ...", flush=True)
    if make and subprocess.run([make, "--no-print-directory", "--silent", str(MADE.relative_to(ROOT))], cwd=ROOT).returncode:
        raise SettingsError("The environment of the page could not be made; the lines above say why.")
    if not MADE.is_file():
        raise SettingsError("The environment of the page is missing, and there is no 'make' to make it with.")


@contextmanager
def shown(copy: Path, *, host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A running Datasette over `copy`; it ends with this process, however that ends."""
    make_environment()
    python = [str(ENVIRONMENT / "bin" / "python"), "-I", "-B"]  # -I: nothing of this folder is taken for a module of its own
    datasette = ["-m", "datasette", "serve", str(copy), "--host", host, "--port", str(port)]
    shape = ["--metadata", "metadata.yml", "--template-dir", "templates", "--plugins-dir", "plugins"]
    narrowed = [word for name, value in SETTINGS.items() for word in ("--setting", name, value)]
    libc = ctypes.CDLL(None)
    process = subprocess.Popen(
        [*python, *datasette, *shape, *narrowed],
        cwd=HERE,
        env={"PATH": os.defpath, "HOME": str(copy.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # it would name each address that is asked for, and so what is searched for
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: libc.prctl(DIES_WITH_PARENT, signal.SIGTERM),
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    asking = requests.Session()
    asking.trust_env = False  # no proxy for this machine's own address
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if asking.get(url, timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise ExoError(f"The page did not start on {url}; is another program there?")


class Fresh:
    """The copy, written anew when the store has another release or a new day has come."""

    def __init__(self, store: FactStore, path: Path) -> None:
        self._store, self._path = store, path
        self._of: tuple[int, dt.date] | None = None

    def look(self) -> bool:
        """Writes the copy if need be and says whether it did. Raises StoreError."""
        now = self._store.release(), dt.date.today()
        if now == self._of:
            return False
        try:
            write(self._store, self._path, today=now[1])
        except (OSError, sqlite3.Error) as error:  # a full disk, say
            raise StoreError(f"The copy of the facts for the page cannot be written: {error}.") from None
        self._of = now
        return True


def serve(*, host: str, port: int) -> None:
    """Shows the page until Ctrl-C or SIGTERM. While the store cannot be read, the page shows what it last held."""
    from bot.port import open_port

    try:
        open_port(host, port).close()
    except SettingsError:
        raise SettingsError(f"Port {port} on {host} cannot be used; choose another with --port or --host.") from None
    store = open_store()
    if not store.release():
        raise StoreError("The store holds no facts yet; run './exoguide facts load' first.")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as tidily as Ctrl-C
    with tempfile.TemporaryDirectory(prefix="exoguide-page-") as folder:
        fresh = Fresh(store, Path(folder) / "guide.db")
        fresh.look()
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        with shown(Path(folder) / "guide.db", host=host, port=port) as process:
            _wait_until_up(process, url)
            print(f"The facts can be read at {url} (Ctrl-C ends it).", flush=True)
            while process.poll() is None:
                time.sleep(LOOK_SECONDS)
                try:
                    fresh.look()
                except StoreError as error:
                    print(error, file=sys.stderr, flush=True)
            raise ExoError("The page has ended by itself; start it again.")
