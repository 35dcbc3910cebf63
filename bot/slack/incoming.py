"""From what Slack sends (events, interactions, commands) to what is asked, where, and how to know it again. Imports no Rasa.

Everything that is no question (the bot's own messages, edits, joins, other subtypes) comes out as None.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Union

from bot.slack import filled
from bot.slack.filled import SUBMIT, Filled
from bot.slack.mrkdwn import plain, unescape

CHOOSE = "choose"  # action ids begin with one of these: a payload that was offered ...
SAY = "say"  # ... a question to be asked as if typed ...
SHARE = "share"  # ... an answer to be shown to all
# Subtypes in which a person speaks; all others (edits, joins, bots, reminders ...) are not for the assistant.
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where something was asked, and so where the reply goes.

    `direct`: a direct message with the bot. `thread`: a thread in a channel, of which `thread` is the first message.
    `own`: shown to one person in a channel, and sent to `response_url`. `home`: the home tab, where nothing can be said.
    """

    kind: Literal["direct", "thread", "own", "home"]
    team: str
    channel: str
    user: str
    thread: str | None = None
    response_url: str | None = None

    @property
    def conversation(self) -> str:
        """The name of the conversation: one for a thread in a channel, else one for each person in each place."""
        return f"slack-{self.team}-{self.channel}-{self.thread if self.kind == 'thread' else self.user}"


@dataclass(frozen=True)
class Press:
    """A button that was pressed. `message` is what it stood in, None where Slack does not say (shown to one person, home).

    `filled` is what was filled in beside it, where it is the button that sends that.
    """

    action: str
    value: str
    label: str
    message: Payload | None = None
    filled: Filled | None = None


@dataclass(frozen=True)
class Ask:
    """A question. `once` names it, so that it is answered once; `press` is set when a button asked it."""

    place: Place
    text: str
    once: tuple[str, ...]
    press: Press | None = None
    files: bool = False
    command: bool = False


@dataclass(frozen=True)
class HomeOpened:
    """A person looks at the home tab."""

    user: str
    once: tuple[str, ...]


Incoming = Union[Ask, HomeOpened, None]


def from_event(body: Payload, *, bot: str | None = None) -> Incoming:
    """What an `event_callback` asks; `bot` is the bot's own user id, where it is known."""
    event = body.get("event") or {}
    own = {id for id in (bot, *(a.get("user_id") for a in body.get("authorizations") or () if a.get("is_bot"))) if id}
    user, channel, kind = event.get("user"), event.get("channel"), event.get("type")
    if not user or not channel or user in own or user == "USLACKBOT" or event.get("bot_id") or event.get("hidden"):
        return None
    if kind == "app_home_opened":
        return HomeOpened(user, _names(event=body.get("event_id"))) if event.get("tab", "home") == "home" else None
    direct = kind == "message" and event.get("channel_type") == "im"
    if not (direct or kind == "app_mention") or event.get("subtype") not in SPOKEN or event.get("edited"):
        return None
    ts, thread = event.get("ts"), event.get("thread_ts")
    if not ts:
        return None
    team = _team(body)
    place = Place("direct" if direct else "thread", team, channel, user, thread if direct else thread or ts)
    once = _names(event=body.get("event_id"), message=f"{team}:{channel}:{ts}")
    return Ask(place, plain(event.get("text") or "", own=own), once, files=bool(event.get("files")))


def _team(body: Payload) -> str:
    """The workspace in which the app is installed: also when someone from another one writes in a shared channel."""
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or body.get("team_id") or "")


def from_interaction(payload: Payload) -> Incoming:
    """What a click on a button asks; None for all other interactions."""
    actions = payload.get("actions") or []
    if payload.get("type") != "block_actions" or not actions or actions[0].get("type") != "button" or not actions[0].get("value"):
        return None
    action, container, message = actions[0], payload.get("container") or {}, payload.get("message")
    user = str((payload.get("user") or {}).get("id") or "")
    team = str((payload.get("team") or {}).get("id") or (payload.get("user") or {}).get("team_id") or "")
    channel = str(container.get("channel_id") or (payload.get("channel") or {}).get("id") or "")
    if not user:
        return None
    label = unescape(str((action.get("text") or {}).get("text") or action["value"]))
    press = Press(str(action.get("action_id") or ""), str(action["value"]), label, message)
    if press.action.startswith(SUBMIT):
        given = filled.read(unescape(press.value), (payload.get("state") or {}).get("values"))
        press = replace(press, value=given.text, label=given.label, filled=given)
    place = _place_of(payload, team=team, channel=channel, user=user)
    ts = container.get("message_ts")
    named = hashlib.sha256(press.value.encode("utf-8", "surrogatepass")).hexdigest()[:32]  # own words are nobody's business
    once = _names(
        trigger=payload.get("trigger_id"), press=f"{team}:{channel}:{ts}:{press.action}:{named}" if ts and press.value else None
    )
    return Ask(place, press.value, once, press)


def _place_of(payload: Payload, *, team: str, channel: str, user: str) -> Place:
    container, message = payload.get("container") or {}, payload.get("message") or {}
    url = payload.get("response_url")
    if not channel:
        return Place("home", team, "", user)
    if container.get("is_ephemeral") or not message:
        return Place("own", team, channel, user, response_url=url)
    thread = container.get("thread_ts") or message.get("thread_ts")
    if channel.startswith("D"):
        return Place("direct", team, channel, user, thread, url)
    return Place("thread", team, channel, user, thread or container.get("message_ts") or message.get("ts"), url)


def from_command(form: Payload) -> Incoming:
    """What a slash command asks. In a channel its answer is shown to the person alone."""
    user, channel, url = (str(form.get(name) or "") for name in ("user_id", "channel_id", "response_url"))
    if not (user and channel and url):
        return None
    place = Place("own", str(form.get("team_id") or ""), channel, user, response_url=url)
    return Ask(place, plain(str(form.get("text") or "")), _names(trigger=form.get("trigger_id")), command=True)


def _names(**given: Any) -> tuple[str, ...]:
    return tuple(f"{kind}:{value}" for kind, value in given.items() if value)
