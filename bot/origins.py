"""Which websites may use the widget, and the CORS headers that say so to their visitors' browsers. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Set
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": ":80", "https": ":443"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}
VARY = {"Vary": "Origin"}


def origin_of(text: str) -> str:
    """`text` as browsers write an origin: scheme, host and a port that is not the usual one. Raises ValueError."""
    wrong = ValueError(f"{text.strip()} is not the address of a website; write it like https://clinic.example")
    try:
        parts = urlsplit(text.strip().lower())
        parts.port  # noqa: B018  (raises ValueError for one that is no number)
    except ValueError:
        raise wrong from None
    extra = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or extra or "*" in parts.netloc or not parts.netloc.isascii():
        raise wrong
    return f"{parts.scheme}://{parts.netloc.removesuffix(DEFAULT_PORTS[parts.scheme])}"


def allowed(origin: str | None, *, host: str, origins: Set[str]) -> bool:
    """Whether a request from a page of `origin` is taken: from `origins`, from this server's own pages, or from no page.

    The scheme of this server's own pages is not compared: behind a proxy that ends TLS the server does not know it.
    """
    if origin is None or origin in origins:
        return True
    scheme, _, netloc = origin.partition("://")
    usual = DEFAULT_PORTS.get(scheme)
    return usual is not None and bool(netloc) and netloc.removesuffix(usual) == host.lower().removesuffix(usual)


def headers(origin: str | None, *, origins: Set[str], preflight: bool = False) -> dict[str, str]:
    """The CORS headers of a reply to `origin`; only a website that was named gets any that open it."""
    if origin is None or origin not in origins:
        return dict(VARY)
    opened = {**VARY, "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}
    return {**opened, **PREFLIGHT} if preflight else opened
