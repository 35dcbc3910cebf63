"""What Slack would refuse in a payload, judged apart from the code under test: Slack's own models, its limits, its mrkdwn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

LIMITS = {"section": 3000, "context": 2000, "header": 150, "button": 75}
KEYS = {
    "section": {"type", "text", "block_id"},
    "context": {"type", "elements", "block_id"},
    "actions": {"type", "elements", "block_id"},
    "header": {"type", "text", "block_id"},
    "divider": {"type", "block_id"},
    "input": {"type", "block_id", "label", "hint", "element", "optional"},
}
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
TOKEN = re.compile(r"<(?:https?://[^\s<>|]+(?:\|[^<>|\n]+)?|@[UW][A-Z0-9]+|#C[A-Z0-9]+)>")


def message_problems(payload: dict[str, Any]) -> list[str]:
    """What is wrong with the arguments of `chat.postMessage`, `chat.update` or a response URL."""
    found = list(_mrkdwn(payload.get("text") or "", "text"))
    if not (payload.get("text") or "").strip():
        found.append("no text for notifications")
    if len(payload.get("text") or "") > 40_000:
        found.append("a text of more than 40,000 characters")
    return found + block_problems(payload.get("blocks"), most=50)


def view_problems(view: dict[str, Any]) -> list[str]:
    """What is wrong with a home tab."""
    View(**view).to_dict()
    return ([] if view["type"] == "home" else ["not a home tab"]) + block_problems(view["blocks"], most=100)


def block_problems(blocks: Any, *, most: int) -> list[str]:
    """What is wrong with `blocks`; nothing when there are none."""
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not 0 < len(blocks) <= most:
        return ["no list of blocks, or too many"]
    found: list[str] = []
    if most == 50 and len(json.dumps(blocks, ensure_ascii=False)) > 13_000:
        found.append("msg_blocks_too_long")
    for place, block in enumerate(blocks):
        found += [f"block {place}: {problem}" for problem in _block(block)]
    ids = [element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    if len(set(ids)) < len(ids):
        found.append("an action_id is there twice")
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(names)) < len(names):
        found.append("a block_id is there twice")
    return found


def _block(block: dict[str, Any]) -> Iterator[str]:
    kind = block.get("type", "")
    if kind not in KEYS:
        yield f"the type {kind} is not one that is expected"
        return
    if set(block) - KEYS[kind]:
        yield f"unknown keys {set(block) - KEYS[kind]}"
    parsed = Block.parse(json.loads(json.dumps(block)))
    assert parsed is not None
    try:
        parsed.validate_json()
    except SlackObjectFormationError as error:
        yield str(error)
    if kind == "section":
        yield from _text(block["text"], LIMITS[kind])
    elif kind == "header":
        yield from _text(block["text"], LIMITS[kind], only="plain_text")
    elif kind == "context":
        if not 0 < len(block["elements"]) <= 10:
            yield "no elements, or more than 10"
        for element in block["elements"]:
            yield from _text(element, LIMITS[kind])
    elif kind == "actions":
        if not 0 < len(block["elements"]) <= 25:
            yield "no buttons, or more than 25"
        for element in block["elements"]:
            yield from _button(element)
    elif kind == "input":
        yield from _input(block)


def _input(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block["label"], 2000, only="plain_text")
    if "hint" in block:
        yield from _text(block["hint"], 2000, only="plain_text")
    element = block["element"]
    if not 0 < len(element.get("action_id", "")) <= 255 or not 0 < len(block.get("block_id", "x")) <= 255:
        yield "no action_id, or an id of more than 255 characters"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, only="plain_text")
    if element["type"] == "plain_text_input":
        if not 0 < element.get("max_length", 1) <= 3000 or len(element.get("initial_value", "")) > element.get("max_length", 3000):
            yield "a text of a length that Slack does not take"
    elif element["type"] in ("radio_buttons", "static_select"):
        options = element["options"]
        if not 0 < len(options) <= (10 if element["type"] == "radio_buttons" else 100):
            yield f"{len(options)} options"
        for option in options:
            yield from _text(option["text"], 75, only="plain_text" if element["type"] == "static_select" else None)
            if set(option) != {"text", "value"} or not 0 < len(option["value"]) <= 150:
                yield "an option with other keys than its text and value, or a value of more than 150 characters"
        if len({option["value"] for option in options}) < len(options):
            yield "two options with one value"
        if "initial_option" in element and element["initial_option"] not in options:
            yield "an initial option that is none of the options"
    else:
        yield f"an element of the type {element['type']}"


def _button(button: dict[str, Any]) -> Iterator[str]:
    if button.get("type") != "button" or not 0 < len(button.get("action_id", "")) <= 255:
        yield "not a button, or one without an action_id"
    yield from _text(button["text"], LIMITS["button"], only="plain_text")
    if not 0 < len(button.get("value", "")) <= 2000:
        yield "no value, or one of more than 2,000 characters"


def _text(text: dict[str, Any], most: int, *, only: str | None = None) -> Iterator[str]:
    if text["type"] not in ((only,) if only else ("mrkdwn", "plain_text")):
        yield f"a text of the type {text['type']}"
    if not len(text["text"].strip()) > 0 or len(text["text"]) > most:
        yield f"a text of {len(text['text'])} characters"
    if text["type"] == "mrkdwn":
        yield from _mrkdwn(text["text"], "mrkdwn")


def _mrkdwn(text: str, where: str) -> Iterator[str]:
    if ENTITY.search(text):
        yield f"{where}: an ampersand that is not escaped"
    if re.search(r"[<>]", TOKEN.sub("", text)):
        yield f"{where}: an angle bracket that is not escaped"
