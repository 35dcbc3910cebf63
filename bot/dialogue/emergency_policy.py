"""Rasa policy: keeps a conversation with an emergency until help is on the way, it is over, or something else is asked.

Its replies come from the domain and need neither the actions nor the database. What holds after each message is kept in a slot;
where no reply of its own is due, the rules decide as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.guide_policy import GuidePolicy, takes
from bot.safety.emergency.after_emergency import ALARM, FIRST, REPLY, Heard, Standing, following
from bot.safety.emergency.countries import named_country
from bot.slots import AFTER_EMERGENCY
from bot.vocabulary import TOPICS

PRIORITY = 20  # above the decision guide
SURE = 0.80  # from this confidence on a message asks about its topic: "do they lock you up" (0.56) does not
NAMED = 0.50  # the same where it names the treatment
ASKING = (*TOPICS, "personal_advice", "identity", "privacy")
PRESSED = ("ask", "guide", "more")  # intents of buttons
PERSON = "handoff"  # who is in despair and wants a person gets the crisis line first
OF_TREATMENT = ("route", "use", "origin", "agency", "brand", "condition")  # entities


def heard_in(tracker: DialogueStateTracker, before: Standing | None) -> Heard | None:
    """The newest message, where there is one to answer."""
    message = tracker.latest_message
    if tracker.latest_action_name != ACTION_LISTEN_NAME or not message or not message.text:
        return None
    understood: Mapping[str, Any] = message.parse_data or {}
    intent, sure = str(message.intent.get("name") or ""), float(message.intent.get("confidence") or 0.0)
    entities = message.entities or []
    spoken = next((str(entity["value"]) for entity in entities if entity.get("entity") == "language"), "en")
    named = "exo" in message.text.lower() or any(entity.get("entity") in OF_TREATMENT for entity in entities)
    about = intent in ASKING and named and sure >= NAMED
    person = intent == PERSON and before is not None and before.kind == "body"
    asks = about or person or intent in PRESSED or (intent in ASKING and sure >= SURE)
    return Heard(
        message.text,
        intent,
        signs=tuple(understood.get("signs") or ()),
        crisis_too=bool(understood.get("crisis_too")),
        language=spoken,
        country=named_country(message.text, entities, spoken),
        asks=asks or (before is not None and takes(tracker)),
        about_treatment=about or intent in PRESSED,
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class EmergencyPolicy(GuidePolicy):
    """Sure of its own reply, or silent. There is nothing to learn."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Its priority: above the decision guide."""
        return {"priority": PRIORITY}

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Its reply and then an end of the turn; nothing where another reply is due. What holds now goes into the slot."""
        chances = self._default_predictions(domain)
        if tracker.latest_action_name == REPLY:
            chances[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
            return self._prediction(chances)
        before = Standing.from_slot(tracker.get_slot(AFTER_EMERGENCY))
        heard = heard_in(tracker, before)
        if heard is None:
            return self._prediction(chances)
        now = following(before, heard)
        if now and now.say not in (None, ALARM, FIRST):
            chances[domain.index_for_action(REPLY)] = 1.0
        kept = now.to_slot() if now else None
        changed = [] if kept == tracker.get_slot(AFTER_EMERGENCY) else [SlotSet(AFTER_EMERGENCY, kept)]
        return self._prediction(chances, events=changed)
