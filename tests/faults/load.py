"""People who write through the widget while something breaks, and what became of each of their messages."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests

from bot.channels.turns.again import name_of
from bot.conversations.store import open_conversations
from tests.contract import check_turn

PEOPLE = int(os.environ.get("FAULTS_PEOPLE", "6"))  # a machine with little to spare needs fewer
# On a machine that others keep busy, all times that count may be so many times longer; then it says nothing about five seconds.
PATIENCE = float(os.environ.get("FAULTS_PATIENCE", "1"))
POLITE = 5.0 * PATIENCE  # seconds in which everybody has a reply, whatever is broken
TRIES_AFTER = (0.7, 2.5)  # as widget/src/client.ts tries again by itself
QUESTIONS = (
    "what are exosomes?",
    "are they approved by the FDA?",
    "what does it cost?",
    "tell me more",
    "do exosomes regrow hair?",
    "and in Canada?",
    "thank you so much",
    "what are the side effects?",
)


@dataclass(frozen=True)
class Message:
    """One message and what came of it: `status` 200 is an answer, 503 a polite word that a part is down."""

    conversation: str
    name: str
    text: str
    seconds: float
    status: int
    tries: int
    turn: Sequence[dict[str, Any]]

    @property
    def kind(self) -> str:
        """The kind of the reply."""
        return str(self.turn[-1]["custom"]["kind"])


@dataclass
class Person:
    """Somebody who writes one message after the other, until told to stop."""

    url: str
    pause: float
    questions: Sequence[str] = QUESTIONS
    said: list[Message] = field(default_factory=list)
    token: str = ""

    def start(self) -> None:
        """Opens a chat."""
        for wait in (*TRIES_AFTER, 0.0):
            try:
                self.token = str(requests.post(f"{self.url}/webhooks/widget/start", json={}, timeout=30).json()["token"])
                return
            except (requests.RequestException, ValueError):
                time.sleep(wait)
        raise AssertionError("no chat could be started")

    @property
    def conversation(self) -> str:
        """The name of the chat."""
        return str(jwt.decode(self.token, options={"verify_signature": False})["sub"])

    def ask(self, text: str) -> Message:
        """Sends one message as the widget does: under one id, and again by itself where no reply came."""
        return self._send(text, "text")

    def press(self, payload: str) -> Message:
        """Presses a button."""
        return self._send(payload, "payload")

    def _send(self, text: str, what: str) -> Message:
        id, began, status, turn, tries = uuid.uuid4().hex, time.monotonic(), 0, [], 0
        for wait in (*TRIES_AFTER, None):
            tries += 1
            try:
                headers = {"Authorization": f"Bearer {self.token}"}
                body = {"id": id, what: text}
                reply = requests.post(f"{self.url}/webhooks/widget/message", json=body, headers=headers, timeout=25 * PATIENCE)
                status, turn = reply.status_code, reply.json()["messages"]
                break
            except (requests.RequestException, ValueError):
                if wait is not None:
                    time.sleep(wait)
        seconds = time.monotonic() - began
        made = Message(self.conversation, name_of(id, text, what == "payload"), text, seconds, status, tries, turn)
        self.said.append(made)
        return made

    def talk(self, over: threading.Event) -> None:
        """Writes until it is over."""
        number = 0
        while not over.is_set():
            self.ask(self.questions[number % len(self.questions)])
            number += 1
            over.wait(self.pause)


@dataclass(frozen=True)
class Crowd:
    """People who write at the same time."""

    people: Sequence[Person]

    @property
    def said(self) -> list[Message]:
        """Every message so far."""
        return [message for person in self.people for message in list(person.said)]

    def since(self, count: int) -> list[Message]:
        """The messages after the first `count` of each."""
        return [message for person in self.people for message in list(person.said)[count:]]

    def everybody_writes_on(self, more: int = 2, *, within: float = 60.0 * PATIENCE) -> None:
        """Waits until each person has sent so many more messages."""
        wanted = [len(person.said) + more for person in self.people]
        deadline = time.monotonic() + within
        while any(len(person.said) < count for person, count in zip(self.people, wanted)):
            assert time.monotonic() < deadline, "people do not get replies any more"
            time.sleep(0.05)

    def is_answered_again(self, *, within: float = 60.0 * PATIENCE) -> None:
        """Waits until the next messages of everybody are answered, and none with a word that a part is down."""
        deadline = time.monotonic() + within
        while True:
            before = [len(person.said) for person in self.people]
            self.everybody_writes_on()
            if all(message.status == 200 for person, count in zip(self.people, before) for message in person.said[count:]):
                return
            assert time.monotonic() < deadline, "it does not recover"


@contextmanager
def crowd(url: str, *, count: int = PEOPLE, pause: float = 0.5) -> Iterator[Crowd]:
    """So many people write at `url` within the block."""
    people = [Person(url, pause) for _ in range(count)]
    for person in people:
        person.start()
    over = threading.Event()
    threads = [threading.Thread(target=person.talk, args=(over,), daemon=True) for person in people]
    made = Crowd(people)
    for thread in threads:
        thread.start()
    try:
        made.everybody_writes_on(1)
        yield made
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=120)


def check_replies(said: Sequence[Message]) -> None:
    """Everybody had a whole reply by the answer contract, in time."""
    assert said
    for message in said:
        assert message.status in (200, 503), (message.status, message.text, message.tries)
        custom = check_turn(message.turn)
        assert (custom["kind"] == "error") == (message.status == 503)
        assert "\n".join(part["text"] for part in message.turn).count("911") >= (message.status == 503)
    slowest = max(said, key=lambda message: message.seconds)
    assert slowest.seconds < POLITE, (slowest.seconds, slowest.text, slowest.status, slowest.tries)


def check_kept(made: Crowd, database: str, *, in_order: bool = True) -> None:
    """Every message that was answered is kept, in order; none is kept twice."""
    kept = open_conversations(database)
    try:
        for person in made.people:
            whole = kept.whole(person.conversation)
            assert whole
            events = [event for event in whole.events if event["event"] in ("user", "bot")]
            names = [str(event["message_id"]) for event in events if event["event"] == "user"]
            answered = [message.name for message in person.said if message.status == 200]
            assert len(names) == len(set(names)), "a message was taken twice"
            found = [name for name in names if name in set(answered)]
            assert (found if in_order else sorted(found)) == (answered if in_order else sorted(answered))
            followed = {one.get("message_id"): other["event"] for one, other in zip(events, events[1:])}
            assert {followed[name] for name in answered} == {"bot"}, "a reply is missing"
    finally:
        kept.engine.dispose()
