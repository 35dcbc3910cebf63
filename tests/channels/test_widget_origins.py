"""Which websites may use the widget, and what their visitors' browsers are told."""

from __future__ import annotations

import pytest

from bot.origins import allowed, headers, origin_of

NAMED = frozenset({"https://clinic.example", "http://localhost:8080"})
HOST = "guide.example:5005"


@pytest.mark.parametrize(
    ("given", "origin"),
    [("https://Clinic.Example/", "https://clinic.example"), (" http://clinic.example:80 ", "http://clinic.example"),
     ("https://clinic.example:443", "https://clinic.example"), ("https://clinic.example:8443", "https://clinic.example:8443"),
     ("http://[::1]:5005", "http://[::1]:5005"), ("http://localhost:8080", "http://localhost:8080")],
)  # fmt: skip
def test_an_address_is_written_as_browsers_do(given: str, origin: str) -> None:
    assert origin_of(given) == origin


@pytest.mark.parametrize(
    "given", ["clinic.example", "https://", "*", "https://*.example", "ftp://clinic.example", "https://clinic.example/path",
              "https://clinic.example?x", "https://me@clinic.example", "https://clinic.example:port", "http://[", "null",
              "https://é.example"],
)  # fmt: skip
def test_what_is_no_website_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="is not the address of a website; write it like https://clinic.example"):
        origin_of(given)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [(None, True), ("https://clinic.example", True), ("http://localhost:8080", True), (f"http://{HOST}", True),
     (f"https://{HOST}", True), ("http://clinic.example", False), ("https://clinic.example.evil.example", False),
     ("https://evil.example", False), ("null", False), ("", False), ("https://clinic.example, https://evil.example", False),
     ("http://guide.example", False), ("file://", False), (f"ftp://{HOST}", False), ("http://[", False)],
)  # fmt: skip
def test_only_named_websites_and_this_server_s_own_pages_are_taken(origin: str | None, expected: bool) -> None:
    assert allowed(origin, host=HOST, origins=NAMED) is expected


def test_a_server_without_a_name_has_no_pages_of_its_own() -> None:
    assert [allowed(origin, host="", origins=NAMED) for origin in ("http://", "null", "")] == [False] * 3


def test_the_usual_port_may_be_written_or_not() -> None:
    assert allowed("https://guide.example", host="guide.example:443", origins=frozenset())
    assert not allowed("https://guide.example", host="guide.example:80", origins=frozenset())


def test_only_a_named_website_is_let_in_by_its_visitors_browsers() -> None:
    assert headers(None, origins=NAMED) == {"Vary": "Origin"}
    assert headers("https://evil.example", origins=NAMED, preflight=True) == {"Vary": "Origin"}
    opened = {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": "https://clinic.example",
        "Access-Control-Expose-Headers": "Retry-After",
    }
    assert headers("https://clinic.example", origins=NAMED) == opened
    assert headers("https://clinic.example", origins=NAMED, preflight=True) == {
        **opened,
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": "600",
    }
