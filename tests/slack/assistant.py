"""The Slack channel on a real port, over the answer core but without Rasa's model: it starts in a moment and can be held up.

`tests/slack/test_whole_server.py` asks the whole server.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import threading
import time
from typing import Any

from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from bot.answer.question import Memory
from bot.answer.reply.contract import Reply
from bot.conversations.store import conversations
from bot.slack.channel import SlackChannel
from tests.builders import asked, typed
from tests.slack.standin import DEADLINE, StandIn, until
from tests.slack.turns_of_all_kinds import clarify, core

EMERGENCY = "Call 911 now or go to an emergency room. Do not wait for a reply here.\nSay what treatment was done."
_numbers = itertools.count(1)


class Mind:
    """In place of Rasa's agent: reads a message by a few words, answers from the store, keeps the turn."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.fails = False
        self._memory: dict[str, Memory] = {}

    async def handle_message(self, message: UserMessage) -> None:
        """One turn."""
        name, text = str(message.sender_id), str(message.text)
        self.heard.append((name, text))
        while not self.go_on.is_set():
            await asyncio.sleep(0.01)
        if self.fails:
            raise RuntimeError("as told")
        reply, self._memory[name] = self._reply(text, self._memory.get(name, Memory()))
        buttons = [{"title": b.title, "payload": b.payload} for b in reply.buttons]
        said: dict[str, Any] = {"text": reply.text, "custom": reply.custom(), "buttons": buttons}
        events = [{"event": "user", "text": text, "timestamp": time.time(), "input_channel": message.input_channel}]
        events.append({"event": "bot", "text": reply.text, "timestamp": time.time(), "data": {"buttons": buttons}})
        await asyncio.to_thread(conversations().append, name, events, state={})
        await message.output_channel.send_response(name, said)  # type: ignore[union-attr]

    def _reply(self, text: str, memory: Memory) -> tuple[Reply, Memory]:
        if text.startswith("/ask"):
            return core().reply(asked(json.loads(text[4:])["topic"]), memory)
        if text == "/more":
            return core().more(memory)
        if "breathe" in text:
            return Reply(kind="emergency", text=EMERGENCY), memory
        if "which" in text:
            return clarify(12), memory
        if "should I" in text:
            return core().personal(typed(text, ("side_effects", 1.0)), memory)
        return core().reply(typed(text, ("approval_status", 1.0)), memory)


class Assistant:
    """A server in a thread, with the channel and its `Mind`."""

    def __init__(self, slack: StandIn) -> None:
        self.slack, self.mind, self.channel = slack, Mind(), SlackChannel()
        names = ("DATABASE_URL", "ACTION_TIMEOUT", *(n for n in os.environ if n.startswith(("SLACK_", "RATE_"))))
        self.environment = {name: os.environ[name] for name in names}
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(3 * DEADLINE)

    def _run(self, ready: threading.Event) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        app = Sanic(f"slack_{next(_numbers)}", configure_logging=False)
        app.config.FALLBACK_ERROR_FORMAT = "text"
        register([self.channel], app, route="/webhooks/")
        app.ctx.agent = self.mind
        with socket.socket() as opened:
            opened.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{opened.getsockname()[1]}"
            self._loop.run_until_complete(self._serve(app, opened, ready))

    async def _serve(self, app: Sanic, opened: socket.socket, ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        server = await app.create_server(sock=opened, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        await server.before_start()
        ready.set()
        await self._stop.wait()
        await server.before_stop()
        await server.close()

    def renew(self) -> None:
        """Forgets what was said and told, here and in the stand-in."""
        self.mind.go_on.set()
        desk = self.channel.desk
        assert desk is not None
        until(lambda: not desk._working, "the end of what the test before began")
        self.mind.__init__()  # type: ignore[misc]
        self.slack.forget()

    def stop(self) -> None:
        """Ends it as a server ends: what is on its way is finished."""
        self.mind.go_on.set()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive()
