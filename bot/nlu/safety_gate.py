"""Rasa component: the safety gate. First in the pipeline; what it decides is not overruled by what follows.

It sets the intent `emergency` or `crisis`, or `other_language`, and the entity `language` when that is not English.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.learnt import LearntComponent
from bot.safety.emergency import abroad, answers, complaints, context, countries, gate, stems, whereabouts
from bot.safety.emergency.letters import LetterClassifier
from bot.safety.emergency.signs import SignFinder
from bot.safety.text import short
from bot.safety.text.language import language

Judges = tuple[gate.SafetyClassifier, LetterClassifier]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGate(LearntComponent, IntentClassifier):
    """Emergencies by sign and by meaning; other languages."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._finder = SignFinder()
        for read in (
            *(complaints.patterns, context.compiled, abroad.texts, countries.names, short.lists, whereabouts.patterns),
            *(stems.tongues, answers.said_in),
        ):
            read()  # a wrong file is said at the start

    def learn(self, training_data: TrainingData) -> Judges:
        """The two judges, fit on all examples."""
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        vectors = self.encoder.encode([message.get(TEXT) for message in messages])
        classifier = gate.SafetyClassifier().fit([message.get(INTENT) for message in messages], vectors)
        foreign = [message for message in messages if language(message.get(TEXT)) in gate.TRAINED[1:]]
        alarming = [message.get(INTENT) in gate.EMERGENCY_INTENTS for message in foreign]
        return classifier, LetterClassifier().fit([message.get(TEXT) for message in foreign], alarming)

    def process(self, messages: list[Message]) -> list[Message]:
        """Judges each message."""
        classifier, letters = self.learnt or (None, None)
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            spoken = language(text)
            verdict = gate.judge(
                text,
                encode=self.encoder.one,
                classifier=classifier,
                finder=self._finder,
                spoken=spoken,
                letters=letters,
            )
            found = gate.understood(text, verdict, spoken=spoken)
            found[ENTITIES] = [*(message.get(ENTITIES) or []), *found[ENTITIES]]
            for name, value in found.items():
                message.set(name, value, add_to_output=True)
        return messages
