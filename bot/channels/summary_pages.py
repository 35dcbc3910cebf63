"""The page of the decision guide, made when it is asked for and kept nowhere: `/summary/<token>`, and `.pdf` for the file."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import hashlib

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw

from bot import logs
from bot.aid.content import guide
from bot.aid.links import conversation_of
from bot.aid.page import STYLE, as_html, gone
from bot.aid.pdf import as_pdf
from bot.aid.state import State
from bot.aid.summary import Summary, summarise
from bot.conversations.store import conversations
from bot.errors import StoreError
from bot.service import core
from bot.slots import AID

FILE = "my-decision.pdf"
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def page_for(token: str) -> Summary | None:
    """The page of the conversation that `token` names, from the newest facts; None where there is none (any more)."""
    named = conversation_of(token)
    if named is None:
        return None
    conversation, seed = named
    try:
        found = conversations().recent(conversation, turns=1)
        state = State.from_slot(found.state["slots"].get(AID) if found else None)
        if state.seed != seed:  # purged, or begun anew: the page that was shown is gone
            return None
        return summarise(guide(), state, core().snapshot(), today=dt.date.today())
    except StoreError:
        return None


def summary_pages() -> Blueprint:
    """The two routes."""
    blueprint = Blueprint("summary_pages")

    @blueprint.get("/summary/<token:str>")
    async def page(request: Request, token: str) -> HTTPResponse:
        logs.withhold()
        name, is_file = token.removesuffix(".pdf"), token.endswith(".pdf")
        found = await asyncio.to_thread(page_for, name)
        if found is None:
            return html(gone(), status=410, headers=HEADERS)
        if not is_file:
            return html(as_html(found, pdf=f"/summary/{name}.pdf"), headers=HEADERS)
        made = await asyncio.to_thread(as_pdf, found)
        return raw(made, content_type="application/pdf", headers={**HEADERS, "Content-Disposition": f'inline; filename="{FILE}"'})

    return blueprint
