"""A clinic's own website: another address than the server's, a strict policy, styles that are meant for everything."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.conftest import CLINIC_PORT, Visit
from tests.browser.driver import OPENER, Widget, box
from tests.server.conftest import Server

URL = f"http://localhost:{CLINIC_PORT}"
POLICY = (
    "default-src 'none'; img-src data:; style-src 'self'; script-src {server}; connect-src {server}; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Clinic</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css"></head>
<body>
<form action="/booked"><label>Your name <input id="who" name="who"></label><button>Book</button></form>{widget}</body></html>"""
STYLE = """html { font-size: 62.5%; direction: rtl }
* { letter-spacing: 1em !important; text-transform: uppercase; box-sizing: content-box; font: italic 40px serif !important }
button, svg, ul { display: none !important }
dialog { display: block !important; top: 0; left: 0 }"""
LOOK = """['font-size', 'font-style', 'letter-spacing', 'text-transform', 'direction', 'text-align']
  .map((name) => getComputedStyle(root.querySelector('.launcher .label')).getPropertyValue(name))"""


@pytest.fixture
def clinic(visit: Visit, site: Server, tmp_path: Path) -> Iterator[Callable[..., Widget]]:
    """Opens the clinic's page with `widget` in it; the answers come from `site`, which is elsewhere."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: the requests are of no interest."""

    website = ThreadingHTTPServer(("127.0.0.1", CLINIC_PORT), partial(Quiet, directory=str(tmp_path)))
    Thread(target=website.serve_forever, daemon=True).start()

    def go(*, widget: str = "", style: str = "") -> Widget:
        tag = widget or f'<script src="{site.url}/widget/exosome-guide.js" async></script>'
        page = PAGE.format(policy=POLICY.format(server=site.url), widget=tag)
        (tmp_path / "index.html").write_text(page, encoding="utf-8")
        (tmp_path / "style.css").write_text(style, encoding="utf-8")
        return visit(url=URL)

    yield go
    website.shutdown()
    website.server_close()


def test_one_tag_is_enough_on_a_website_at_another_address_with_a_strict_policy(
    clinic: Callable[..., Widget], site: Server
) -> None:
    widget = clinic()
    asked: list[str] = []
    widget.page.on("request", lambda request: asked.append(request.url))
    widget.open()
    widget.ask(OPENER)
    expect(widget.answers.first.locator(".statement").first).to_be_visible()
    assert set(asked) == {f"{site.url}/webhooks/widget/start", f"{site.url}/webhooks/widget/message"}
    assert widget.page.context.cookies() == []


def test_the_tag_may_pin_the_script_by_its_hash(clinic: Callable[..., Widget], site: Server) -> None:
    address = f"{site.url}/widget/exosome-guide.js"
    script = requests.get(address, timeout=30).content
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    pinned = f'<script src="{address}" async integrity="sha256-{digest}" crossorigin="anonymous" data-starters="One?"></script>'
    widget = clinic(widget=pinned).open()
    assert widget.panel.locator(".greeting .chip").all_inner_texts() == ["One?"]


def test_the_page_s_own_styles_do_not_reach_into_the_widget(clinic: Callable[..., Widget]) -> None:
    widget = clinic(style=STYLE)
    assert widget.inside(LOOK) == ["16px", "normal", "normal", "none", "ltr", "start"]
    expect(widget.panel).to_be_hidden()
    widget.open()
    place = box(widget.panel)
    assert (place["x"] + place["width"], place["width"]) == (1100 - 16, 26 * 16)
    expect(widget.button("Send")).to_be_in_viewport(ratio=1)
    assert widget.violations() == []


def test_what_is_written_in_the_widget_is_not_sent_with_the_page_s_form(clinic: Callable[..., Widget], site: Server) -> None:
    tag = f'<script src="{site.url}/widget/exosome-guide.js" async></script>'
    widget = clinic(widget=f"<form action='/booked'><input name='day'><exosome-guide></exosome-guide></form>{tag}").open()
    widget.ask(OPENER)
    widget.input.fill("a private word")
    sent = widget.page.evaluate("() => [...document.forms].map((form) => [...new FormData(form).keys()])")
    assert (sent, widget.page.url) == ([["who"], ["day"]], f"{URL}/")
