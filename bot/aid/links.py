"""The address of a person's page: signed, with an end, and nothing kept for it on the server. Imports no Rasa."""

from __future__ import annotations

import secrets
import time
from typing import Any

import jwt

from bot.settings import settings

ALGORITHM = "HS256"
AUDIENCE = "exosome-guide-summary"
WANTED: Any = {"require": ["sub", "aud", "exp", "seed"], "strict_aud": True}
PREFIX = "/summary/"
DRAWN = secrets.token_hex(32)  # for this process, where no secret is set


def _secret() -> str:
    chosen = settings().widget_secret
    return f"{AUDIENCE}:{(chosen.get_secret_value().strip() if chosen else None) or DRAWN}"


def page_of(conversation: str, *, seed: int) -> str:
    """The path of the page of the guide with that `seed` in `conversation`, good for SUMMARY_MINUTES."""
    end = int(time.time()) + settings().summary_minutes * 60
    claims = {"sub": conversation, "aud": AUDIENCE, "exp": end, "seed": seed}
    return PREFIX + jwt.encode(claims, _secret(), algorithm=ALGORITHM)


def conversation_of(token: str) -> tuple[str, int] | None:
    """The conversation and the seed that `token` names; None for one that is over or was not made here."""
    try:
        said = jwt.decode(
            token,
            _secret(),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options=WANTED,
        )
    except jwt.InvalidTokenError:
        return None
    return said["sub"], int(said["seed"])
