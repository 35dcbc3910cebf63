"""Cleans what arrives before anything else sees it: size, unreadable characters, payloads. Imports no Rasa."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

# Controls, private use, unassigned and surrogates are dropped; of the format characters only the joiners that
# some scripts need are kept, so that nothing can hide text or turn its direction.
DROPPED = ("Cc", "Co", "Cn", "Cs", "Cf")
KEPT = "\n\t\u200c\u200d"
PAYLOAD = re.compile(r"^\s*/")


def shorten(text: str, *, limit: int) -> str:
    """At most `limit` characters: the beginning and the end, where people put what matters."""
    if len(text) <= limit:
        return text
    return text[: limit * 3 // 4] + "\n" + text[len(text) - limit // 4 + 1 :]


def _readable(character: str) -> str:
    """The character, or what stands in its place: a space, and nothing for a hidden one, so that it cannot part a word."""
    category = unicodedata.category(character)
    if character in KEPT or category not in DROPPED:
        return character
    return "" if category == "Cf" else " "


def clean(text: str) -> str:
    """`text` without unreadable characters, in composed form, blank lines and outer spaces taken out."""
    kept = unicodedata.normalize("NFC", "".join(map(_readable, text)))
    lines = (" ".join(line.split()) for line in kept.splitlines())
    return "\n".join(line for line in lines if line)


def readable(text: str) -> bool:
    """Whether `text` holds at least one letter or digit of any script."""
    return any(unicodedata.category(c)[0] in "LN" for c in text) or "?" in text


def disarm(text: str, *, offered: Container[str]) -> str:
    """A payload that was not offered in this conversation becomes plain text: its leading slashes are taken off."""
    if not PAYLOAD.match(text) or text in offered:
        return text
    return re.sub(r"^[\s/]+", "", text)
