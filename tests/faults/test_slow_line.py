"""A database that is slow and not dead, on one server: every reply in time, emergencies at once, and nothing lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.faults.conftest import AS_SHIPPED
from tests.faults.load import PATIENCE, POLITE, Crowd, Person, check_kept, check_replies
from tests.faults.parts import Postgres
from tests.faults.slow_line import SlowLine
from tests.faults.test_fleet import EMERGENCY, QUESTION
from tests.server.conftest import Server

DELAYS = (0.1, 0.2, 0.3, 0.4, 0.5)  # seconds a packet
AT_ONCE = 2.0 * PATIENCE  # seconds for the reply to an emergency
MOST = 8  # packets that a turn may send: one to read, one for the facts, four to keep it, and one where a button was pressed


@pytest.fixture(scope="module")
def slow(wanted: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, SlowLine, Postgres]]:
    """A server, the line to its database, and the database."""
    postgres = Postgres()
    postgres.start()
    try:
        with SlowLine(postgres.port) as line:
            url = postgres.url.replace(str(postgres.port), str(line.port))
            env = {**AS_SHIPPED, "DATABASE_URL": url, "TRACKER_URL": "", "REDIS_URL": "", "ACTION_URL": ""}
            server = Server(folder=tmp_path_factory.mktemp("slow"), env=env).start()
            yield server, line, postgres
            server.process.kill()
            server.process.wait(timeout=60)
    finally:
        postgres.remove()


def _person(server: Server) -> Person:
    made = Person(server.url, 0.0)
    made.start()
    return made


def _kept(people: list[Person], postgres: Postgres) -> None:
    """What was answered while the line was slow is kept within seconds."""
    deadline = time.monotonic() + 30 * PATIENCE
    while True:
        try:
            return check_kept(Crowd(people), postgres.url, in_order=False)
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_a_turn_asks_the_database_only_a_few_times(slow: tuple[Server, SlowLine, Postgres]) -> None:
    server, line, _ = slow
    person = _person(server)
    person.ask(QUESTION)
    before = line.packets
    person.ask("what does it cost?")
    assert line.packets - before <= MOST


def test_whatever_is_asked_over_a_slow_line_has_a_reply_in_time(slow: tuple[Server, SlowLine, Postgres]) -> None:
    server, line, postgres = slow
    people = []
    for delay in DELAYS:
        line.delay = 0.0
        person = _person(server)
        offered = [button["payload"] for part in person.ask("which one?").turn for button in part.get("buttons") or ()]
        assert offered
        alarmed = _person(server)
        alarmed.ask("hello")
        line.delay = delay
        person.ask(QUESTION)
        person.press(offered[0])
        person.ask("and in Canada?")
        emergency = alarmed.ask(EMERGENCY)
        assert (emergency.kind, emergency.status) == ("emergency", 200)
        assert emergency.seconds < AT_ONCE, delay
        people += [person, alarmed]
    line.delay = 0.0
    check_replies(Crowd(people).said)
    assert max(message.seconds for message in Crowd(people).said) < POLITE
    _kept(people, postgres)
