"""The `exoguide` command: what curators and operators run in a terminal."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot import lean
from bot.curation.commands import add_facts, add_reports, count_of
from bot.curation.commands import whole_days as _days
from bot.errors import ExoError, FactsError, StoreError

DAY = 24 * 60 * 60
INTERRUPTED = 130  # what a shell expects after Ctrl-C


def exit_code(work: Callable[[], object]) -> int:
    """Runs `work`: 0 done, 1 a problem that was said in plain words, 130 ended with Ctrl-C; never a stack trace."""
    try:
        work()
        sys.stdout.flush()
    except BrokenPipeError:  # who read along, `head` say, has seen enough; at the exit nothing may be written any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ExoError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _check(arguments: argparse.Namespace) -> None:
    from bot.facts.catalogue import load
    from bot.nlu.matcher import read_vocabulary
    from bot.service import check_guide, folders
    from bot.settings import settings

    chosen = [Path(folder) for folder in arguments.folder] or folders(settings())
    try:
        found = load(chosen)
    except FactsError as error:
        if arguments.json:
            print(json.dumps({"problems": [asdict(problem) for problem in error.problems]}, ensure_ascii=False, indent=2))
        raise
    read_vocabulary(*chosen)
    if not arguments.folder:
        check_guide(found, settings())
    if arguments.json:
        counts = {kind: len(getattr(found, kind)) for kind in ("facts", "gaps", "sources")}
        print(json.dumps({**counts, "problems": []}, indent=2))
        return
    print(f"{len(found.facts)} facts, {len(found.gaps)} gaps and {len(found.sources)} sources are in order.")


def _load(arguments: argparse.Namespace) -> None:
    from bot import quiet  # noqa: F401  (first: it silences the imports below)
    from bot.nlu.matcher import read_vocabulary
    from bot.service import folders, load_facts
    from bot.settings import settings
    from bot.train import one_at_a_time

    read_vocabulary(*folders(settings()))
    with one_at_a_time():
        _, found, release = load_facts()
    counts = f"{len(found.facts)} facts, {len(found.gaps)} gaps and {len(found.sources)} sources"
    print(f"{counts} are in the store as release {release}.")


def _purge(arguments: argparse.Namespace) -> None:
    from bot.conversations.store import conversations
    from bot.settings import settings

    days = settings().retention_days if arguments.days is None else arguments.days
    gone, messages = conversations().purge(before=time.time() - days * DAY)
    forgotten = f"{count_of(messages, 'message')} older than {count_of(days, 'day')}"
    print(f"Forgotten: {forgotten}, and with them {count_of(gone, 'conversation')}.")


def _erase(arguments: argparse.Namespace) -> None:
    from bot.conversations.store import conversations

    if not conversations().erase(arguments.conversation):
        raise StoreError(f"No conversation {arguments.conversation} is kept.")
    print(f"Conversation {arguments.conversation} is erased.")


def _export(arguments: argparse.Namespace) -> None:
    from bot.conversations.report import readable
    from bot.conversations.store import conversations

    found = conversations().whole(arguments.conversation)
    if found is None:
        raise StoreError(f"No conversation {arguments.conversation} is kept.")
    print(json.dumps(readable(found), ensure_ascii=False, indent=2))


def _conversation_id(given: str) -> str:
    """`rest:ann` is the conversation of the REST sender `ann`; anything else is the id under which it is kept."""
    from bot.channels.incoming import sender_name

    return f"rest-{sender_name(given[5:])}" if given.startswith("rest:") else given


def _add_conversations(commands: Any) -> None:
    kept = commands.add_parser("conversations", help="what people said and were told")
    kept = kept.add_subparsers(dest="command", required=True)
    purge = kept.add_parser("purge", help="forget what is older than RETENTION_DAYS; for cron")
    purge.add_argument("--days", type=_days, help="another number of days; 0 forgets everything")
    purge.set_defaults(run=_purge)
    for name, run, help_ in (("erase", _erase, "forget one conversation"), ("export", _export, "print one as JSON")):
        command = kept.add_parser(name, help=help_)
        command.add_argument("conversation", type=_conversation_id, help="its id, or rest: and the sender of the REST channel")
        command.set_defaults(run=run)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    parser = argparse.ArgumentParser(prog="exoguide", description=__doc__)
    commands = parser.add_subparsers(dest="group", required=True)
    facts = commands.add_parser("facts", help="the curated facts").add_subparsers(dest="command", required=True)
    check = facts.add_parser("check", help="check the YAML folders")
    check.add_argument("folder", nargs="*", help="default: FACTS_DIR and CLINIC_DIR")
    check.add_argument("--json", action="store_true", help="print JSON, with the problems if there are any")
    check.set_defaults(run=_check)
    load = facts.add_parser("load", help="check the folders FACTS_DIR and CLINIC_DIR and load them into the store")
    load.set_defaults(run=_load)
    add_facts(facts)
    add_reports(commands)
    _add_conversations(commands)
    arguments = parser.parse_args(argv)
    return exit_code(lambda: arguments.run(arguments))


if __name__ == "__main__":
    lean.leave_out()  # spaCy, too, imports TensorFlow where it finds it
    sys.exit(main())
