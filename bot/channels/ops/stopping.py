"""A server that is told to stop ends within a set time, however busy it is.

Sanic counts rounds of its event loop and not seconds: under load its fifteen "seconds" took a minute, in which everyone who
waited was still served, one by one. Python then finishes what the threads had before them.
"""

from __future__ import annotations

import asyncio
import os
import threading

from sanic import Sanic

from bot.channels.turns.turn import queue

FINISH = 8.0  # seconds in which those who came before are still served; then who waits is told so
LONGEST = 15.0  # seconds after which the process ends, whatever is under way


def bound_stop(app: Sanic) -> None:
    """Sets the bounds for `app`."""
    app.register_listener(_begin, "before_server_stop")
    app.register_listener(_end, "after_server_stop")


async def _begin(_: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    loop.call_later(FINISH, queue().close)
    last = threading.Timer(LONGEST, os._exit, args=(0,))
    last.daemon = True
    last.start()


async def _end(app: Sanic, _: object) -> None:
    app.ctx.agent.processor.http_interpreter.close()
