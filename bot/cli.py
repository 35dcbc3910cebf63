"""The `exoguide` command: what curators and operators run in a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.errors import ExoError


def _check(arguments: argparse.Namespace) -> int:
    from bot.facts.catalogue import load

    catalogue = load([Path(folder) for folder in arguments.folder])
    print(f"{len(catalogue.facts)} facts, {len(catalogue.gaps)} gaps and {len(catalogue.sources)} sources are in order.")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code: 0 done, 1 a problem that was said in plain words."""
    parser = argparse.ArgumentParser(prog="exoguide", description=__doc__)
    commands = parser.add_subparsers(dest="group", required=True)
    facts = commands.add_parser("facts", help="the curated facts").add_subparsers(dest="command", required=True)
    check = facts.add_parser("check", help="check the YAML folders")
    check.add_argument("folder", nargs="*", default=["data/facts"])
    check.set_defaults(run=_check)
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except ExoError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
