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
