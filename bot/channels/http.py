"""What every channel over HTTP needs: bounds on a body, whose address it is, and a body read without trust."""

from __future__ import annotations

import contextlib
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels import envelope
from bot.channels.incoming import sender_name
from bot.settings import settings

MAX_BODY = 4_000_000  # bytes that are read
MAX_DRAINED = 64_000_000  # bytes that are thrown away, so that the sender can finish and read the reply


def bound(blueprint: Blueprint) -> None:
    """Sets the bounds when the server starts, however it is started."""

    @blueprint.listener("before_server_start")
    async def configure(app: Sanic, _: object) -> None:
        app.config.REQUEST_MAX_SIZE = MAX_BODY
        app.config.PROXIES_COUNT = settings().proxies_count or None
        app.error_handler.add(PayloadTooLarge, _too_large)


async def drain(request: Request) -> None:
    """Throws away what is left of a body that is too large."""
    stream = request.stream
    if stream is not None:
        stream.request_max_size = MAX_DRAINED
        with contextlib.suppress(Exception):
            async for _part in stream:
                pass


async def _too_large(request: Request, _: Exception) -> HTTPResponse:
    await drain(request)
    return json(envelope.unreadable(sender_name(None), too_large=True))


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object in the body, whatever its content type says; empty when there is none."""
    try:
        found = request.json
    except Exception:  # Sanic and its JSON reader raise several kinds
        return {}
    return found if isinstance(found, dict) else {}


def address_of(request: Request) -> str:
    """The address that the request comes from: behind PROXIES_COUNT proxies the one that they name."""
    return str(request.remote_addr or request.ip or "")
