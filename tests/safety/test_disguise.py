"""Odd letters are read as what they stand for, and plain text stays as it is."""

from __future__ import annotations

import pytest

from bot.safety.text.disguise import meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ａｒｅ ｔｈｅｙ ｓａｆｅ？", "are they safe?"),
        ("𝐚𝐫𝐞 they safe", "are they safe"),
        ("ＤＮＡ检测？", "DNA检测？"),
        ("my fасе is swollen", "my face is swollen"),
        ("I can\u00b4t see", "I can't see"),
        ("s\u0335\u0321\u031b\u0303afe", "safe"),
        ("m y  t h r o a t  i s  c l o s i n g", "my throat is closing"),
        ("h.e.l.p m.e p.l.e.a.s.e", "help me please"),
        ("I c a n ' t  s l e e p", "i cant sleep"),
    ],
)
def test_odd_letters_are_read_as_what_they_stand_for(text: str, said: str) -> None:
    assert meant(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Is it safe?",
        "3½ hours, 10 m² and 38.5 °C",
        "я не могу дышать",
        "Ελληνικά",
        "我喘不上气，怎么办？",
        "không thở được",
        "vitamins A B C D E",
        "U.S.A. or U.K.",
        "s-o-s",
        "\ufdfa",
        "",
    ],
)
def test_plain_text_stays(text: str) -> None:
    assert meant(text) == text


def test_a_flood_of_single_letters_is_left_alone() -> None:
    assert meant("a " * 2000) == "a " * 2000
