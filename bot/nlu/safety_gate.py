"""Rasa component: the safety gate. First in the pipeline; what it decides is not overruled by what follows.

It sets the intent `emergency` or `crisis`, or `other_language`, and the entity `language` when that is not English.
"""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.features import features
from bot.safety import gate
from bot.safety.language import language
from bot.safety.letters import LetterClassifier
from bot.safety.signs import SignFinder

FILE = "gate.pkl"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGate(GraphComponent, IntentClassifier):
    """Emergencies by sign and by meaning; other languages."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa trains anew when the encoders or the gate's code change."""
        code = Path(__file__).resolve().parents[1]
        content = b"".join(
            (code / f"{name}.py").read_bytes() for name in ("nlu/safety_gate", "safety/gate", "safety/letters", "safety/stems")
        )
        return hashlib.sha256(content + features().fingerprint.encode()).hexdigest()

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._classifier: gate.SafetyClassifier | None = None
        self._letters: LetterClassifier | None = None
        self._finder = SignFinder()
        self._encoder = features()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """A gate that knows the signs but has learnt nothing yet."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyGate:
        """The gate as trained."""
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier, component._letters = pickle.loads((folder / FILE).read_bytes())
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the classifier on the vectors of all examples."""
        messages = [message for message in training_data.intent_examples if message.get(TEXT)]
        vectors = self._encoder.encode([message.get(TEXT) for message in messages])
        self._classifier = gate.SafetyClassifier().fit([message.get(INTENT) for message in messages], vectors)
        abroad = [message for message in messages if language(message.get(TEXT)) in gate.TRAINED[1:]]
        alarming = [message.get(INTENT) in gate.EMERGENCY_INTENTS for message in abroad]
        self._letters = LetterClassifier().fit([message.get(TEXT) for message in abroad], alarming)
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_bytes(pickle.dumps((self._classifier, self._letters)))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data pass through unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Judges each message."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            spoken = language(text)
            verdict = gate.judge(
                text,
                encode=self._encoder.one,
                classifier=self._classifier,
                finder=self._finder,
                spoken=spoken,
                letters=self._letters,
            )
            spoken = verdict.language if verdict.language and spoken == "en" else spoken
            intent = verdict.intent or ("other_language" if spoken != "en" else None)
            entity = {"entity": "language", "value": spoken, "start": 0, "end": len(text), "extractor": "SafetyGate"}
            message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
            message.set("signs", list(verdict.signs), add_to_output=True)
            message.set("crisis_too", verdict.crisis_too, add_to_output=True)
            message.set("alarm", round(verdict.probability, 4), add_to_output=True)
            if intent:
                message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
        return messages
