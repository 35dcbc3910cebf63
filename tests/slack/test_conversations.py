"""Staff ask in Slack: direct messages, mentions, buttons, commands, sharing, the home tab, emergencies."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.channels.turns.guard import Guard
from bot.channels.turns.remembered import remembered
from bot.conversations.store import conversations
from bot.safety.emergency.after_emergency import Standing
from bot.settings import Settings
from tests.slack.assistant import Assistant
from tests.slack.looks import buttons, call_on, command, held, posts, press, shown, words, write
from tests.slack.requests_of_slack import Sender, direct_message, home_press_of, mention
from tests.slack.standin import BOT, CHANNEL, DIRECT, FOREIGN, OTHER, TEAM, USER, until

ALARM = "her throat is closing up and she can't breathe"


class TestPlaces:
    """Where the answer goes, and which conversation it belongs to."""

    def test_a_direct_message_is_answered_there_and_is_one_conversation_for_each_user(
        self, sender: Sender, assistant: Assistant
    ) -> None:
        first = write(sender, "are exosomes approved?")
        write(sender, "and in Canada?")
        write(sender, "are exosomes approved?", user=OTHER, channel="D0BEN")
        assert first.args.get("thread_ts") is None
        mine = f"slack-{TEAM}-{DIRECT}-{USER}"
        assert [name for name, _ in assistant.mind.heard] == [mine, mine, f"slack-{TEAM}-D0BEN-{OTHER}"]

    def test_a_direct_message_in_a_thread_is_answered_in_the_thread(self, sender: Sender) -> None:
        root = sender.slack.hear(DIRECT, user=USER, text="x")
        assert write(sender, "are exosomes approved?", thread_ts=root).args["thread_ts"] == root

    def test_a_mention_is_answered_in_its_thread_and_each_thread_is_a_conversation(
        self, sender: Sender, assistant: Assistant
    ) -> None:
        root, _ = call_on(sender, "are exosomes approved?")
        call_on(sender, "and in Canada?", user=OTHER, thread=root)
        other, _ = call_on(sender, "are exosomes approved?")
        names = [name for name, _ in assistant.mind.heard]
        assert names == [f"slack-{TEAM}-{CHANNEL}-{root}"] * 2 + [f"slack-{TEAM}-{CHANNEL}-{other}"]

    def test_what_is_typed_arrives_without_slacks_marks_and_is_kept_as_slacks(self, sender: Sender, assistant: Assistant) -> None:
        call_on(sender, f"is p &lt; 0.05 &amp; <https://clinic.example|this page> true, <@{OTHER}>?")
        ((name, text),) = assistant.mind.heard
        assert text == "is p < 0.05 & this page true, someone?"
        (event,) = conversations().newest(name, kind="user", limit=9)
        assert event["input_channel"] == "slack"

    def test_personal_data_and_typed_payloads_do_not_get_through(self, sender: Sender, assistant: Assistant) -> None:
        write(sender, "/restart")
        write(sender, "mail <mailto:ann@clinic.example|ann@clinic.example> about approval")
        assert [text for _, text in assistant.mind.heard] == ["restart", "mail (e-mail) about approval"]


class TestAnswers:
    """An answer is whole, and buttons lead on."""

    def test_an_answer_holds_citations_evidence_caveats_sources_buttons_and_a_plain_text(self, sender: Sender) -> None:
        answer = write(sender, "are exosomes approved?").args
        seen = words(answer["blocks"])
        assert "|[1]>" in seen
        assert "Our own check of the sources on file, 21 November 2026" in seen
        assert "*Keep in mind:*" in seen
        assert "*Sources:*\n[1] <https://" in seen
        assert buttons(answer["blocks"])[0]["value"] == "/more"
        assert "[1]" in answer["text"]
        assert "<" not in answer["text"]

    def test_twelve_choices_work(self, sender: Sender, assistant: Assistant) -> None:
        asked = write(sender, "which one?")
        offered = buttons(asked.args["blocks"])
        assert len(offered) == 12
        press(sender, offered[11], message=held(sender.slack, asked), channel=DIRECT)
        posts(sender.slack, 2, channel=DIRECT)
        assert assistant.mind.heard[-1] == (f"slack-{TEAM}-{DIRECT}-{USER}", offered[11]["value"])

    def test_a_click_marks_the_choice_and_takes_the_buttons_away(self, sender: Sender) -> None:
        root, asked = call_on(sender, "which one?")
        message = held(sender.slack, asked)
        button = buttons(message["blocks"])[0]
        press(sender, button, message=json.loads(json.dumps(message)), channel=CHANNEL, user=OTHER)
        posts(sender.slack, 2, channel=CHANNEL, thread_ts=root)
        until(lambda: not buttons(message["blocks"]), "the mark")
        assert words(message["blocks"]).endswith(f"✓ <@{OTHER}> chose: *{button['text']['text']}*")
        assert "Do you mean" in words(message["blocks"])

    def test_a_click_that_comes_twice_is_answered_once(self, sender: Sender, assistant: Assistant) -> None:
        asked = write(sender, "which one?")
        message = held(sender.slack, asked)
        button = buttons(message["blocks"])[0]
        for _ in range(3):
            press(sender, button, message=message, channel=DIRECT)
        posts(sender.slack, 2, channel=DIRECT)
        write(sender, "are exosomes approved?")
        assert [text for _, text in assistant.mind.heard] == ["which one?", button["value"], "are exosomes approved?"]

    def test_a_button_of_long_ago_is_asked_in_its_own_words(self, sender: Sender, assistant: Assistant) -> None:
        ts = sender.slack.hear(DIRECT, user=BOT, text="old")
        message = {"ts": ts, "text": "old", "blocks": [], "bot_id": "B0BOT"}
        sender.slack.messages[DIRECT, ts] |= {"bot_id": "B0BOT"}
        label = {"type": "plain_text", "text": "Costs &amp; risks"}
        old = {"type": "button", "action_id": "choose-0", "text": label, "value": '/ask{"topic":"none"}'}
        press(sender, old, message=message, channel=DIRECT)
        posts(sender.slack, 1, channel=DIRECT)
        assert assistant.mind.heard[-1][1] == "Costs & risks"


class TestNothingToRead:
    """Nobody is met with silence."""

    def test_a_mention_alone_gets_a_hello_with_questions_to_press(self, sender: Sender, assistant: Assistant) -> None:
        root, hello = call_on(sender, "")
        assert "I answer questions on exosome treatments." in hello.args["text"]
        first = buttons(hello.args["blocks"])[0]
        press(sender, first, message=held(sender.slack, hello), channel=CHANNEL)
        posts(sender.slack, 2, channel=CHANNEL, thread_ts=root)
        assert assistant.mind.heard == [(f"slack-{TEAM}-{CHANNEL}-{root}", first["text"]["text"])]

    def test_a_picture_without_words_is_said_to_be_unreadable(self, sender: Sender, assistant: Assistant) -> None:
        said = write(sender, "", subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}])
        assert said.args["text"].startswith("I can't look at pictures or files.")
        assert "911" in said.args["text"]
        assert assistant.mind.heard == []

    def test_a_picture_with_words_is_answered(self, sender: Sender, assistant: Assistant) -> None:
        write(sender, "are exosomes approved?", subtype="file_share", files=[{"id": "F1"}])
        assert len(assistant.mind.heard) == 1

    def test_who_writes_too_much_is_asked_to_wait_and_an_emergency_is_not(
        self, sender: Sender, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        few = Guard(Settings(rate_per_conversation="1/hour", rate_per_address="none"))
        monkeypatch.setattr(assistant.channel.desk, "_guard", few)
        said = [write(sender, text).args["text"] for text in ("are exosomes approved?", "and in Canada?", ALARM)]
        assert [text.split(",")[0].split(".")[0] for text in said] == [
            "In the US",
            "You are writing faster than I can answer",
            "Call 911 now or go to an emergency room",
        ]

    def test_a_turn_that_fails_is_said(self, sender: Sender, assistant: Assistant) -> None:
        assistant.mind.fails = True
        assert write(sender, "are exosomes approved?").args["text"].startswith("Sorry, a part of this service is not working")


class TestWhereSomeoneIs:
    """Who said where they are is told the number of that place, also where no turn is taken."""

    @pytest.fixture(autouse=True)
    def _in_spain(self, assistant: Assistant) -> Iterator[None]:
        conversation = f"slack-{TEAM}-{DIRECT}-{USER}"
        remembered().note(conversation, standing=Standing("body", country="ES", say="alarm").to_slot(), country="ES")
        yield
        remembered.cache_clear()

    def test_a_turn_that_fails(self, sender: Sender, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
        async def fail(*_: object, **__: object) -> None:
            raise RuntimeError("as told")

        monkeypatch.setattr(assistant.channel.desk, "_answer", fail)
        ts = sender.slack.hear(DIRECT, user=USER, text="x")
        sender.event(direct_message("are exosomes approved?", ts=ts, user=USER, channel=DIRECT))
        said = posts(sender.slack, 1, channel=USER)[0].args["text"]
        assert said.startswith("Is help on the way? If not, call 112 now (in the United States: 911).")
        assert said.endswith("If you feel very ill or it is urgent, call 112 (in the United States: 911) now.")

    def test_a_message_too_many(self, sender: Sender, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
        none = Guard(Settings(rate_per_conversation="1/hour", rate_per_address="1/hour"))
        monkeypatch.setattr(assistant.channel.desk, "_guard", none)
        said = [write(sender, "are exosomes approved?").args["text"] for _ in range(2)][1]
        assert said.startswith("You are writing faster than I can answer")
        assert "call 112 (in the United States: 911) now" in said

    def test_a_picture_without_words(self, sender: Sender) -> None:
        said = write(sender, "", subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}]).args["text"]
        assert "call 112 (in the United States: 911) now" in said


class TestEmergencies:
    """In the open thread and by direct message."""

    def test_in_a_channel_it_is_said_in_the_thread_and_directly(self, sender: Sender) -> None:
        root, said = call_on(sender, ALARM)
        (directly,) = posts(sender.slack, 1, channel=USER)
        assert said.args["blocks"][0]["text"]["text"].startswith("*Call 911 now")
        assert directly.args["blocks"] == said.args["blocks"]
        assert buttons(said.args["blocks"]) == []

    def test_in_a_direct_message_it_is_said_once(self, sender: Sender) -> None:
        write(sender, ALARM)
        write(sender, "are exosomes approved?")
        assert len(sender.slack.of("chat.postMessage")) == 2

    def test_to_a_command_it_is_said_to_the_one_and_directly(self, sender: Sender) -> None:
        command(sender, ALARM)
        (said,) = shown(sender.slack, 1)
        (directly,) = posts(sender.slack, 1, channel=USER)
        assert said["response_type"] == "ephemeral"
        assert directly.args["blocks"] == said["blocks"]

    def test_where_the_thread_cannot_be_written_it_is_still_said_directly(self, sender: Sender) -> None:
        sender.slack.fault("chat.postMessage", error="is_archived", times=9, when=lambda args: args["channel"] == CHANNEL)
        ts = sender.slack.hear(CHANNEL, user=USER, text=ALARM)
        sender.event(mention(ALARM, ts=ts))
        assert any("blocks" in call.args for call in posts(sender.slack, 2, channel=USER))


class TestCommand:
    """`/exosomes` answers the one who asked; sharing is a choice."""

    def test_only_the_one_who_asked_sees_the_answer(self, sender: Sender, assistant: Assistant) -> None:
        command(sender, "are exosomes approved?")
        answer, choices = shown(sender.slack, 2)
        assert (answer["response_type"], choices["response_type"]) == ("ephemeral", "ephemeral")
        assert "*Sources:*" in words(answer["blocks"])
        assert [b["action_id"].split("-")[0] for b in buttons(choices["blocks"])][-1] == "share"
        assert sender.slack.of("chat.postMessage") == []
        assert assistant.mind.heard[0][0] == f"slack-{TEAM}-{CHANNEL}-{USER}"

    def test_a_press_below_it_goes_on_in_the_same_conversation(self, sender: Sender, assistant: Assistant) -> None:
        command(sender, "are exosomes approved?")
        more = buttons(shown(sender.slack, 2)[1]["blocks"])[0]
        press(sender, more, message=None, channel=CHANNEL)
        said = shown(sender.slack, 5)[2:]
        (mark,) = [one for one in said if one["replace_original"]]
        assert words(mark["blocks"]) == "✓ You chose: *Tell me more*"
        assert assistant.mind.heard[-1] == (f"slack-{TEAM}-{CHANNEL}-{USER}", "/more")
        assert {one["response_type"] for one in said if not one["replace_original"]} == {"ephemeral"}

    def test_share_shows_the_answer_to_all_and_says_who_shared_it(self, sender: Sender) -> None:
        command(sender, "are exosomes approved?", channel=FOREIGN)
        answer, choices = shown(sender.slack, 2)
        press(sender, buttons(choices["blocks"])[-1], message=None, channel=FOREIGN)
        public, after = shown(sender.slack, 4)[2:]
        assert (public["response_type"], public["channel"]) == ("in_channel", FOREIGN)
        assert public["blocks"][:-1] == answer["blocks"]
        assert words(public["blocks"]).endswith(f"Shared by <@{USER}>. To ask me something, mention me or type /exosomes.")
        assert after["replace_original"] is True
        assert "share" not in {b["action_id"].split("-")[0] for b in buttons(after["blocks"])}

    def test_what_another_person_was_told_cannot_be_shared(self, sender: Sender) -> None:
        command(sender, "are exosomes approved?")
        share = buttons(shown(sender.slack, 2)[1]["blocks"])[-1]
        press(sender, share, message=None, channel=CHANNEL, user=OTHER)
        said = shown(sender.slack, 3)[2]
        assert (said["response_type"], said["text"].startswith("I no longer have that answer")) == ("ephemeral", True)

    def test_a_share_that_slack_refuses_is_said(self, sender: Sender) -> None:
        command(sender, "are exosomes approved?")
        share = buttons(shown(sender.slack, 2)[1]["blocks"])[-1]
        sender.slack.fault("response_url", status=403, when=lambda args: args.get("response_type") == "in_channel")
        press(sender, share, message=None, channel=CHANNEL)
        assert shown(sender.slack, 3)[2]["text"].startswith("I could not post in this channel.")

    def test_what_was_said_on_ones_own_case_has_no_share_button(self, sender: Sender) -> None:
        command(sender, "should I do it?")
        choices = shown(sender.slack, 2)[1]
        assert {b["action_id"].split("-")[0] for b in buttons(choices["blocks"])} == {"choose"}

    def test_in_the_bots_own_direct_message_the_question_is_said_again_and_answered(
        self, sender: Sender, assistant: Assistant
    ) -> None:
        command(sender, "are exosomes approved in Canada? I am Ann Miller", channel=DIRECT, name="directmessage")
        asked, answer = posts(sender.slack, 2, channel=DIRECT)
        assert words(asked.args["blocks"]) == "*You asked:* are exosomes approved in Canada? I am (name)"
        assert "*Sources:*" in words(answer.args["blocks"])
        assert assistant.mind.heard[0][0] == f"slack-{TEAM}-{DIRECT}-{USER}"

    def test_between_two_people_only_the_one_who_asked_sees_it(self, sender: Sender) -> None:
        command(sender, "are exosomes approved?", channel="D0PEOPLE", name="directmessage")
        answer, choices = shown(sender.slack, 2)
        assert answer["response_type"] == "ephemeral"
        assert {b["action_id"].split("-")[0] for b in buttons(choices["blocks"])} == {"choose"}

    def test_without_a_question_it_says_hello(self, sender: Sender) -> None:
        command(sender, "  ")
        assert "I answer questions on exosome treatments." in shown(sender.slack, 1)[0]["text"]


class TestHome:
    """The home tab says what the assistant is, and starts a conversation."""

    def test_it_is_published_when_it_is_opened(self, sender: Sender) -> None:
        event = {"type": "app_home_opened", "user": USER, "channel": DIRECT, "tab": "home", "event_ts": "1.1"}
        sender.event(event)
        view = until(lambda: sender.slack.homes.get(USER), "the home tab")
        assert "call 911 now" in words(view["blocks"])
        assert [button["value"] for button in buttons(view["blocks"])][3:] == ["What should I ask a clinic?", "Help me decide"]

    def test_the_messages_tab_needs_no_view(self, sender: Sender) -> None:
        sender.event({"type": "app_home_opened", "user": USER, "channel": DIRECT, "tab": "messages", "event_ts": "1.1"})
        write(sender, "are exosomes approved?")
        assert sender.slack.homes == {}

    def test_a_question_there_is_answered_by_direct_message(self, sender: Sender, assistant: Assistant) -> None:
        sender.event({"type": "app_home_opened", "user": USER, "channel": DIRECT, "tab": "home", "event_ts": "1.1"})
        button = buttons(until(lambda: sender.slack.homes.get(USER), "the home tab")["blocks"])[0]
        assert sender.interaction(home_press_of(button)).status_code == 200
        (asked,) = posts(sender.slack, 1, channel=USER)
        (answer,) = posts(sender.slack, 1, channel=DIRECT)
        assert words(asked.args["blocks"]) == f"*You asked:* {button['value']}"
        assert "*Sources:*" in words(answer.args["blocks"])
        assert assistant.mind.heard == [(f"slack-{TEAM}-{DIRECT}-{USER}", button["value"])]
