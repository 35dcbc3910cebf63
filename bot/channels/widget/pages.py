"""What the widget needs from this server beside its channel: its one script, and a demo page of a clinic at `/`."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, html, raw, text

from bot.clinic import clinic
from bot.settings import ROOT

FOLDER = ROOT / "widget"
SCRIPT = FOLDER / "dist" / "exosome-guide.js"
PAGE = FOLDER / "demo.html"
SCRIPT_URL = "/widget/exosome-guide.js"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
FOREVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=600"
NOT_BUILT = "The widget is not built; run 'make widget'."  # said by the page, and at the start
# No inline script, no style but the page's own (by its hash) and the widget's constructed style sheet.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src '{style}'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Script:
    """The built script, plain and compressed; `hash` changes with its content."""

    plain: bytes
    zipped: bytes
    hash: str


def script(path: Path = SCRIPT) -> Script | None:
    """The script as it is on disk now; None where it is not built."""
    try:
        return _script(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _script(path: Path, _: int) -> Script:
    plain = path.read_bytes()
    return Script(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


def page() -> tuple[str, str]:
    """The demo page and the content security policy that goes with it."""
    own, built, template = clinic(), script(), PAGE.read_text(encoding="utf-8")
    tag = f'<script src="{SCRIPT_URL}?v={built.hash}" async></script>' if built else f'<p class="note">{escape(NOT_BUILT)}</p>'
    filled = Template(template).substitute(
        clinic="Example Clinic" if own.name == "the clinic" else escape(own.name),
        phone=escape(own.phone or "the number on your letter"),
        emergency=escape(own.emergency_line()),
        widget=tag,
    )
    style = STYLE.search(filled)
    digest = hashlib.sha256(style[1].encode() if style else b"").digest()
    return filled, POLICY.format(style=f"sha256-{base64.b64encode(digest).decode()}")


def pages() -> Blueprint:
    """The routes `/` and `/widget/exosome-guide.js`; both change when their files do."""
    blueprint = Blueprint("widget_pages")

    @blueprint.route("/", methods=["GET", "HEAD"])
    async def demo(request: Request) -> HTTPResponse:
        filled, policy = page()
        return html(filled, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})

    @blueprint.route(SCRIPT_URL, methods=["GET", "HEAD"])
    async def bundle(request: Request) -> HTTPResponse:
        built = script()
        if built is None:
            return text(NOT_BUILT, status=404)
        headers = {
            "Cache-Control": FOREVER if request.args.get("v") == built.hash else A_WHILE,
            "ETag": f'"{built.hash}"',
            "Vary": "Accept-Encoding",
            # Any page may load the script, also one that checks its hash (`integrity`); what it may do is decided by the channel.
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if built.hash in request.headers.get("if-none-match", ""):
            return empty(304, headers=headers)
        zipped = "gzip" in request.headers.get("accept-encoding", "")
        headers |= {"Content-Encoding": "gzip"} if zipped else {}
        return raw(built.zipped if zipped else built.plain, content_type="text/javascript; charset=utf-8", headers=headers)

    return blueprint
