"""Text to and from Slack: nothing formats, mentions or links that should not, and what a person wrote comes out plain."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.mrkdwn import bold, controls, escape, link, plain, split

MARKS = st.text(st.sampled_from("ab &<>*_~`:|\n.!#@"), max_size=80)


class TestEscape:
    """What Slack shows is what was meant."""

    @pytest.mark.parametrize(
        ("text", "escaped"),
        [
            ("Plain words, 9.5 to 35 hairs (a review).", "Plain words, 9.5 to 35 hairs (a review)."),
            ("risk & <b>benefit</b>", "risk &amp; &lt;b&gt;benefit&lt;/b&gt;"),
            ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
            ("&lt;", "&amp;lt;"),
            ("*bold* ~gone~ `code`", "∗bold∗ ∼gone∼ ˋcodeˋ"),
            ("_italic_ but snake_case", "ˍitalicˍ but snake_case"),
            (":warning: at 10:30", "∶warning: at 10:30"),
            ("> a quotation\n  > another > not", "› a quotation\n  › another &gt; not"),
            ("p > 0.05", "p &gt; 0.05"),
            ("", ""),
        ],
    )
    def test_of_examples(self, text: str, escaped: str) -> None:
        assert escape(text) == escaped

    @given(text=MARKS)
    def test_nothing_is_left_that_slack_would_read(self, text: str) -> None:
        escaped = escape(text)
        assert not re.search(r"[<>*~`]|&(?!amp;|lt;|gt;)|^\s*&gt;|:[\w+'-]+:", escaped, re.MULTILINE)
        assert len(html.unescape(escaped)) == len(text)

    def test_a_field_without_formatting_keeps_its_characters(self) -> None:
        assert controls("*a* <@U1> & b") == "*a* &lt;@U1&gt; &amp; b"

    def test_each_line_is_bold_by_itself(self) -> None:
        assert bold("Call 911 now.\n\nGo & *run*") == "*Call 911 now.*\n\n*Go &amp; ∗run∗*"


class TestLink:
    """A link, where the address is one."""

    @pytest.mark.parametrize(
        ("label", "url", "expected"),
        [
            ("[1]", "https://www.fda.gov/x?a=1&b=2", "<https://www.fda.gov/x?a=1&amp;b=2|[1]>"),
            ("A > B | C", "https://a.example", "<https://a.example|A &gt; B ¦ C>"),
            ("[1]", "https://a.example/a|b>c", "<https://a.example/a%7Cb&gt;c|[1]>"),
            ("[1]", None, "[1]"),
            ("[1]", "javascript:alert(1)", "[1]"),
            ("[1]", "https://a.example/a b", "[1]"),
            ("[1]", "https://a.example/" + "a" * 1000, "[1]"),
        ],
    )
    def test_of_examples(self, label: str, url: str | None, expected: str) -> None:
        assert link(label, url) == expected


class TestPlain:
    """What Slack hands on becomes what the person wrote."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("are exosomes approved?", "are exosomes approved?"),
            ("<@U0BOT> are they safe?", "are they safe?"),
            ("are they safe <@U0BOT>?", "are they safe  ?"),
            ("<@U0BOT|guide> hello", "hello"),
            ("ask <@U9|ann> or <@W9>", "ask someone or someone"),
            ("is p &lt; 0.05 &amp; p &gt; 0?", "is p < 0.05 & p > 0?"),
            ("what is &amp;lt;?", "what is &lt;?"),
            ("see <https://clinic.example/exo?a=1&amp;b=2>", "see https://clinic.example/exo?a=1&b=2"),
            ("see <https://clinic.example|this page>", "see this page"),
            ("mail <mailto:ann@clinic.example|ann@clinic.example>", "mail ann@clinic.example"),
            ("mail <mailto:ann@clinic.example>", "mail ann@clinic.example"),
            ("call <tel:+15550100|+1 555 0100>", "call +1 555 0100"),
            ("in <#C1|general> and <#C2>", "in #general and a channel"),
            ("<!here> hi <!subteam^S1|@nurses> <!date^1392734382^{date}|18 Feb>", "hi @nurses 18 Feb"),
            ("a < b", "a < b"),
            ("", ""),
        ],
    )
    def test_of_examples(self, text: str, words: str) -> None:
        assert plain(text, own={"U0BOT"}) == words

    @given(text=MARKS.filter(lambda text: "<" not in text or ">" not in text))
    def test_what_is_typed_comes_back_as_it_was(self, text: str) -> None:
        assert plain(controls(text)) == text.strip()


class TestSplit:
    """Long text is cut where a reader would, and no piece is too long once it is escaped."""

    def test_of_lines_sentences_and_words(self) -> None:
        assert split("One two.\nThree four.", 12) == ["One two.", "Three four."]
        assert split("One two. Three four.", 12) == ["One two.", "Three four."]
        assert split("one two three four", 9) == ["one two", "three", "four"]

    def test_what_fits_stays_whole(self) -> None:
        assert split("One two.\nThree four.", 100) == ["One two.\nThree four."]
        assert split("", 10) == []

    def test_escapes_count(self) -> None:
        assert split("a & b & c", 10) == ["a & b", "& c"]

    @given(text=st.one_of(MARKS, st.text(max_size=80)), limit=st.integers(10, 40))
    def test_nothing_is_lost_and_nothing_is_too_long(self, text: str, limit: int) -> None:
        pieces = split(text, limit)
        assert all(0 < len(escape(piece)) <= limit for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(text.split())
