"""The widget is built when it is missing or old; where it cannot be, one line says so and nothing else stops."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from bot.settings import ROOT
from tools import build_widget


@pytest.fixture
def widget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A widget's folder with one source, and no Node on the path."""
    folder = tmp_path / "widget"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "index.ts").write_text("")
    (folder / "package-lock.json").write_text("{}")
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(build_widget, "WIDGET", folder)
    monkeypatch.setattr(build_widget, "OUT", folder / "dist" / "exosome-guide.js")
    monkeypatch.setattr(build_widget, "PRIVATE", tmp_path / "node")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return folder


def _program(folder: Path, name: str, script: str) -> None:
    path = folder.parent / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_it_is_current_while_no_source_is_newer(widget: Path) -> None:
    built, source = widget / "dist" / "exosome-guide.js", widget / "src" / "index.ts"
    assert not build_widget.is_current()
    built.parent.mkdir()
    built.write_text("")
    os.utime(source, (1000, 1000))
    os.utime(widget / "package-lock.json", (1000, 1000))
    os.utime(built, (2000, 2000))
    assert build_widget.is_current()
    for free in ("node_modules/x/index.js", "dist/other.js", "demo.html"):
        (widget / free).parent.mkdir(parents=True, exist_ok=True)
        (widget / free).write_text("")
    assert build_widget.is_current()
    os.utime(source, (3000, 3000))
    assert not build_widget.is_current()


def test_it_is_built_with_npm_and_then_left_alone(widget: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _program(widget, "node", "echo v20.1.0")
    _program(
        widget,
        "npm",
        f'echo "$@" >> {widget.parent}/calls; mkdir -p dist; [ "$1" = run ] && echo built > dist/exosome-guide.js; true',
    )
    assert [build_widget.main(), build_widget.main()] == [0, 0]
    assert (widget.parent / "calls").read_text().splitlines() == ["ci --ignore-scripts --no-audit --no-fund", "run --silent build"]
    assert capsys.readouterr().out == "Building the website widget ...\n"


def test_a_built_file_without_its_packages_is_enough_to_serve_and_not_to_test(widget: Path) -> None:
    _program(widget, "node", "echo v20.1.0")
    installs = "mkdir -p node_modules; touch node_modules/.package-lock.json"
    _program(widget, "npm", f'echo "$1" >> {widget.parent}/calls; [ "$1" = ci ] && {{ {installs}; }}; true')
    (widget / "dist").mkdir()
    (widget / "dist" / "exosome-guide.js").write_text("")
    assert [build_widget.main(), build_widget.main(packages=True), build_widget.main(packages=True)] == [0, 0, 0]
    assert (widget.parent / "calls").read_text().split() == ["ci", "run"]


def test_without_a_registry_one_line_says_so(widget: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _program(widget, "node", "echo v22.0.0")
    _program(widget, "npm", "echo 'npm error code ENOTFOUND' >&2; echo 'npm error more' >&2; exit 1")
    assert build_widget.main() == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "The website widget is not built, everything else runs: npm could not install its packages (npm error code ENOTFOUND)."
    ]


@pytest.mark.parametrize("version", ["v18.20.0", "nonsense"])
def test_an_old_node_is_not_used_and_a_private_one_that_cannot_be_had_is_one_line(
    widget: Path, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    _program(widget, "node", f"echo {version}")
    _program(widget, "npm", "exit 0")
    _program(widget, "uv", "echo 'error: no such package' >&2; exit 2")
    assert build_widget.main() == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "The website widget is not built, everything else runs: "
        "Node 20 is not there and could not be installed (error: no such package)."
    ]


def test_a_build_that_makes_nothing_is_said(widget: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _program(widget, "node", "echo v20.0.0")
    _program(widget, "npm", "exit 0")
    assert build_widget.main() == 1
    assert "its build made no exosome-guide.js" in capsys.readouterr().out


def test_the_lock_names_no_place_to_download_from() -> None:
    lock = (ROOT / "widget" / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    assert "://" not in "".join(line for line in lock.splitlines() if '"url"' not in line)
    assert [name for name, package in packages.items() if name and not package.get("integrity")] == []
