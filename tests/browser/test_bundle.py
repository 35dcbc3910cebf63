"""The one file that a clinic's page loads."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tools import build_widget

MOST = 25_000  # bytes, gzip
SOURCES = sorted((ROOT / "widget" / "src").rglob("*.ts"))


@pytest.fixture(scope="module")
def bundle() -> bytes:
    """The built file."""
    if build_widget.main():
        pytest.skip("the widget could not be built")
    return build_widget.OUT.read_bytes()


def test_the_bundle_is_one_small_file(bundle: bytes) -> None:
    assert len(gzip.compress(bundle)) <= MOST
    assert [path.name for path in build_widget.OUT.parent.iterdir()] == ["exosome-guide.js"]


def test_the_bundle_asks_no_other_place_for_anything(bundle: bytes) -> None:
    named = set(re.findall(rb"https?://[a-zA-Z0-9.-]+", bundle))
    assert named <= {b"http://www.w3.org"}  # the name of SVG, not an address


def test_where_there_is_no_browser_one_line_says_so_and_where_one_is_required_it_is_an_error(tmp_path: Path) -> None:
    lines = {}
    for required in ("", "1"):
        command = [sys.executable, "-m", "pytest", "-n0", "-rN", "tests/browser/test_panel.py", "-k", "starter or language_read"]
        env = {**os.environ, "PATH": str(tmp_path), "REQUIRE_BROWSER": required}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=600)
        said = "The widget is not tested in a browser: there is no Chromium (Debian: 'apt-get install chromium')"
        lines[required] = (done.returncode, done.stdout.count(said), "2 errors" in done.stdout)
    assert lines == {"": (0, 2, False), "1": (1, 2, True)}


def test_the_types_of_the_sources_fit() -> None:
    if build_widget.main(packages=True):
        pytest.skip("the widget could not be built")
    node = build_widget.node_on_path() or build_widget.private_node()
    env = {**os.environ, "PATH": f"{node.folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [*node.npm, "run", "--silent", "check"]
    done = subprocess.run(command, cwd=build_widget.WIDGET, env=env, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sources_put_no_text_into_the_page_as_markup(path) -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafeHTML|unsafeSVG|\beval\(|new Function|: any\b|as any\b"
    )
    assert re.findall(forbidden, path.read_text(encoding="utf-8")) == []


def test_the_lock_file_names_no_registry() -> None:
    assert (
        re.findall(
            r"https?://(?!.*(?:opencollective|github|paypal|patreon))[^\"]*", (ROOT / "widget" / "package-lock.json").read_text()
        )
        == []
    )
