"""The number in the first line: that of the country named, and never the clinic's for another country without saying so."""

from __future__ import annotations

import pytest

from tests.contract import check_turn
from tests.server.conftest import Server

pytestmark = pytest.mark.xdist_group("server")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I'm in Mexico and my throat is closing, I can't breathe", "911"),
        (
            "we are in Peru, my wife passed out after the injection and won't wake up",
            "your local emergency number now (in the United States: 911)",
        ),
        (
            "on holiday in Vietnam, my lips are huge and I can't breathe",
            "your local emergency number now (in the United States: 911)",
        ),
        ("I live in Australia and my chest is crushing", "000 now (in the United States: 911)"),
        ("estoy en Perú y no puedo respirar después de la inyección", "número local de emergencias (US: 911)"),
        ("estoy en Alemania y no puedo respirar después de la inyección", "112 (US: 911)"),
        ("我在中国 打完针喘不上气", "120 (US: 911)"),
        ("je suis en France et je n'arrive plus à respirer", "112 / 15 (US: 911)"),
    ],
)
def test_the_first_line_names_the_number_of_the_country_named(server: Server, text: str, number: str) -> None:
    messages = server.ask(text, sender=f"numbers {text}")
    assert check_turn(messages)["kind"] == "emergency"
    assert number in messages[0]["text"].splitlines()[0]


def test_a_country_named_before_is_remembered(server: Server) -> None:
    server.ask("are exosomes approved in the UK?", sender="numbers-before")
    messages = server.ask("my throat is closing and I can't breathe", sender="numbers-before")
    assert messages[0]["text"].startswith("Call 999 now (in the United States: 911), or go")
