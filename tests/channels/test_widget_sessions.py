"""A token names one conversation, for a time, and only this server makes it."""

from __future__ import annotations

import base64
import json
import time

import jwt
import pytest

from bot.channels.widget import sessions
from bot.channels.widget.sessions import AUDIENCE, LONGEST, SessionExpired, SessionInvalid, Sessions

SECRET = "a-secret-of-the-tests-" + "0123456789" * 2


def _sessions() -> Sessions:
    return Sessions(secret=SECRET, minutes=120)


def _token(*, secret: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    now = int(time.time())
    said = {"sub": "widget-x", "aud": AUDIENCE, "iat": now, "exp": now + 3600, "first": now, **claims}
    return jwt.encode({name: value for name, value in said.items() if value is not None}, secret, algorithm=algorithm)


def _unsigned(**header: str) -> str:
    signed = _token().split(".")
    first = base64.urlsafe_b64encode(json.dumps({"typ": "JWT", **header}).encode()).rstrip(b"=").decode()
    return f"{first}.{signed[1]}."


def test_a_token_names_its_conversation_and_its_end() -> None:
    before = int(time.time())
    made = _sessions().start()
    assert _sessions().read(made.token) == made
    assert 120 * 60 <= made.expires - before <= 120 * 60 + 2


def test_a_server_whose_clock_is_behind_takes_the_token_of_one_whose_clock_is_ahead() -> None:
    ahead = int(time.time()) + 600
    assert _sessions().read(_token(iat=ahead, first=ahead, exp=ahead + 3600)).conversation == "widget-x"


def test_no_two_sessions_share_a_conversation_and_a_name_cannot_be_guessed() -> None:
    names = {_sessions().start().conversation for _ in range(200)}
    assert len(names) == 200
    assert {len(name) for name in names} == {len("widget-") + 48}


def test_a_token_of_the_right_form_is_read() -> None:
    assert _sessions().read(_token()).conversation == "widget-x"


FOREIGN = {
    "nothing": "",
    "no token": "nonsense",
    "three parts of nonsense": "a.b.c",
    "another secret": _token(secret="another-secret-" * 4),
    "another audience": _token(aud="somewhere-else"),
    "a list of audiences": _token(aud=[AUDIENCE, "somewhere-else"]),
    "no audience": _token(aud=None),
    "no end": _token(exp=None),
    "no conversation": _token(sub=None),
    "no beginning": _token(first=None),
    "a beginning that is no time": _token(first="now"),
    "a conversation of another channel": _token(sub="rest-ann"),
    "another algorithm": _token(algorithm="HS384"),
    "algorithm none": _unsigned(alg="none"),
    "algorithm None": _unsigned(alg="None"),
    "no signature": _unsigned(alg="HS256"),
    "cut": _token()[:-2],
}


@pytest.mark.parametrize("token", FOREIGN.values(), ids=list(FOREIGN))
def test_any_other_token_is_refused(token: str) -> None:
    for refuse in (_sessions().read, _sessions().renew):
        with pytest.raises(SessionInvalid) as caught:
            refuse(token)
        assert type(caught.value) is SessionInvalid


def test_a_token_after_its_time_is_expired_and_not_renewed() -> None:
    for refuse in (_sessions().read, _sessions().renew):
        with pytest.raises(SessionExpired):
            refuse(_token(exp=int(time.time()) - 1))


def test_renewing_keeps_the_conversation_and_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    old = _sessions().start()
    later = time.time() + 60
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    new = _sessions().renew(old.token)
    assert (new.conversation, new.first, new.expires) == (old.conversation, old.first, int(later) + 120 * 60)


def test_a_conversation_is_not_renewed_for_ever() -> None:
    with pytest.raises(SessionExpired):
        _sessions().renew(_token(first=int(time.time()) - LONGEST))


def test_without_a_secret_each_start_draws_its_own() -> None:
    one, two = Sessions(secret=None, minutes=1), Sessions(secret=None, minutes=1)
    made = one.start()
    assert one.read(made.token) == made
    with pytest.raises(SessionInvalid):
        two.read(made.token)
