"""The whole assistant inside this process: the trained model, the rules, the actions, without a network."""

from __future__ import annotations

import logging
from collections.abc import Container
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from ruamel.yaml import YAMLError
from threadpoolctl import threadpool_limits

from bot import lean, quiet  # noqa: F401  (first: it silences the imports below)
from bot.answer.reply.contract import Reply
from bot.channels import envelope
from bot.channels.incoming import clean, disarm, readable, shorten
from bot.channels.rasa_parts.graph import OrderedGraph
from bot.channels.rasa_parts.in_process import InProcessActions
from bot.channels.rasa_parts.lighter import lighten
from bot.channels.rasa_parts.reader import Reader
from bot.channels.turns.turn import WholeMessages
from bot.errors import ModelError
from bot.nlu.matcher import read_vocabulary
from bot.safety.privacy.personal import scrub
from bot.service import core, folders, load_facts
from bot.settings import ROOT, settings
from bot.train import one_at_a_time, own_error, refuse, train


class _Swallowed(logging.Filter):
    """Keeps the error that Rasa logs, with a stack trace, and then swallows when it cannot load a model."""

    error: BaseException | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Nothing is logged."""
        self.error = (record.exc_info or (None, None, None))[1]
        return False


def endpoints(action_url: str | None = None) -> AvailableEndpoints:
    """Those of endpoints.yml, with the actions in this process or on the server named. Raises ModelError."""
    try:
        found = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    except (RasaException, YAMLError, OSError) as error:
        refuse("endpoints.yml", error)
    timeout = settings().action_timeout
    found.action = EndpointConfig(url=action_url) if action_url else InProcessActions("actions", timeout=timeout)
    return found


async def agent_of(model: Path, chosen: AvailableEndpoints) -> Agent:
    """The agent over `model`, warmed up so that the first person does not wait. Raises ModelError."""
    from rasa.core.agent import load_agent

    swallowed, log = _Swallowed(), logging.getLogger("rasa.core.agent")
    log.addFilter(swallowed)
    try:
        agent = await load_agent(model_path=str(model), endpoints=chosen)
    finally:
        log.removeFilter(swallowed)
    if not agent.is_ready() or agent.processor is None:
        if own := own_error(swallowed.error):
            raise own from None
        raise ModelError(f"The dialogue model {model} cannot be used; delete it and start again to train it anew.")
    graph = OrderedGraph(agent.processor.graph_runner)  # type: ignore[arg-type]
    agent.processor.graph_runner = graph  # type: ignore[assignment]
    lighten(agent.processor, graph.components)
    agent.processor.http_interpreter = Reader(agent.processor)  # type: ignore[assignment]
    threadpool_limits(1, user_api="blas")  # one vector at a time: to share the work out costs more than the work
    await agent.parse_message("hello")
    scrub("")
    if isinstance(chosen.action, InProcessActions):
        core().warm_up()
    lean.give_back()
    return agent


async def load(model: Path | None = None) -> Agent:
    """An agent over `model` (default: trained now if need be) and the facts, with the actions in this process."""
    read_vocabulary(*folders(settings()))
    with one_at_a_time():
        load_facts()
    return await agent_of(model or train(), endpoints())


async def say(agent: Agent, text: str, *, sender: str, offered: Container[str] = ()) -> list[dict[str, Any]]:
    """The messages of one turn, cleaned and answered as in the REST channel; `offered`: the payloads of buttons shown."""
    text = clean(shorten(text, limit=settings().max_message_chars))
    if not readable(text):
        return [envelope.message(Reply(kind="clarify", text=envelope.EMPTY), sender)]
    if text not in offered:
        text = scrub(disarm(text)).text or "?"
    collector = WholeMessages()
    await agent.handle_message(UserMessage(text, collector, sender, input_channel="rest"))
    return collector.messages
