"""Cleans what arrives before anything else sees it: size, unreadable characters, payloads, names. Imports no Rasa."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from typing import Any

from bot.safety.privacy.personal import scrub
from bot.safety.text.disguise import meant

# Controls, private use, unassigned and surrogates are dropped; of the format characters only the joiners that
# some scripts need are kept, so that nothing can hide text or turn its direction.
DROPPED = ("Cc", "Co", "Cn", "Cs", "Cf")
KEPT = "\n\t\u200c\u200d"
PAYLOAD = re.compile(r"^\s*/")
PLAIN_SENDER = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
HASHED_SENDER = re.compile(r"~[0-9a-f]{40}")


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
    """`text` without unreadable characters, in the letters that are meant, blank lines and outer spaces taken out."""
    kept = meant("".join(map(_readable, text)))
    lines = (" ".join(line.split()) for line in kept.splitlines())
    return "\n".join(line for line in lines if line)


def readable(text: str) -> bool:
    """Whether `text` holds at least one letter or digit of any script."""
    return any(unicodedata.category(c)[0] in "LN" for c in text) or "?" in text


def disarm(text: str) -> str:
    """A payload becomes plain text: its leading slashes are taken off. Not for one that this conversation was offered."""
    return re.sub(r"^[\s/]+", "", text) if PAYLOAD.match(text) else text


def _hashed(text: str) -> str:
    return "~" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def sender_name(given: Any) -> str:
    """The name of the person who writes, as it is kept and sent back; given once more, it stays the same.

    A short plain name stays as it is. One that is long or strange, or that looks like personal data, is kept as a
    hash; without one, each message is a conversation of its own.
    """
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or not given.strip():
        return _hashed(uuid.uuid4().hex)
    if HASHED_SENDER.fullmatch(given) or (PLAIN_SENDER.fullmatch(given) and not scrub(given).kinds):
        return given
    return _hashed(given)
