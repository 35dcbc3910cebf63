"""What Slack sends is read as a question, or not at all."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.slack.incoming import Ask, HomeOpened, Place, from_command, from_event, from_interaction
from tests.slack.requests_of_slack import command_of, direct_message, event_of, home_press_of, mention, press_of
from tests.slack.standin import BOT, CHANNEL, DIRECT, TEAM, USER

BUTTON = {"type": "button", "action_id": "choose-0", "value": "/more", "text": {"type": "plain_text", "text": "A &amp; B"}}
URL = "https://hooks.slack.example/1"


def _from(event: dict[str, Any]) -> Any:
    return from_event(event_of(event, event_id="Ev1"))


class TestEvents:
    """Only what a person says to the assistant is a question."""

    def test_a_direct_message(self) -> None:
        place = Place("direct", TEAM, DIRECT, USER)
        assert _from(direct_message("are they safe?", ts="1.1")) == Ask(
            place, "are they safe?", ("event:Ev1", f"message:{TEAM}:{DIRECT}:1.1")
        )
        assert place.conversation == f"slack-{TEAM}-{DIRECT}-{USER}"

    def test_a_mention_opens_a_thread(self) -> None:
        found = _from(mention("are they safe?", ts="1.1"))
        assert found == Ask(
            Place("thread", TEAM, CHANNEL, USER, "1.1"), "are they safe?", ("event:Ev1", f"message:{TEAM}:{CHANNEL}:1.1")
        )
        assert found.place.conversation == f"slack-{TEAM}-{CHANNEL}-1.1"

    def test_a_mention_in_a_thread_stays_there(self) -> None:
        assert _from(mention("and?", ts="2.2", thread_ts="1.1")).place == Place("thread", TEAM, CHANNEL, USER, "1.1")

    def test_the_bot_is_known_by_its_id_where_the_event_does_not_name_it(self) -> None:
        body = {key: value for key, value in event_of(mention("hi", ts="1.1")).items() if key != "authorizations"}
        found = from_event(body, bot=BOT)
        assert isinstance(found, Ask)
        assert (found.text, found.place.team) == ("hi", TEAM)

    def test_someone_from_another_workspace_writes_in_the_workspace_of_the_app(self) -> None:
        body = {**event_of(mention("hi", ts="1.1")), "team_id": "T0FAR"}
        found = from_event(body)
        assert isinstance(found, Ask)
        assert found.place.team == TEAM

    @pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
    def test_a_persons_words_with_a_file_or_for_all_are_words(self, subtype: str) -> None:
        assert _from(direct_message("are they safe?", ts="1.1", subtype=subtype)).text == "are they safe?"

    @pytest.mark.parametrize(
        "changes",
        [
            *({"subtype": name} for name in (
                "bot_message", "message_changed", "message_deleted", "message_replied", "channel_join", "channel_leave",
                "channel_topic", "channel_purpose", "channel_name", "channel_archive", "group_join", "pinned_item",
                "reminder_add", "bot_add", "ekm_access_denied", "tombstone", "huddle_thread", "assistant_app_thread")),
            {"bot_id": "B0BOT"}, {"bot_id": "B0OTHER"}, {"user": BOT}, {"user": "USLACKBOT"}, {"user": None}, {"hidden": True},
            {"edited": {"user": USER, "ts": "3.3"}}, {"channel_type": "channel"}, {"channel_type": "mpim"},
            {"type": "reaction_added"}, {"ts": None}, {"channel": None},
        ],
        ids=str,
    )  # fmt: skip
    def test_the_bots_own_words_edits_joins_and_all_else_are_ignored(self, changes: dict[str, Any]) -> None:
        assert _from({**direct_message("are they safe?", ts="1.1"), **changes}) is None

    def test_an_edit_that_mentions_the_bot_again_is_ignored(self) -> None:
        assert _from(mention("are they safe?", ts="1.1", edited={"user": USER, "ts": "3.3"})) is None

    @pytest.mark.parametrize(("tab", "expected"), [("home", HomeOpened(USER, ("event:Ev1",))), ("messages", None)])
    def test_the_home_tab(self, tab: str, expected: HomeOpened | None) -> None:
        assert _from({"type": "app_home_opened", "user": USER, "channel": DIRECT, "tab": tab}) == expected

    @pytest.mark.parametrize("body", [{}, {"event": None}, {"event": {}}, {"event": {"type": "message"}}, {"authorizations": None}])
    def test_a_body_without_an_event_is_ignored(self, body: dict[str, Any]) -> None:
        assert from_event(body) is None


class TestInteractions:
    """A click is a question that names its button."""

    def test_in_a_thread_of_a_channel(self) -> None:
        message = {"ts": "2.2", "thread_ts": "1.1", "text": "x", "blocks": []}
        found = from_interaction({**press_of(BUTTON, message=message, channel=CHANNEL, url=URL), "trigger_id": "t1"})
        assert isinstance(found, Ask)
        assert found.place == Place("thread", TEAM, CHANNEL, USER, "1.1", URL)
        digest = hashlib.sha256(b"/more").hexdigest()[:32]
        assert found.once == ("trigger:t1", f"press:{TEAM}:{CHANNEL}:2.2:choose-0:{digest}")
        assert found.press is not None
        assert (found.press.value, found.press.label, found.press.message) == ("/more", "A & B", message)

    def test_in_a_direct_message(self) -> None:
        found = from_interaction(press_of(BUTTON, message={"ts": "2.2"}, channel=DIRECT, url=URL))
        assert isinstance(found, Ask)
        assert found.place.conversation == f"slack-{TEAM}-{DIRECT}-{USER}"

    def test_in_what_only_one_person_sees(self) -> None:
        found = from_interaction(press_of(BUTTON, message=None, channel=CHANNEL, url=URL))
        assert isinstance(found, Ask)
        assert (found.place.kind, found.place.conversation) == ("own", f"slack-{TEAM}-{CHANNEL}-{USER}")

    def test_in_the_home_tab(self) -> None:
        found = from_interaction(home_press_of(BUTTON))
        assert isinstance(found, Ask)
        assert found.place == Place("home", TEAM, "", USER)

    @pytest.mark.parametrize(
        "payload",
        [{}, {"type": "view_submission"}, {"type": "block_actions", "actions": []}, {"type": "message_action", "actions": [BUTTON]},
         {"type": "block_actions", "actions": [{**BUTTON, "type": "datepicker"}], "user": {"id": USER}},
         {"type": "block_actions", "actions": [{**BUTTON, "value": None}], "user": {"id": USER}},
         {"type": "block_actions", "actions": [BUTTON]}],
    )  # fmt: skip
    def test_all_others_are_ignored(self, payload: dict[str, Any]) -> None:
        assert from_interaction(payload) is None


class TestSent:
    """The button that sends what was filled in asks what it holds, and is known again by that."""

    def _from(self, words: str | None) -> Ask:
        label = {"type": "plain_text", "text": "Next"}
        button = {"type": "button", "action_id": "submit-0", "value": "told What &amp; why?", "text": label}
        values = {"words": {"words": {"type": "plain_text_input", "value": words}}}
        found = from_interaction(press_of(button, message={"ts": "2.2"}, channel=DIRECT, url=URL, values=values))
        assert isinstance(found, Ask)
        return found

    def test_the_same_answer_is_known_again_and_its_words_are_in_no_name(self) -> None:
        found, again, other = self._from("my secret"), self._from("my secret"), self._from("another")
        assert (found.text, found.press and found.press.label) == ("my secret", "my secret")
        assert (found.once[1] == again.once[1], found.once[1] == other.once[1]) == (True, False)
        assert "secret" not in " ".join(found.once)

    def test_nothing_filled_in_may_be_sent_again(self) -> None:
        found = self._from(None)
        assert (found.text, len(found.once)) == ("", 1)
        assert found.press is not None
        assert found.press.filled is not None
        assert found.press.filled.asked == "What & why?"


class TestCommands:
    """`/exosomes` is a question of one person."""

    def test_in_a_channel(self) -> None:
        found = from_command({**command_of("p &lt; 1 <@U9|ann>?", url=URL), "trigger_id": "t1"})
        place = Place("own", TEAM, CHANNEL, USER, response_url=URL)
        assert found == Ask(place, "p < 1 someone?", ("trigger:t1",), command=True)

    @pytest.mark.parametrize("missing", ["user_id", "channel_id", "response_url"])
    def test_one_without_a_place_to_answer_is_ignored(self, missing: str) -> None:
        assert from_command({**command_of("hi", url=URL), missing: ""}) is None


def test_conversations_of_people_places_and_threads_have_different_names() -> None:
    places = [
        Place("direct", "T1", "D1", "U1"), Place("direct", "T2", "D1", "U1"), Place("direct", "T1", "D2", "U2"),
        Place("own", "T1", "C1", "U1"), Place("own", "T1", "C1", "U2"), Place("own", "T1", "C2", "U1"),
        Place("thread", "T1", "C1", "U1", "1.1"), Place("thread", "T1", "C1", "U1", "2.2"),
        Place("thread", "T1", "C2", "U1", "1.1"),
    ]  # fmt: skip
    names = [place.conversation for place in places]
    assert len(set(names)) == len(names)
    assert all(name.startswith("slack-") for name in names)
