"""Three servers behind nginx under load: one after the other is restarted, facts are loaded, and each part is killed in turn.

Nobody's message is lost or taken twice, everybody has a reply in time, and all goes well again without a hand on it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests
import yaml

from bot.channels.turns.shared_locks import LIFE
from bot.channels.turns.shared_redis import PAUSE
from bot.settings import ROOT
from tests.contract import check_turn
from tests.faults.conftest import Fleet
from tests.faults.load import PEOPLE, Crowd, Person, check_kept, check_replies, crowd
from tests.faults.parts import until

QUESTION = "Are exosomes approved by the FDA?"
EMERGENCY = "My throat is closing up and I can't breathe"
OUTAGE = 6.0  # seconds for which a part is away
OLD, NEW = "us-no-approval-found-2026", "us-no-approval-found-again"
NEWS = "No exosome product had FDA approval when this was looked up once more."


def _kept(made: Crowd, fleet: Fleet, *, in_order: bool = True) -> None:
    """What had to wait for the database is kept within seconds."""
    deadline = time.monotonic() + 15
    while True:
        try:
            return check_kept(made, fleet.postgres.url, in_order=in_order)
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def _shown(fleet: Fleet, number: int) -> set[str]:
    """The facts that one server shows for QUESTION."""
    reply = fleet.servers[number].ask(QUESTION, sender=f"news-{number}-{time.monotonic()}")
    return {fact["id"] for fact in check_turn(reply)["facts"]}


def _load_facts(fleet: Fleet, folder: Path) -> None:
    env = {**os.environ, "DATABASE_URL": fleet.postgres.url, "FACTS_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-m", "bot.cli", "facts", "load"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_new_facts_are_on_show_in_every_server_without_a_restart(fleet: Fleet, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    shutil.copytree(ROOT / "data" / "facts", folder)
    path = folder / "facts" / "us-regulator.yml"
    rows = yaml.safe_load(path.read_text())
    (old,) = [row for row in rows if row["id"] == OLD]
    new = {**old, "id": NEW, "statement": NEWS, "supersedes": [OLD]}
    (folder / "facts" / "news.yml").write_text(yaml.safe_dump([new]))
    with crowd(fleet.url) as made:
        assert [OLD in _shown(fleet, number) for number in range(3)] == [True] * 3
        _load_facts(fleet, folder)
        after = [_shown(fleet, number) for number in range(3)]
        made.everybody_writes_on()
        _load_facts(fleet, ROOT / "data" / "facts")
        back = [_shown(fleet, number) for number in range(3)]
        made.everybody_writes_on()
    assert [(NEW in shown, OLD in shown) for shown in after] == [(True, False)] * 3
    assert [(NEW in shown, OLD in shown) for shown in back] == [(False, True)] * 3
    assert {message.status for message in made.said} == {200}
    check_replies(made.said)
    _kept(made, fleet)


def test_a_rolling_restart_fails_no_reply(fleet: Fleet) -> None:
    with crowd(fleet.url) as made:
        for server in fleet.servers:
            server.stop()
            made.everybody_writes_on(1)
            server.start()
            made.everybody_writes_on(1)
    assert {(message.status, message.tries) for message in made.said} == {(200, 1)}
    check_replies(made.said)
    _kept(made, fleet)


def test_a_killed_server_loses_and_doubles_nothing_and_leaves_no_lock(fleet: Fleet) -> None:
    with crowd(fleet.url, count=2 * PEOPLE, pause=0.2) as made:
        for _ in range(3):
            fleet.kill(0)
            time.sleep(LIFE)
            made.everybody_writes_on(1)
            fleet.servers[0].start()
            made.everybody_writes_on(1)
    until(lambda: not fleet.redis.locks(), "no lock stays behind", within=LIFE + 1)
    assert {message.status for message in made.said} == {200}
    check_replies(made.said)
    _kept(made, fleet)


def test_without_the_action_server_the_other_servers_answer_and_it_is_used_again(fleet: Fleet) -> None:
    server = fleet.servers[2]
    with crowd(fleet.url) as made:
        fleet.actions.kill()
        down = server.ask(QUESTION, sender="actions-down")
        emergency = server.ask(EMERGENCY, sender="actions-down")
        made.everybody_writes_on(3)
        fleet.actions.start()
        made.is_answered_again()
    assert (check_turn(down)["kind"], check_turn(emergency)["kind"]) == ("error", "emergency")
    assert check_turn(server.ask(QUESTION, sender="actions-back"))["kind"] == "answer"
    check_replies(made.said)
    _kept(made, fleet)


def test_a_killed_postgresql_is_said_emergencies_are_seen_and_all_recovers(fleet: Fleet) -> None:
    with crowd(fleet.url) as made:
        fleet.postgres.kill()
        alarmed = Person(fleet.url, 0.0)
        alarmed.start()
        emergency = alarmed.ask(EMERGENCY)
        ready = requests.get(f"{fleet.servers[0].url}/health/ready", timeout=10).status_code
        time.sleep(OUTAGE)
        fleet.postgres.start()
        made.is_answered_again()
    assert (emergency.kind, emergency.status, ready) == ("emergency", 200, 503)
    everybody = Crowd([*made.people, alarmed])
    check_replies(everybody.said)
    assert {message.status for message in made.said} == {200, 503}
    # What is answered while it is down is kept when it is back, by the server that answered: perhaps after what came next.
    _kept(everybody, fleet, in_order=False)


def test_a_killed_redis_costs_no_reply_and_is_used_again(fleet: Fleet) -> None:
    with crowd(fleet.url) as made:
        fleet.redis.kill()
        time.sleep(OUTAGE)
        made.everybody_writes_on(1)
        fleet.redis.start()
        time.sleep(PAUSE)
        until(fleet.redis.locks, "turns are held in Redis again")
    assert {message.status for message in made.said} == {200}
    check_replies(made.said)
    _kept(made, fleet)
    until(lambda: not fleet.redis.locks(), "no lock stays behind", within=LIFE + 1)


def test_a_database_that_hangs_is_said_in_time_and_costs_nothing_when_it_goes_on(fleet: Fleet) -> None:
    with crowd(fleet.url) as made:
        go_on = fleet.postgres.hang()
        try:
            time.sleep(OUTAGE)
            alarmed = Person(fleet.url, 0.0)
            alarmed.start()
            emergency = alarmed.ask(EMERGENCY)
        finally:
            go_on()
        made.is_answered_again()
    assert (emergency.kind, emergency.status) == ("emergency", 200)
    everybody = Crowd([*made.people, alarmed])
    check_replies(everybody.said)
    _kept(everybody, fleet, in_order=False)


def test_a_slow_database_makes_no_reply_late(fleet: Fleet) -> None:
    """For a while nobody can read or write the conversations: another program holds their table, again and again."""
    import psycopg2

    over = threading.Event()

    def hold() -> None:
        while not over.is_set():
            with psycopg2.connect(fleet.postgres.url) as connection, connection.cursor() as cursor:
                cursor.execute("LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE")
                over.wait(1.0)
            connection.close()
            time.sleep(0.2)

    with crowd(fleet.url) as made:
        holding = threading.Thread(target=hold)
        holding.start()
        try:
            time.sleep(2 * OUTAGE)
        finally:
            over.set()
            holding.join()
        made.is_answered_again()
    check_replies(made.said)
    _kept(made, fleet, in_order=False)
