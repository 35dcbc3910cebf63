"""The whole assistant inside this process: the trained model, the rules, the actions, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.utils import AvailableEndpoints

from bot import quiet  # noqa: F401  (first: it silences the imports below)
from bot.channels.in_process import InProcessActions
from bot.channels.rest import WholeMessages
from bot.settings import ROOT, settings
from bot.train import train


async def load(model: Path | None = None) -> Agent:
    """An agent over `model` (default: trained now if need be) with the actions in this process."""
    from rasa.core.agent import load_agent

    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = InProcessActions("actions", timeout=settings().action_timeout)
    return await load_agent(model_path=str(model or train()), endpoints=endpoints)


async def say(agent: Agent, text: str, *, sender: str) -> list[dict[str, Any]]:
    """The messages of one turn, as the REST channel would send them."""
    collector = WholeMessages()
    await agent.handle_message(UserMessage(text, collector, sender, input_channel="rest"))
    return collector.messages
