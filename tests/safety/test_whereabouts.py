"""The country whose number is named: where the person is, not where they were treated, and no word that only looks like a name."""

from __future__ import annotations

import pytest

from bot.nlu.matcher import Matcher
from bot.safety.emergency.whereabouts import Named, place_now
from bot.settings import settings

MATCHER = Matcher.read(settings().facts_dir)


def country(text: str, spoken: str) -> str | None:
    """The country for `text`, with the names that the shipped vocabulary finds."""
    found = [Named(term.value, term.start, term.end) for term in MATCHER.find(text) if term.label == "jurisdiction"]
    return place_now(text, found, spoken=spoken)


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("I had it done in Turkey, now back home in Ohio with a fever", "en", "US"),
        ("we flew home from Mexico yesterday, we are in Manchester and he is gasping", "en", "GB"),
        ("I'm in Spain, my throat is closing", "en", "ES"),
        ("chest pain since the shot, Toronto", "en", "CA"),
        ("the clinic in Thailand told me to wait, my lips are blue", "en", None),
        ("my wife from Brazil is not waking up", "en", None),
        ("a turkey sandwich closed my throat", "en", None),
        ("chile peppers and now I can't swallow", "en", None),
        ("are they legal in the eu", "en", "EU"),
        ("elle a eu sa piqûre et ne respire plus", "fr", None),
        ("je suis en France, elle a eu sa piqûre et ne respire plus", "fr", "FR"),
        ("eu não consigo respirar", "pt", None),
        ("eu am facut o injectie si nu pot respira", "it", None),
        ("tengo la boca hinchada", "es", None),
        ("estoy en Lima y se me cierra la garganta", "es", "PE"),
        ("les règles EU, on les trouve où ?", "fr", "EU"),
    ],
)
def test_the_country_is_the_one_where_the_person_is(text: str, spoken: str, expected: str | None) -> None:
    assert country(text, spoken) == expected
