"""Sessions of the website widget: who holds a token writes in the conversation that it names. Imports no Rasa.

Nothing is kept for a session on the server: the token itself, signed and with an end, holds the conversation's name. The
name is drawn at random and never taken from a request.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

import jwt

ALGORITHM = "HS256"
AUDIENCE = "exosome-guide-widget"
CLAIMS = ("sub", "aud", "iat", "exp", "first")
PREFIX = "widget-"
NAME_BYTES = 24
SECRET_BYTES = 32
LONGEST = 24 * 60 * 60  # seconds that one conversation can be renewed


class SessionInvalid(Exception):
    """There is no token, or not one that this server made for the widget."""


class SessionExpired(SessionInvalid):
    """The token was good and its time is over."""


@dataclass(frozen=True)
class Session:
    """A token and what it says; times are whole seconds since 1970 (UTC)."""

    token: str
    conversation: str
    first: int
    expires: int


class Sessions:
    """Makes and reads tokens. Without `secret` one is drawn, and the tokens end with this process."""

    def __init__(self, *, secret: str | None, minutes: int) -> None:
        self._secret = secret or secrets.token_hex(SECRET_BYTES)
        self._seconds = minutes * 60

    def start(self) -> Session:
        """A session for a new conversation."""
        return self._make(PREFIX + secrets.token_hex(NAME_BYTES), first=int(time.time()))

    def renew(self, token: str) -> Session:
        """The same conversation for longer. Raises SessionInvalid, also for a conversation older than a day."""
        old = self.read(token)
        if time.time() >= old.first + LONGEST:
            raise SessionExpired
        return self._make(old.conversation, first=old.first)

    def read(self, token: str) -> Session:
        """What `token` says. Raises SessionInvalid, or SessionExpired."""
        try:
            said = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                # The clock of the server that made it may be ahead of this one.
                options={"require": list(CLAIMS), "strict_aud": True, "verify_iat": False},
            )
        except jwt.ExpiredSignatureError:
            raise SessionExpired from None
        except jwt.InvalidTokenError:
            raise SessionInvalid from None
        if not said["sub"].startswith(PREFIX) or not isinstance(said["first"], int):
            raise SessionInvalid
        return Session(token=token, conversation=said["sub"], first=said["first"], expires=int(said["exp"]))

    def _make(self, conversation: str, *, first: int) -> Session:
        now = int(time.time())
        expires = now + self._seconds
        claims = {"sub": conversation, "aud": AUDIENCE, "iat": now, "exp": expires, "first": first}
        return Session(jwt.encode(claims, self._secret, algorithm=ALGORITHM), conversation, first, expires)
