"""The decision guide in Slack on the whole server: filled in step by step, left, interrupted, taken up again and changed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from bot.aid.content import guide
from bot.aid.screens import screens
from bot.aid.state import State
from tests.server.conftest import Server
from tests.slack.looks import buttons, call_on, command, filled, held, posts, press, shown, words, write
from tests.slack.requests_of_slack import Sender
from tests.slack.standin import CHANNEL, OTHER, Call, StandIn, until

EMERGENCY = "My throat is closing up and I can't breathe"
FIVE = "5: matters most"
ASKS = {screen.id: screen.ask for screen in screens(guide(), State(seed=1))}
REASONS = {value.id: value.text for value in guide().values}
WHOLE: list[tuple[str, dict[str, str]]] = [
    ("Step 1 of 7: What you think about", {ASKS["use"]: "Hair loss"}),
    ("Step 1 of 7: What you think about", {ASKS["route"]: "As shots"}),
    ("Step 1 of 7: What you think about", {ASKS["told"]: "It regrows hair. Is it safe?"}),
    ("Step 2 of 7: Where you stand", {ASKS["stance"]: "I am thinking about it"}),
    ("Step 2 of 7: Where you stand", {ASKS["others"]: "my wife"}),
    ("Step 3 of 7: Your options side by side", {}),
    ("Step 4 of 7: What matters to you", {REASONS["approval"]: FIVE, REASONS["hurt"]: "3"}),
    ("Step 4 of 7: What matters to you", {ASKS["own"]: "my wedding, 5"}),
    ("Step 5 of 7: Check what you know", {ASKS["check-approved"]: "No"}),
    ("Step 5 of 7: Check what you know", {ASKS["check-weeks"]: "Yes"}),
    ("Step 5 of 7: Check what you know", {ASKS["check-share"]: "Not sure"}),
    ("Step 6 of 7: Are you sure", {ASKS["sure-sure"]: "Yes"}),
    ("Step 6 of 7: Are you sure", {ASKS["sure-understand"]: "No"}),
    ("Step 6 of 7: Are you sure", {ASKS["sure-matters"]: "Yes"}),
    ("Step 6 of 7: Are you sure", {ASKS["sure-support"]: "Yes"}),
    ("Step 7 of 7: Your summary", {ASKS["decision"]: "Whether to have shots"}),
    ("Step 7 of 7: Your summary", {"Or in your own words": "more to waiting"}),
    ("Step 7 of 7: Your summary", {ASKS["open"]: "what it costs"}),
]  # fmt: skip

PAGE = (
    "*My decision*\n• Whether to have shots", "• For: Hair loss", "• The clinic told me: It regrows hair. Is it safe?",
    "*Where I lean*\n• more to waiting", "• what it costs", "• my wedding (5 of 5)", f"• {REASONS['hurt']} (3 of 5)",
    f"• {REASONS['approval']} (5 of 5)", "*Questions for the clinician*",
    "<https://guide.example/summary/", "|Open the page to print or save>",
)  # fmt: skip


@pytest.fixture
def sender(workspace: tuple[StandIn, Server]) -> Iterator[Sender]:
    """Slack as it writes to the server; what the server sent in this test was in order."""
    slack, server = workspace
    yield Sender(slack, server.url)
    assert slack.violations == []


class Person:
    """Someone in a direct message or a thread; `message` is the newest one of the assistant there, `text` its whole answer."""

    def __init__(self, sender: Sender, *, thread: bool = False) -> None:
        self.sender, id = sender, uuid.uuid4().hex[:8].upper()
        self.user, self.channel = f"U0{id}", CHANNEL if thread else f"D0{id}"
        self.is_in_thread = thread
        self.thread: str | None = None
        self.message: dict[str, Any] = {}
        self.text = ""

    def says(self, text: str) -> None:
        """Types, in a channel with a mention."""
        before = len(self._posted())
        if self.is_in_thread:
            before = before if self.thread else 0
            self.thread, _ = call_on(self.sender, text, user=self.user, thread=self.thread)
        else:
            write(self.sender, text, user=self.user, channel=self.channel)
        self._looks(before)

    def presses(self, title: str, given: dict[str, str] | None = None, *, message: Any = None) -> None:
        """Fills in `given` and presses a button of the newest message, or of an older one."""
        before = len(self._posted())
        self.fills(title, given, message=message)
        self._looks(before)

    def _posted(self) -> list[Call]:
        where: dict[str, Any] = {"channel": self.channel, **({"thread_ts": self.thread} if self.thread else {})}
        return self.sender.slack.of("chat.postMessage", **where)

    def _looks(self, before: int) -> None:
        """Waits for all of the answer: its last message has buttons, but in an emergency."""

        def whole() -> Call | None:
            last = found[-1] if len(found := self._posted()) > before else None
            return last if last and (buttons(last.args["blocks"]) or "911" in str(last.args["blocks"][0])) else None

        self.message = held(self.sender.slack, until(whole, "the answer"))
        self.text = "\n".join(words(call.args["blocks"]) for call in self._posted()[before:])

    def fills(self, title: str, given: dict[str, str] | None = None, *, message: Any = None) -> None:
        """The same, without waiting for an answer."""
        message = message or json.loads(json.dumps(self.message))
        button = next(one for one in buttons(message["blocks"]) if one["text"]["text"] == title)
        values = filled(message["blocks"], given or {})
        press(self.sender, button, message=message, channel=self.channel, user=self.user, values=values)

    @property
    def asked(self) -> list[str]:
        """What the newest message asks."""
        return [block["label"]["text"] for block in self.message["blocks"] if block["type"] == "input"]


def _walk(person: Person, steps: list[tuple[str, dict[str, str]]]) -> None:
    for progress, given in steps:
        assert f"*{progress}*" in person.text
        assert set(given) <= set(person.asked)
        person.presses("Next", given)


@pytest.mark.parametrize("thread", [False, True], ids=["in a direct message", "in a thread"])
def test_the_whole_way_by_inputs_ends_in_the_page_with_a_link(sender: Sender, thread: bool) -> None:
    person = Person(sender, thread=thread)
    person.says("help me decide")
    _walk(person, WHOLE)
    assert "*Step 7 of 7: Your summary*" in person.text
    for line in PAGE:
        assert line in person.text
    assert [button["text"]["text"] for button in buttons(person.message["blocks"])][-1] == "Start over"


def test_what_was_sent_stays_to_be_read_and_cannot_be_sent_twice(sender: Sender) -> None:
    person = Person(sender, thread=True)
    person.says("help me decide")
    first = json.loads(json.dumps(person.message))
    person.presses("Next", {ASKS["use"]: "Scars"})
    person.fills("Next", {ASKS["use"]: "Scars"}, message=first)
    marked = until(
        lambda: (m := sender.slack.messages[CHANNEL, first["ts"]]) and "edited" in m and m,
        "the mark",
    )
    assert {block["type"] for block in marked["blocks"]} == {"section", "context"}
    assert words(marked["blocks"]).endswith(f"*{ASKS['use']}*\nScars\n✓ <@{person.user}> answered: *Scars*")
    person.presses("Skip")
    assert person.asked == [ASKS["told"]]


def test_nothing_filled_in_is_said_to_the_one_who_pressed_and_the_step_stays(sender: Sender) -> None:
    person = Person(sender, thread=True)
    person.says("help me decide")
    before = len(sender.slack.shown)
    person.fills("Next")
    person.fills("Next")
    said = shown(sender.slack, before + 2)[-1]
    assert (said["text"], said["response_type"], said["thread_ts"]) == (
        "Please fill in or choose something first, or press Skip.",
        "ephemeral",
        person.thread,
    )
    person.presses("Next", {ASKS["use"]: "Scars"})
    assert person.asked == [ASKS["route"]]


def test_skip_back_stop_and_change_are_buttons(sender: Sender) -> None:
    person = Person(sender)
    person.says("help me decide")
    person.presses("Next", {ASKS["use"]: "Ageing skin"})
    person.presses("Skip")
    person.presses("Back")
    assert person.asked == [ASKS["route"]]
    person.presses("Stop")
    assert "We can stop here" in person.text
    person.presses("Go on with the guide")
    assert person.asked == [ASKS["route"]]
    person.presses("Stop")
    person.says("where were we?")
    assert person.asked == [ASKS["route"]]
    person.says("summary")
    assert "• For: Ageing skin" in person.text
    person.presses("Change step 1")
    (use, *_) = (block["element"] for block in person.message["blocks"] if block["type"] == "input")
    assert use["initial_option"]["text"]["text"] == "Ageing skin"
    person.presses("Next", {ASKS["use"]: "Scars"})
    person.says("summary")
    assert "• For: Scars" in person.text


def test_an_older_step_changes_its_own_answer_and_not_the_one_on_show(sender: Sender) -> None:
    person = Person(sender)
    person.says("help me decide")
    person.says("change told")
    told = json.loads(json.dumps(person.message))
    person.says("change open")
    person.presses("Next", {ASKS["told"]: "It has no risks"}, message=told)
    assert person.asked == [ASKS["open"]]
    person.says("summary")
    assert "• The clinic told me: It has no risks" in person.text
    assert "*What is still open*\n• It has no risks" not in person.text


def test_a_question_interrupts_it_and_a_button_leads_back(sender: Sender) -> None:
    person = Person(sender)
    person.says("help me decide")
    for progress, given in WHOLE[:8]:
        asked = person.asked
        person.says("what are the side effects of exosomes?")
        assert "in the guide." in person.text
        assert "*Sources:*" in person.text
        person.presses("Go on with the guide")
        assert (f"*{progress}*" in person.text, person.asked) == (True, asked)
        person.presses("Next", given)


def test_an_emergency_interrupts_it_also_from_within_an_input_and_it_is_taken_up(sender: Sender) -> None:
    person = Person(sender, thread=True)
    person.says("help me decide")
    person.presses("Next", {ASKS["use"]: "Hair loss"})
    person.presses("Next", {ASKS["route"]: "As shots"})
    directly = len(sender.slack.of("chat.postMessage", channel=person.user))
    person.presses("Next", {ASKS["told"]: EMERGENCY})
    assert "*Call 911 now" in person.text
    assert buttons(person.message["blocks"]) == []
    posts(sender.slack, directly + 1, channel=person.user)
    person.says("continue")
    assert person.asked == [ASKS["told"]]
    person.says(EMERGENCY)
    assert "*Call 911 now" in person.text
    person.says("continue")
    person.presses("Next", {ASKS["told"]: "It regrows hair"})
    assert person.asked == [ASKS["stance"]]


@pytest.mark.parametrize("text", ["我喘不过气来，刚打完针", "no puedo respirar despues de la inyeccion", "cant breathe"])
def test_an_emergency_in_an_input_is_seen_in_any_language_in_which_it_is_seen_elsewhere(sender: Sender, text: str) -> None:
    person = Person(sender)
    person.says("help me decide")
    person.says("change told")
    person.presses("Next", {ASKS["told"]: text})
    assert "911" in person.message["blocks"][0]["text"]["text"]
    assert buttons(person.message["blocks"]) == []


@pytest.mark.parametrize("text", ["/restart", "/guide{}", "answer", "is it safe?"])
def test_what_is_written_in_an_input_is_an_answer_whatever_it_looks_like(sender: Sender, text: str) -> None:
    person = Person(sender)
    person.says("help me decide")
    person.says("change told")
    person.presses("Next", {ASKS["told"]: text})
    assert person.asked == [ASKS["stance"]]
    person.says("summary")
    assert f"• The clinic told me: {text.lstrip('/')}\n" in person.text


def test_to_a_command_the_steps_are_for_one_person_and_cannot_be_shared(sender: Sender) -> None:
    before = len(sender.slack.shown)
    command(sender, "help me decide", user=OTHER)
    content, asks = shown(sender.slack, before + 2)[before:]
    assert "*Step 1 of 7: What you think about*" in words(content["blocks"])
    assert [button["text"]["text"] for button in buttons(asks["blocks"])] == ["Next", "Skip", "Stop"]
    values = filled(asks["blocks"], {ASKS["use"]: "Scars"})
    press(sender, buttons(asks["blocks"])[0], message=None, channel=CHANNEL, user=OTHER, values=values)
    said = shown(sender.slack, before + 5)[before + 2 :]
    (mark,) = [one for one in said if one["replace_original"]]
    assert words(mark["blocks"]) == f"*{ASKS['use']}*\n✓ You answered: *Scars*"
    (asks,) = [one for one in said if any(block["type"] == "input" for block in one["blocks"])]
    assert [block["label"]["text"] for block in asks["blocks"] if block["type"] == "input"] == [ASKS["route"]]
    assert {one["response_type"] for one in said if not one["replace_original"]} == {"ephemeral"}


def test_personal_data_in_an_input_is_not_kept(sender: Sender) -> None:
    person = Person(sender)
    person.says("help me decide")
    person.says("change told")
    person.presses("Next", {ASKS["told"]: "call Anna Miller on 555-010-0199, she said it regrows hair"})
    person.says("summary")
    assert "it regrows hair" in person.text
    assert "555-010-0199" not in person.text
