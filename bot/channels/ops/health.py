"""For operators: `/health/live`, `/health/ready` and, for the machine's own network only, `/metrics`."""

from __future__ import annotations

import asyncio
import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw, text

from bot.channels.ops import metrics
from bot.channels.ops.readiness import Readiness, asks
from bot.errors import StoreError
from bot.facts.store import FactStore
from bot.service import open_store
from bot.settings import settings

FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def own_network(request: Request) -> bool:
    """Whether a request comes straight from a loopback or private address, and not through a proxy."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address((request.ip or "").partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def health() -> Blueprint:
    """The routes; `app.ctx.agent` must be there when they are asked."""
    blueprint = Blueprint("health")
    stores: list[FactStore] = []

    @blueprint.listener("before_server_start")
    async def start(app: object, _: object) -> None:
        chosen, agent = settings(), app.ctx.agent  # type: ignore[attr-defined]
        app.ctx.readiness = Readiness(asks(agent, question=chosen.ready_question, fact=chosen.ready_fact))  # type: ignore[attr-defined]

    @blueprint.get("/health/live")
    async def live(request: Request) -> HTTPResponse:
        return json({"status": "live"})

    @blueprint.get("/health/ready")
    async def ready(request: Request) -> HTTPResponse:
        problem = await request.app.ctx.readiness.problem()
        return json({"status": "not ready", "reason": problem}, status=503) if problem else json({"status": "ready"})

    @blueprint.get("/metrics")
    async def measured(request: Request) -> HTTPResponse:
        if not own_network(request):
            return text("Not found", status=404)
        return raw(await asyncio.to_thread(_page), content_type=CONTENT_TYPE_LATEST)

    def _page() -> bytes:
        try:
            if not stores:
                stores.append(open_store())
        except StoreError:
            return metrics.page(None)
        return metrics.page(stores[0])

    return blueprint
