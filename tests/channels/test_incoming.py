"""What arrives is cleaned before anything else sees it, and payloads that were not offered become plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import DROPPED, KEPT, clean, disarm, readable, shorten
from bot.safety.text.disguise import MOST

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
PLAIN = st.characters(categories=["Ll", "Lu", "Lo", "Nd"]).filter(
    lambda letter: unicodedata.normalize("NFKC", letter) == letter and not "\u0370" <= letter <= "\u052f"
)
SPACED = st.text(st.sampled_from("ab /\\\n\t\r\x00\x0b\x1f\u00a0\u2028\u3000\u200b\u200d\ufeff\u0301"), max_size=20)


class TestShorten:
    """Of a long message the beginning and the end are read."""

    def test_of_an_example(self) -> None:
        assert shorten("a" * 300 + "z" * 300, limit=200) == "a" * 150 + "\n" + "z" * 49

    @given(text=st.text("ab\n", max_size=60), limit=st.integers(8, 60))
    def test_keeps_both_ends_within_the_limit(self, text: str, limit: int) -> None:
        short = shorten(text, limit=limit)
        assert len(short) <= limit
        if len(text) <= limit:
            assert short == text
        else:
            start = limit * 3 // 4
            assert (text[:start], short[start]) == (short[:start], "\n")
            assert text.endswith(short[start + 1 :])
            assert len(short) >= limit - 2


class TestClean:
    """Unreadable characters, blank lines and outer spaces are taken out."""

    @pytest.mark.parametrize(
        ("text", "cleaned"),
        [
            ("Is it safe?", "Is it safe?"),
            ("", ""),
            (" \t\r\n ", ""),
            ("  two   words\t here ", "two words here"),
            ("one\n\n \n two\r\nthree", "one\ntwo\nthree"),
            ("a\x00b\x07c\x1b[31md", "a b c [31md"),
            ("caf\u0065\u0301", "caf\u00e9"),
            ("exo\u200bso\u00admes\ufeff", "exosomes"),  # hidden characters part no word
            ("safe\u202eefas\u2066x\u2069", "safeefasx"),  # nothing turns the direction
            ("\U000e0041\U000e0042tag", "tag"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("\ud800 half \udfff", "half"),
            ("private \ue000 use", "private use"),
            ("no\u00a0break\u3000space", "no break space"),
            ("para\u2029graph\u2028line\x85next", "para\ngraph\nline next"),
            ("外泌体安全吗?", "外泌体安全吗?"),
            ("👩\u200d⚕\ufe0f ok", "👩\u200d⚕\ufe0f ok"),
        ],
    )
    def test_of_examples(self, text: str, cleaned: str) -> None:
        assert clean(text) == cleaned

    @given(text=st.one_of(ANYTHING, SPACED))
    def test_leaves_nothing_unreadable_and_no_blank_line(self, text: str) -> None:
        cleaned = clean(text)
        assert [c for c in cleaned if unicodedata.category(c) in DROPPED and c not in KEPT] == []
        assert cleaned == unicodedata.normalize("NFC", cleaned)
        assert len(cleaned) <= MOST * len(text)
        lines = cleaned.split("\n") if cleaned else []
        assert all(line and line == " ".join(line.split()) for line in lines)
        assert clean(cleaned) == cleaned

    @given(words=st.lists(st.text(PLAIN, min_size=2, max_size=6), max_size=8))
    def test_keeps_every_word_in_plain_letters(self, words: list[str]) -> None:
        assert clean("  ".join(words)).split(" ") == (unicodedata.normalize("NFC", " ".join(words)).split(" "))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("7", True), ("?", True), ("是", True), ("é", True), ("", False), ("...", False), ("👍", False), (" \n", False),
     ("\u200d", False), ("!!! -- ***", False), ("½", True)],
)  # fmt: skip
def test_readable_needs_a_letter_a_digit_or_a_question_mark(text: str, expected: bool) -> None:
    assert readable(text) is expected


class TestDisarm:
    """A payload typed by hand is plain text."""

    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("/restart", "restart"),
            ("/more", "more"),
            ('/ask{"topic":"brands"}', 'ask{"topic":"brands"}'),
            (" /more", "more"),
            ("/more ", "more "),
            ("/MORE", "MORE"),
            ("// / /restart", "restart"),
            ("/\n/restart", "restart"),
            ("\u3000/restart", "restart"),
            ("/", ""),
            ("and/or", "and/or"),
            ("what is /more", "what is /more"),
            ("", ""),
        ],
    )
    def test_it_loses_its_leading_slashes(self, text: str, plain: str) -> None:
        assert disarm(text) == plain

    @given(text=st.one_of(ANYTHING, SPACED, st.text("/ \t\na{}", max_size=12)))
    def test_nothing_that_rasa_takes_for_a_payload_gets_through(self, text: str) -> None:
        for plain in (disarm(text), disarm(clean(text))):
            assert not plain.strip().startswith("/")
        assert text.endswith(disarm(text))
