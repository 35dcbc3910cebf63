"""`make shell`: a conversation in the terminal, through the same model, rules, actions and store as the server."""

from __future__ import annotations

import asyncio
import sys
import uuid

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.answer.service import load_facts
from bot.channels import envelope
from bot.channels.incoming import clean, disarm, readable
from bot.clinic import clinic
from bot.errors import ExoError
from bot.safety.personal import scrub

HINT = "Type a question, a number to choose a button, or 'quit'."


async def talk() -> None:
    """Reads lines until the end of input or "quit"."""
    from bot.local import load, say

    load_facts()
    print("Loading the assistant ...", flush=True)
    agent = await load()
    sender, offered = f"shell-{uuid.uuid4().hex}", []  # type: tuple[str, list[str]]
    print(HINT)
    while True:
        try:
            line = await asyncio.to_thread(input, "\n> ")
        except (EOFError, KeyboardInterrupt):
            return
        text = clean(line)
        if text.lower() in ("quit", "exit"):
            return
        if text.isdigit() and 1 <= int(text) <= len(offered):
            text = offered[int(text) - 1]
        if not readable(text):
            print(HINT)
            continue
        if text not in offered:
            text = scrub(disarm(text, offered=offered)).text or "?"
        messages = await say(agent, text, sender=sender)
        messages = envelope.turn(messages, sender, emergency=clinic().at(None).emergency)
        offered = [button["payload"] for message in messages for button in message.get("buttons") or []]
        for message in messages:
            print("\n" + message["text"])
            for number, button in enumerate(message.get("buttons") or [], start=1):
                print(f"  {number}. {button['title']}")


if __name__ == "__main__":
    try:
        asyncio.run(talk())
    except ExoError as error:
        sys.exit(str(error))
