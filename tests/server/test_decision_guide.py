"""The decision guide on a running server: the whole way, interrupted at each step, and its page."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.settings import ROOT
from tests.aid.talk import WHOLE
from tests.contract import check_turn
from tests.server.conftest import Server

EMERGENCY = "My throat is closing up and I can't breathe"
SCREENS = ["use", "route", "told", "stance", "others", "options", "values", "own", "check-approved", "check-weeks", "check-share",
           "sure-sure", "sure-understand", "sure-matters", "sure-support", "decision", "lean", "open", "summary"]  # fmt: skip


class Talk:
    """One conversation; each turn must keep the contract."""

    def __init__(self, server: Server, sender: str = "") -> None:
        self.server, self.sender = server, sender or f"guide {uuid.uuid4().hex[:12]}"
        self.buttons: dict[str, str] = {}

    def say(self, text: str) -> dict[str, Any]:
        """The structured part of the reply."""
        messages = self.server.ask(text, sender=self.sender)
        custom = check_turn(messages)
        self.text = "\n".join(message["text"] for message in messages)
        self.buttons = {one["title"]: one["payload"] for message in messages for one in message.get("buttons") or []}
        return custom

    def press(self, title: str) -> dict[str, Any]:
        """The reply to a button of the last reply."""
        return self.say(self.buttons[title])

    def link(self, custom: dict[str, Any], label: str) -> str:
        """The address behind a link of the form."""
        return next(one["href"] for one in custom["form"]["controls"] if one["kind"] == "link" and one["label"] == label)


def screen(custom: dict[str, Any]) -> str:
    """The screen on show; empty where the reply is not one of the guide."""
    return str(custom.get("form", {}).get("screen", ""))


def test_the_whole_way_over_rest(server: Server) -> None:
    talk = Talk(server)
    custom = talk.say("help me decide")
    seen = [screen(custom)]
    for text in WHOLE:
        custom = talk.say(text)
        assert (custom["kind"], custom["topics"]) == ("decision", ["decision_help"])
        seen.append(screen(custom))
    assert seen == SCREENS
    assert "Where I lean:\n- more to waiting" in talk.text


def test_buttons_lead_the_way_too_and_only_those_that_were_offered(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    assert screen(talk.press("Scars")) == "route"
    assert screen(talk.press("With a laser")) == "told"
    assert screen(talk.press("Skip")) == "stance"
    assert screen(talk.press("Back")) == "told"
    other = Talk(server)
    typed = other.say('/guide{"do":"answer","at":"use","value":"scars"}')
    assert screen(typed) in ("", "use"), "plain words may ask for the guide, but nothing was answered"


def test_it_is_interrupted_by_a_question_and_an_emergency_at_each_screen_and_taken_up_there(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    for place, text in enumerate(WHOLE[:-1]):
        at = SCREENS[place]
        custom = talk.say("what are the side effects of exosomes?")
        assert custom["kind"] == "answer", at
        assert "in the guide." in talk.text
        assert screen(talk.press("Go on with the guide")) == at
        custom = talk.say(EMERGENCY)
        assert (custom["kind"], talk.buttons) == ("emergency", {}), at
        assert talk.say("yes")["kind"] == "emergency", at
        assert talk.say("they are coming")["kind"] == "emergency", at
        assert screen(talk.say("continue")) == at
        assert screen(talk.say(text)) == SCREENS[place + 1]


def test_after_another_reply_a_yes_is_no_answer_to_the_guide(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    talk.say("change 6")
    talk.say(EMERGENCY)
    assert screen(talk.say("resume")) == "sure-sure"
    assert talk.text.startswith("Is help on the way?")
    assert talk.say("yes")["kind"] == "emergency"
    assert screen(talk.say("resume")) == "sure-sure"
    assert "So far you said" not in talk.text
    assert screen(talk.say("yes")) == "sure-understand"


def test_small_talk_and_a_person_are_answered_and_lead_back(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    talk.say("change 7")
    for text, kind in (("thanks", "conversation"), ("can I talk to a real person please?", "handoff")):
        assert talk.say(text)["kind"] == kind
        assert "You were at step 7 of 7 in the guide." in talk.text
        assert screen(talk.press("Go on with the guide")) == "decision"


@pytest.mark.parametrize(
    "text",
    [
        "cant make up my mind",
        "walk me thru whether this makes sense for me",
        "A clinic in Leeds has quoted me for jabs in the scalp. I can't decide, please help me go through it",
        "I'd like somebody to ask me the right things until I know what I want",
    ],
)
def test_it_is_asked_for_in_roundabout_words(server: Server, text: str) -> None:
    assert screen(Talk(server).say(text)) == "use"


def test_who_asks_for_a_verdict_is_offered_the_guide(server: Server) -> None:
    talk = Talk(server)
    assert talk.say("Should I have exosome shots for my hair loss, yes or no?")["kind"] == "personal_advice"
    assert screen(talk.press("Help me think it through")) == "use"
    assert talk.say("Should I do it?")["kind"] == "personal_advice"
    assert "Help me think it through" not in talk.buttons
    assert screen(talk.press("Go on with the guide")) == "use"


def test_the_law_is_that_of_the_country_that_the_person_names(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "scars", "a laser", "skip", "skip", "skip"):
        talk.say(text)
    assert "Legal status in the US:" in talk.text
    talk.say("I live in Canada. What is the law there?")
    talk.say("continue")
    assert "Legal status in Canada:\n- Exosomes with a laser: A health unit in Ontario says" in talk.text
    talk.say("change told")
    talk.say("The clinic is in Mexico and says it is allowed")
    talk.say("change 3")
    assert "No rule on it in Mexico is on file here." in talk.text


def test_words_that_fit_no_choice_do_not_lead_out_of_the_guide(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    custom = talk.say("purple")
    assert (custom["kind"], screen(custom)) == ("decision", "use")
    assert talk.text.startswith("I did not get that.")
    assert talk.say("side effects")["kind"] == "answer"


def test_a_reason_that_hurts_is_a_reason_and_no_emergency(server: Server) -> None:
    for reason in ("She gets teased about her skin, 5", "I want to feel good in photos, 5", "I'm embarrassed at the pool, 3"):
        talk = Talk(server)
        for text in ("help me decide", "change own"):
            talk.say(text)
        assert (talk.say(reason)["kind"], reason) == ("decision", reason)
    talk.say("back")
    assert talk.say("I don't want to be alive any more")["kind"] == "emergency"


def test_stop_leaves_it_and_asking_again_comes_back(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    talk.say("hair")
    assert "form" not in talk.say("stop")
    talk.say("what are exosomes?")
    assert "in the guide." not in talk.text
    assert screen(talk.say("help me decide")) == "route"


def test_a_guide_that_was_stopped_is_taken_up_in_ones_own_words(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "hair"):
        talk.say(text)
    for word in ("continue", "go on", "carry on with the guide", "where were we?"):
        assert "form" not in talk.say("stop")
        assert (screen(talk.say(word)), word) == ("route", word)
    talk.say("stop")
    assert talk.say("what are the side effects of exosomes?")["kind"] == "answer"
    assert screen(talk.say("go on")) == "", "more of the answer was asked for"
    for word in ("where were we", "carry on with the guide"):
        assert (screen(talk.say(word)), word) == ("route", word)
        talk.say("stop")
        assert talk.say("thanks")["kind"] == "conversation"
    assert screen(talk.say("2")) == "", "after a stop nothing answers a screen"


def test_personal_data_in_an_answer_is_not_kept(server: Server) -> None:
    talk = Talk(server)
    talk.say("help me decide")
    talk.say("change told")
    talk.say("call Anna Miller on 555-010-0199, she said it regrows hair")
    talk.say("summary")
    assert "555-010-0199" not in talk.text
    assert "it regrows hair" in talk.text


def test_the_page_is_for_who_has_the_link_and_changes_with_the_answers(server: Server) -> None:
    talk = Talk(server)
    for text in ("help me decide", "hair", "shots", "<b>It regrows hair</b>"):
        talk.say(text)
    custom = talk.say("summary")
    link = talk.link(custom, "Open the page to print or save")
    page = requests.get(server.url + link, timeout=30)
    assert page.status_code == 200
    assert "&lt;b&gt;It regrows hair&lt;/b&gt;" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    file = requests.get(server.url + talk.link(custom, "Save it as a PDF"), timeout=30)
    assert (file.status_code, file.headers["Content-Type"], file.content[:5]) == (200, "application/pdf", b"%PDF-")
    talk.say("change use")
    talk.say("skin")
    assert "Ageing skin" in requests.get(server.url + link, timeout=30).text


@pytest.mark.parametrize("token", ["x", "a.b.c", "..%2F..%2Fetc", "x.pdf"])
def test_a_link_that_was_not_made_here_shows_nothing(server: Server, token: str) -> None:
    page = requests.get(f"{server.url}/summary/{token}", timeout=30)
    assert page.status_code in (404, 410)
    assert "My decision about" not in page.text


@pytest.mark.xdist_group("alone")
def test_a_clinic_in_another_country_shows_the_law_of_that_country(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic"
    clinic.mkdir()
    (clinic / "clinic.yml").write_text("name: Elm\ncountry: GB\n")
    away = Server(folder=tmp_path, env={"RATE_PER_CONVERSATION": "none", "CLINIC_DIR": str(clinic)}).start()
    try:
        talk = Talk(away)
        for text in ("help me decide", "hair", "shots", "change 3"):
            talk.say(text)
        assert "Legal status in the UK:\n- Exosomes as shots: The UK trade department" in talk.text
        custom = talk.say("summary")
        page = requests.get(away.url + talk.link(custom, "Open the page to print or save"), timeout=30).text
        assert "Which health agency has reviewed this treatment?" in page
        assert "IND number" not in page
    finally:
        away.stop()


@pytest.mark.xdist_group("alone")
def test_in_the_shell_choices_are_numbers_and_the_page_is_text(tmp_path: Path) -> None:
    lines = ["help me decide", "1", "4", "stop", "go on", "skip", "2", "skip", "ok", "3 0 5 4 4 5 2 1", "skip", "2", "1", "2", "1",
             "1", "1", "1", "Whether to have shots", "5", "skip", "quit"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bot.shell"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'facts.db'}"},
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0
    for words in ("1. Hair loss", "Step 7 of 7", "You said yes to 4 of 4.", "My decision:\n- Whether to have shots",
                  "Where I lean:\n- I am not sure yet", "Questions for the clinician:"):  # fmt: skip
        assert words in done.stdout
    assert "/summary/" not in done.stdout
