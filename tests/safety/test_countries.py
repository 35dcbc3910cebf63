"""Countries by their names in Spanish, French and Chinese."""

from __future__ import annotations

import pytest

from bot.safety.emergency.countries import country_in


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("Estoy en Alemania y no puedo respirar", "es", "DE"),
        ("vivo en Japón, mi mamá en Francia", "es", "JP"),
        ("Je suis aux États-Unis", "fr", "US"),
        ("en Côte d'Ivoire", "fr", "CI"),
        ("我在台灣", "zh", "TW"),
        ("人在上海喘不上气", "zh", "CN"),
        ("no puedo respirar", "es", None),
        ("in Alemania", "en", None),
        ("", None, None),
    ],
)
def test_the_country_named_first_is_found(text: str, language: str | None, country: str | None) -> None:
    assert country_in(text, language) == country
