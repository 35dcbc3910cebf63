"""Which websites may use the widget, and the headers on everything that is sent to them."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
import requests

from tests.server.conftest import Server
from tests.server.tab import URGENT, WEBSITE, Tab, failed

LOCKED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SECURITY = {
    "content-security-policy": LOCKED,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
TRANSPORT = {"content-length", "content-type", "connection", "allow"}
OPENED = {"vary": "Origin", "access-control-allow-origin": WEBSITE, "access-control-expose-headers": "Retry-After"}


def _own_headers(reply: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in reply.headers.items() if name.lower() not in TRANSPORT}


@pytest.mark.parametrize("path", ["start", "message"])
@pytest.mark.parametrize("origin", ["https://evil.example", "http://clinic.example", "null", f"{WEBSITE}.evil.example"])
def test_another_website_is_refused(site: Server, path: str, origin: str) -> None:
    headers = {"Origin": origin, "Authorization": f"Bearer {Tab(site).token}"}
    reply = requests.post(f"{site.url}/webhooks/widget/{path}", json={"id": "x", "text": "hi"}, headers=headers, timeout=30)
    said = failed("origin_refused", f"This website may not use this assistant. {URGENT}")
    assert (reply.status_code, reply.json(), _own_headers(reply)) == (403, said, {**SECURITY, "vary": "Origin"})
    asked = requests.options(f"{site.url}/webhooks/widget/{path}", headers={"Origin": origin}, timeout=30)
    assert (asked.status_code, asked.content, _own_headers(asked)) == (403, b"", {**SECURITY, "vary": "Origin"})


@pytest.mark.parametrize("path", ["start", "message"])
def test_a_named_website_is_let_in(site: Server, path: str) -> None:
    url = f"{site.url}/webhooks/widget/{path}"
    asked = requests.options(url, headers={"Origin": WEBSITE, "Access-Control-Request-Method": "POST"}, timeout=30)
    assert (asked.status_code, asked.content) == (204, b"")
    assert _own_headers(asked) == {
        **SECURITY,
        **OPENED,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": "600",
    }
    headers = {"Origin": WEBSITE, "Authorization": f"Bearer {Tab(site).token}"}
    reply = requests.post(url, json={"id": "x", "text": "hello"}, headers=headers, timeout=30)
    assert (reply.status_code, _own_headers(reply)) == (200, {**SECURITY, **OPENED})


def test_the_server_s_own_page_is_let_in_also_behind_tls(site: Server) -> None:
    for scheme in ("http", "https"):
        reply = Tab(site).post({"id": "x", "text": "hello"}, Origin=f"{scheme}://127.0.0.1:{site.port}")
        assert (reply.status_code, _own_headers(reply)) == (200, {**SECURITY, "vary": "Origin"})


@pytest.mark.parametrize("path", ["nothing", "widget/", "widget/demo.html", "widget/src/index.ts", "widget/..%2fREADME.md"])
def test_nothing_else_is_served_and_an_error_is_as_safe(site: Server, path: str) -> None:
    reply = requests.get(f"{site.url}/{path}", timeout=30)
    assert (reply.status_code, _own_headers(reply)) == (404, SECURITY)
    refused = requests.get(f"{site.url}/webhooks/widget/start", timeout=30)
    assert (refused.status_code, _own_headers(refused)) == (405, SECURITY)


def test_the_page_allows_its_own_style_and_the_script_and_nothing_else(site: Server) -> None:
    reply = requests.get(site.url, timeout=30)
    style = re.findall(r"<style>(.*?)</style>", reply.text, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert (reply.status_code, len(style)) == (200, 1)
    assert _own_headers(reply) == {**SECURITY, "content-security-policy": policy, "cache-control": "no-cache"}
    assert re.findall(r"\sstyle=|\son\w+=|javascript:|<script>|\$\w", reply.text) == []


def test_the_script_is_for_every_page_and_kept_where_its_hash_is_named(site: Server) -> None:
    found = re.search(r'src="(/widget/exosome-guide\.js)\?v=([0-9a-f]{16})"', requests.get(site.url, timeout=30).text)
    if found is None:
        pytest.skip("The widget is not built; run 'make widget'")
    url, tag = site.url + found[1], f'"{found[2]}"'
    expected = {
        **SECURITY,
        "cache-control": "public, max-age=600",
        "etag": tag,
        "vary": "Accept-Encoding",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }
    plain = requests.get(url, headers={"Accept-Encoding": "identity"}, timeout=30)
    assert (plain.status_code, _own_headers(plain)) == (200, expected)
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    zipped = requests.get(f"{url}?v={found[2]}", timeout=30)
    forever = {**expected, "cache-control": "public, max-age=31536000, immutable", "content-encoding": "gzip"}
    assert (zipped.content == plain.content, _own_headers(zipped)) == (True, forever)
    again = requests.get(url, headers={"If-None-Match": tag}, timeout=30)
    assert (again.status_code, again.content) == (304, b"")
