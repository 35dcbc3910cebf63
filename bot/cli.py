"""The `exoguide` command: what curators and operators run in a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.errors import ExoError

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def exit_code(work: Callable[[], object]) -> int:
    """Runs `work`: 0 done, 1 a problem that was said in plain words, 130 ended with Ctrl-C; never a stack trace."""
    try:
        work()
    except ExoError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _check(arguments: argparse.Namespace) -> None:
    from bot.answer.service import folders
    from bot.facts.catalogue import load
    from bot.nlu.matcher import read_vocabulary
    from bot.settings import settings

    chosen = [Path(folder) for folder in arguments.folder] or folders(settings())
    found = load(chosen)
    read_vocabulary(*chosen)
    print(f"{len(found.facts)} facts, {len(found.gaps)} gaps and {len(found.sources)} sources are in order.")


def _load(arguments: argparse.Namespace) -> None:
    from bot import quiet  # noqa: F401  (first: it silences the imports below)
    from bot.answer.service import folders, load_facts
    from bot.nlu.matcher import read_vocabulary
    from bot.settings import settings
    from bot.train import one_at_a_time

    read_vocabulary(*folders(settings()))
    with one_at_a_time():
        _, found, release = load_facts()
    counts = f"{len(found.facts)} facts, {len(found.gaps)} gaps and {len(found.sources)} sources"
    print(f"{counts} are in the store as release {release}.")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    parser = argparse.ArgumentParser(prog="exoguide", description=__doc__)
    commands = parser.add_subparsers(dest="group", required=True)
    facts = commands.add_parser("facts", help="the curated facts").add_subparsers(dest="command", required=True)
    check = facts.add_parser("check", help="check the YAML folders")
    check.add_argument("folder", nargs="*", help="default: FACTS_DIR and CLINIC_DIR")
    check.set_defaults(run=_check)
    load = facts.add_parser("load", help="check the folders FACTS_DIR and CLINIC_DIR and load them into the store")
    load.set_defaults(run=_load)
    arguments = parser.parse_args(argv)
    return exit_code(lambda: arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
