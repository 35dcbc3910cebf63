"""`make shell`: a conversation in the terminal, through the same model, rules, actions and store as the server."""

from __future__ import annotations

import asyncio
import logging
import sys
import uuid

from bot import lean, logs, quiet  # noqa: F401  (quiet is first of all that is imported below: it silences it)
from bot.cli import exit_code

logger = logging.getLogger(__name__)
HINT = "Type a question, a number to choose a button, or 'quit'."


def talk() -> None:
    """Reads lines until the end of input or "quit". The terminal is read outside the event loop, so that Ctrl-C ends it."""
    print("Loading the assistant ...", flush=True)
    from bot.channels import envelope
    from bot.clinic import clinic
    from bot.local import load, say

    emergency = clinic().emergency_line()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    agent = loop.run_until_complete(load())
    sender, offered = f"shell-{uuid.uuid4().hex}", []  # type: tuple[str, list[str]]
    print(HINT)
    while True:
        try:
            line = input("\n> ").strip()
        except EOFError:
            return
        if line.lower() in ("quit", "exit"):
            return
        if not line:
            print(HINT)
            continue
        if line.isdecimal() and 1 <= int(line) <= len(offered):
            line = offered[int(line) - 1]
        try:
            messages = loop.run_until_complete(say(agent, line, sender=sender, offered=offered))
        except Exception as error:  # whatever went wrong, the person gets a reply, as in the REST channel
            logger.error("A turn failed: %s", logs.told(error))
            messages = []
        messages = envelope.turn(messages, sender, emergency=emergency)
        # A step of the decision guide numbers its choices itself and says what else can be typed.
        pressed = [[] if (message.get("custom") or {}).get("form") else message.get("buttons") or [] for message in messages]
        offered = [button["payload"] for buttons in pressed for button in buttons]
        for message, buttons in zip(messages, pressed):
            print("\n" + message["text"])
            for number, button in enumerate(buttons, start=1):
                print(f"  {number}. {button['title']}")


if __name__ == "__main__":
    lean.leave_out()
    sys.exit(exit_code(talk))
