"""Looks at what the assistant sent, as a person in Slack would."""

from __future__ import annotations

from typing import Any

from tests.slack.requests_of_slack import Sender, command_of, direct_message, mention, press_of, sent_back
from tests.slack.standin import CHANNEL, DIRECT, USER, Call, StandIn, until


def buttons(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The buttons of a message."""
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def words(blocks: list[dict[str, Any]]) -> str:
    """All that stands in a message, but its buttons."""
    texts = [block["text"]["text"] for block in blocks if "text" in block]
    return "\n".join([*texts, *(e["text"] for block in blocks if block["type"] == "context" for e in block["elements"])])


def posts(slack: StandIn, count: int, **where: Any) -> list[Call]:
    """Waits for `count` messages there, and returns all that came."""
    return until(lambda: found if len(found := slack.of("chat.postMessage", **where)) >= count else None, f"{count} messages")


def shown(slack: StandIn, count: int) -> list[dict[str, Any]]:
    """Waits until response URLs took `count` messages, and returns them."""
    return until(lambda: list(slack.shown) if len(slack.shown) >= count else None, f"{count} shown messages")


def held(slack: StandIn, call: Call) -> dict[str, Any]:
    """A message that was posted, as Slack holds it."""
    there = [message for (channel, _), message in slack.messages.items() if channel == call.args["channel"]]
    return next(message for message in reversed(there) if message.get("bot_id") and message["text"] == call.args["text"])


def write(sender: Sender, text: str, *, user: str = USER, channel: str = DIRECT, **more: Any) -> Call:
    """Writes a direct message, and waits for the answer."""
    before = len(sender.slack.of("chat.postMessage", channel=channel))
    ts = sender.slack.hear(channel, user=user, text=text)
    assert sender.event(direct_message(text, ts=ts, user=user, channel=channel, **more)).status_code == 200
    return posts(sender.slack, before + 1, channel=channel)[-1]


def call_on(sender: Sender, text: str, *, user: str = USER, thread: str | None = None) -> tuple[str, Call]:
    """Mentions the bot in the channel; returns the thread and the answer in it."""
    ts = sender.slack.hear(CHANNEL, user=user, text=text, thread=thread)
    root = thread or ts
    before = len(sender.slack.of("chat.postMessage", channel=CHANNEL, thread_ts=root))
    assert sender.event(mention(text, ts=ts, user=user, **({"thread_ts": thread} if thread else {}))).status_code == 200
    return root, posts(sender.slack, before + 1, channel=CHANNEL, thread_ts=root)[-1]


def press(
    sender: Sender,
    button: dict[str, Any],
    *,
    message: dict[str, Any] | None,
    channel: str,
    user: str = USER,
    values: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Presses a button, where inputs hold `values`; returns the payload that was sent."""
    url = sender.slack.response_url(channel=channel, user=user)
    payload = press_of(button, message=message, channel=channel, url=url, user=user, values=values)
    assert sender.interaction(payload).status_code == 200
    return payload


def filled(blocks: list[dict[str, Any]], given: dict[str, str]) -> dict[str, Any]:
    """What the inputs hold, as Slack says it, when a person chose or wrote `given` (by label); the others hold what they held."""
    inputs = {block["label"]["text"]: block for block in blocks if block["type"] == "input"}
    assert set(given) <= set(inputs), f"{set(given) - set(inputs)} cannot be filled in, only {set(inputs)}"
    return {block["block_id"]: {block["element"]["action_id"]: _held(block["element"], given.get(label))}
            for label, block in inputs.items()}  # fmt: skip


def _held(element: dict[str, Any], given: str | None) -> dict[str, Any]:
    if element["type"] == "plain_text_input":
        said = element.get("initial_value") if given is None else given or None
        assert len(said or "") <= element["max_length"]
        return {"type": element["type"], "value": said}
    chosen = element.get("initial_option")
    if given is not None:
        (chosen,) = (option for option in element["options"] if option["text"]["text"] == given)
    return {"type": element["type"], "selected_option": sent_back(chosen)}


def command(sender: Sender, text: str, *, channel: str = CHANNEL, user: str = USER, name: str = "talk") -> dict[str, str]:
    """Types the slash command; returns the form that was sent."""
    url = sender.slack.response_url(channel=channel, user=user)
    form = command_of(text, url=url, channel=channel, user=user, name=name)
    assert sender.command(form).status_code == 200
    return form
