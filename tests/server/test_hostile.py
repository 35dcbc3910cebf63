"""2,016 hostile and broken messages, no two alike, and floods: each gets a valid reply, none an error, nothing leaks.

Of each of 14 kinds in each of 9 places 16 are drawn by hypothesis, the same each time; FUZZ_SEED draws others. On top: odd bodies,
huge texts, 301 messages from one sender at once, 140 from as many senders, and conversations that run side by side.
"""

from __future__ import annotations

import itertools
import json
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.contract import check_turn
from tests.hostile.messages import BODIES, HUGE, KINDS, PLACES, one_of_each
from tests.server.conftest import Server

SEED = int(os.environ.get("FUZZ_SEED", "1"))
OF_EACH = 16  # messages of each kind in each place
FRESH = 10  # examples after which hypothesis rather varies what it has drawn before
SECONDS = 180  # that a reply may take on a busy machine before the test gives up
COUNTRIES = {"CA": "Canada", "GB": "the UK", "JP": "Japan", "KR": "South Korea"}
ONCE = settings(max_examples=FRESH, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
Sent = tuple[str, str]


def _marker() -> str:
    """A word that no reply holds unless somebody's message found its way into it."""
    return "zq" + uuid.uuid4().hex[:12].translate(str.maketrans("0123456789", "ghijklmnop"))


def _post(server: Server, body: bytes) -> list[dict[str, Any]]:
    reply = requests.post(f"{server.url}/webhooks/rest/webhook", data=body, timeout=SECONDS)
    assert reply.status_code == 200, (reply.status_code, body[:200])
    return list(reply.json())


def _ask(server: Server) -> Callable[[Sent], tuple[Sent, list[dict[str, Any]]]]:
    def ask(sent: Sent) -> tuple[Sent, list[dict[str, Any]]]:
        sender, text = sent
        return sent, _post(server, json.dumps({"sender": sender, "message": text}).encode())

    return ask


def _all(server: Server, sent: Iterable[Sent], *, at_once: int) -> list[tuple[Sent, dict[str, Any]]]:
    """Sends everything, so many at once; checks each reply and that no marker came back in any of them."""
    with ThreadPoolExecutor(at_once) as pool:
        replies = list(pool.map(_ask(server), sent))
    checked = []
    for (sender, text), messages in replies:
        custom = check_turn(messages)
        assert custom["kind"] != "error", ascii(text[:300])
        assert {message["recipient_id"] for message in messages} == {sender}
        assert "zq" not in json.dumps(messages).lower().replace(sender.lower(), ""), ascii(text[:300])
        checked.append(((sender, text), custom))
    return checked


@lru_cache(maxsize=1)
def _drawn() -> dict[str, list[tuple[str, str]]]:
    """By place OF_EACH messages of each kind, as (kind, message); no two are alike."""
    drawn: dict[str, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    for place in PLACES:
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}

        def keep(messages: tuple[str, ...], found: dict[str, list[str]] = found) -> None:
            for kind, message in zip(KINDS, messages):
                if len(found[kind]) < OF_EACH and message not in seen:
                    seen.add(message)
                    found[kind].append(message)

        draws = itertools.count(SEED * 1000)
        while min(map(len, found.values())) < OF_EACH:
            seed(next(draws))(ONCE(given(one_of_each(place))(lambda messages: keep(messages))))()
        drawn[place] = [(kind, message) for kind, messages in found.items() for message in messages]
    return drawn


def test_2000_messages_are_drawn_and_no_two_are_alike() -> None:
    drawn = [message for messages in _drawn().values() for _, message in messages]
    assert len(set(drawn)) == len(drawn) == OF_EACH * len(KINDS) * len(PLACES) == 2016


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_sent_gets_a_valid_reply_that_repeats_nothing(server: Server, place: str) -> None:
    run = uuid.uuid4().hex[:8]  # a conversation of each kind in each place, so that what was said before is hostile, too
    senders = {kind: f"fuzz-{run}-{number}" for number, kind in enumerate(KINDS)}
    sent = [(senders[kind], f"{text} {_marker()}" if number % 2 else text) for number, (kind, text) in enumerate(_drawn()[place])]
    assert len(_all(server, sent, at_once=4)) == OF_EACH * len(KINDS)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: ascii(body[:24]))
def test_a_body_of_any_shape_gets_a_valid_reply(server: Server, body: bytes) -> None:
    assert check_turn(_post(server, body))["kind"] != "error"


@pytest.mark.parametrize("text", HUGE, ids=lambda text: ascii(text[:4]))
def test_two_megabytes_of_anything_get_a_valid_reply(server: Server, text: str) -> None:
    assert (
        check_turn(_post(server, json.dumps({"sender": "huge", "message": text}, ensure_ascii=False).encode()))["kind"] != "error"
    )


def test_a_flood_from_one_sender_is_answered_politely_and_an_emergency_in_it_is_seen(server: Server) -> None:
    flood: list[Sent] = [("flood", f"are exosomes approved? {_marker()}")] * 300
    kinds = Counter(custom["kind"] for _, custom in _all(server, flood, at_once=16))
    assert set(kinds) <= {"answer", "conversation", "clarify"}
    assert kinds["conversation"] > 0
    ((_, custom),) = _all(server, [("flood", "my throat is closing up and I can't breathe")], at_once=1)
    assert custom["kind"] == "emergency"


def test_a_flood_from_many_senders_is_answered_and_others_are_served(server: Server) -> None:
    flood: list[Sent] = [(f"many-{number}", f"do exosomes regrow hair {_marker()}") for number in range(140)]
    kinds = Counter(custom["kind"] for _, custom in _all(server, flood, at_once=32))
    assert set(kinds) <= {"answer", "conversation", "clarify"}
    assert kinds["answer"] > 70


def test_conversations_side_by_side_do_not_mix(server: Server) -> None:
    places = list(itertools.islice(itertools.cycle(COUNTRIES.items()), 31))
    senders = [f"side-{number}-{uuid.uuid4().hex[:6]}" for number in range(len(places))]
    first = [(sender, f"are exosomes approved in {name}?") for sender, (_, name) in zip(senders, places)]
    strangers = [(f"new-{sender}", "are exosomes approved?") for sender in senders]
    said = dict(_by_sender(_all(server, [sent for pair in zip(first, strangers) for sent in pair], at_once=8)))
    assert {sender: said[sender]["scope"].get("jurisdiction") for sender in senders} == {
        sender: code for sender, (code, _) in zip(senders, places)
    }
    assert {said[f"new-{sender}"]["scope"].get("jurisdiction") for sender in senders} == {None}
    again = [(sender, "and for hair?") for sender in [*senders, *(f"new-{sender}" for sender in senders)]]
    said = dict(_by_sender(_all(server, again, at_once=8)))
    assert {said[sender]["scope"].get("jurisdiction") for sender in said if sender.startswith("new-")} <= {None}
    mixed = {sender: said[sender]["scope"].get("jurisdiction") for sender in senders}
    assert {s: code for (s, code), (own, _) in zip(mixed.items(), places) if code not in (None, own)} == {}


def _by_sender(replies: list[tuple[Sent, dict[str, Any]]]) -> Iterable[tuple[str, dict[str, Any]]]:
    return ((sender, custom) for (sender, _), custom in replies)
