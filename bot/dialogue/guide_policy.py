"""Rasa policy: hands a message to the decision guide where it answers the screen on show; else the rules decide as ever.

Rasa's own forms take every message while they run, an emergency too, and need a rule for each way out. Here it is the other
way round: the safety gate's intents are never touched, a question goes to the rule for questions, and what is left over, an
answer to the guide, goes to `action_decide`.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.aid.before import Before, before
from bot.aid.content import guide
from bot.aid.payload import ANSWER_TO
from bot.aid.reading import is_question, read, unclear, wants_verdict
from bot.aid.screens import screen
from bot.aid.state import State
from bot.safety.emergency.gate import EMERGENCY_INTENTS
from bot.slots import AID

ACTION = "action_decide"
PRIORITY = 10  # above Rasa's rules
SHORT = 3  # words
NO_QUESTION = ("vague", "follow_up", "more", "out_of_scope", "small_talk", "other_language")  # intents that ask about no topic
APART = (
    "handoff",
    "privacy",
    "identity",
    "help",
    "greet",
    "thanks",
    "goodbye",
    "small_talk",
    "abuse",
)  # questions with a reply of their own
PLACE = 10  # words in which a place is named, and nothing else is said


def last_reply(tracker: DialogueStateTracker) -> Before:
    """What the newest reply of the assistant was."""
    last = next((event for event in reversed(tracker.events) if isinstance(event, BotUttered)), None)
    return before((last.data or {}).get("custom") if last else None)


def takes(tracker: DialogueStateTracker) -> bool:
    """Whether the newest message is for the guide."""
    message, state = tracker.latest_message, State.from_slot(tracker.get_slot(AID))
    if tracker.latest_action_name != ACTION_LISTEN_NAME or not message or not message.text or not state.seed:
        return False
    intent = message.intent.get("name")
    if intent in EMERGENCY_INTENTS or message.text.startswith("/"):
        return False
    if intent == "other_language" and len(message.text.split()) > SHORT:  # one or two words are told apart badly
        return False
    last, at = last_reply(tracker), (message.metadata or {}).get(ANSWER_TO)
    if found := read(guide(), state, message.text, before=last, at=at):
        return not (found.asks and intent in APART)
    if not (state.open and last.guide):
        return False
    if _names_place(message, state):
        return True
    return intent in NO_QUESTION and (wants_verdict(guide(), message.text) or unclear(guide(), state, message.text))


def _names_place(message: UserUttered, state: State) -> bool:
    """Whether a few words answer the line beside the options that asks where someone lives."""
    text = str(message.text)
    named = any(entity.get("entity") == "jurisdiction" for entity in message.entities)
    return named and screen(guide(), state).id == "options" and len(text.split()) <= PLACE and not is_question(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class GuidePolicy(Policy):
    """Sure of `action_decide`, or silent. There is nothing to learn."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Its priority: above the rules."""
        return {"priority": PRIORITY}

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing is learnt."""
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GuidePolicy:
        """The policy; nothing of it was kept."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """`action_decide` for what is meant for the guide and then an end of the turn; nothing for all else."""
        chances = self._default_predictions(domain)
        if tracker.latest_action_name == ACTION:  # whatever the message looked like: it has been answered
            chances[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
        elif takes(tracker):
            chances[domain.index_for_action(ACTION)] = 1.0
        return self._prediction(chances)
