"""Slack's way of writing text: to it, with everything escaped, and back from it to plain words. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

CONTROL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Slack has no escape for these, so look-alikes stand in their place: bold, strike, code.
ALIKE = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
ITALIC = re.compile(r"(?<!\w)_|_(?!\w)")
EMOJI = re.compile(r":(?=[\w+'-]+:)")
QUOTE = re.compile(r"^(\s*)>", re.MULTILINE)  # Slack shows a line that begins with &gt; as a quotation
TOKEN = re.compile(r"<([^<>]*)>")
LONGEST_LINK = 1_000


def escape(text: str) -> str:
    """`text` so that Slack shows it as it is: no mention, link, quotation, emoji or formatting comes of it."""
    text = EMOJI.sub("∶", ITALIC.sub("ˍ", text.translate(ALIKE)))
    return QUOTE.sub(r"\1›", text).translate(CONTROL)


def controls(text: str) -> str:
    """`text` for a field that is not formatted, but in which Slack still reads mentions."""
    return text.translate(CONTROL)


def bold(text: str) -> str:
    """`text` escaped and bold; on several lines each by itself, because Slack formats no further than a line."""
    return "\n".join(f"*{escape(line.strip())}*" if line.strip() else "" for line in text.split("\n"))


def link(label: str, url: str | None) -> str:
    """A link, or the label alone where `url` is none, is no web address or is too long."""
    label = " ".join(label.split())
    if not url or not url.startswith(("https://", "http://")) or len(url) > LONGEST_LINK or re.search(r"\s", url):
        return escape(label)
    return f"<{url.replace('|', '%7C').translate(CONTROL)}|{escape(label).replace('|', '¦')}>"


def plain(text: str, *, own: Collection[str] = ()) -> str:
    """What a person wrote, from Slack's form: mentions, links and escapes undone; mentions of `own` ids (the bot) are dropped."""
    read = TOKEN.sub(lambda found: _read(found[1], own), text)
    return unescape(read).strip()


def unescape(text: str) -> str:
    """What Slack escapes on the way in, as it was."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read(token: str, own: Collection[str]) -> str:
    """What stands between angle brackets: `@U1`, `#C1|name`, `!here`, `!date^...|words`, `https://...|words`, `mailto:...|...`."""
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return " " if target[1:] in own else "someone"  # a colleague's name is nobody's business
    if target.startswith("#"):
        return f"#{label}" if label else "a channel"
    if target.startswith("!"):
        return label or " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def split(text: str, limit: int) -> list[str]:
    """`text` in pieces that are at most `limit` characters long once escaped; cut between lines, else sentences, else words."""
    pieces: list[str] = []
    current, size = "", 0
    for atom in _atoms(text, limit):
        if current and size + _size(atom) > limit:
            pieces.append(current.strip())
            current, size = "", 0
        current, size = current + atom, size + _size(atom)
    return [piece for piece in (*pieces, current.strip()) if piece]


def _size(text: str) -> int:
    """How long `text` is at most once it is escaped."""
    return len(text.translate(CONTROL))


def _atoms(text: str, limit: int) -> Iterator[str]:
    """Parts of `text`, each short enough: whole lines where they fit, else sentences, words, and at last characters."""
    whole = [text]
    for boundary in (r"(?<=\n)", r"(?<=[.!?])(?= )", r"(?<= )"):
        whole = [part for piece in whole for part in (re.split(boundary, piece) if _size(piece) > limit else [piece])]
    step = max(1, limit // 5)  # an escaped character takes at most five
    for piece in whole:
        if _size(piece) <= limit:
            yield piece
        else:
            yield from (piece[start : start + step] for start in range(0, len(piece), step))
