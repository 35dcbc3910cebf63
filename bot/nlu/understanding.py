"""Rasa component: names the intent of a message and ranks its topics (see `bot.nlu.classifier`)."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import Example, Guess, QuestionClassifier, two_questions
from bot.nlu.features import features
from bot.nlu.second import WEIGHTS, with_both
from bot.safety.gate import EMERGENCY_INTENTS

RANKING = 8
FILE = "classifier.pkl"


def examples_of(data: TrainingData) -> list[Example]:
    """The training messages with their intents; the metadata key `topic` names a topic beside the intent."""
    found = []
    for message in data.intent_examples:
        about = (message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}
        found.append(Example(text=message.get(TEXT), intent=message.get(INTENT), topic=about.get("topic")))
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionUnderstanding(GraphComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking`, and for the actions `topics` and `inside`; leaves what the safety gate decided."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`pairs`: how many two-question messages are made for training."""
        return {"pairs": 1500}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa trains anew when the encoders or the classifier's code change."""
        code = Path(__file__).resolve().parents[1]
        names = ("nlu/understanding", "nlu/classifier", "nlu/neighbours", "nlu/second", "nlu/parts", "vocabulary")
        content = b"".join((code / f"{name}.py").read_bytes() for name in names) + WEIGHTS.read_bytes()
        return hashlib.sha256(content + features().fingerprint.encode()).hexdigest()

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource
        self._classifier: QuestionClassifier | None = None
        self._encoder = features()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionUnderstanding:
        """A component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionUnderstanding:
        """The component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._classifier = pickle.loads((folder / FILE).read_bytes())
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the classifier on the vectors of all examples."""
        everything = [example for example in examples_of(training_data) if example.text]
        whole = self._encoder.encode([example.text for example in everything])  # the same as the gate's
        # Emergencies are the gate's to find: what it let pass is read as a question.
        examples = [example for example in everything if example.intent not in EMERGENCY_INTENTS]
        examples, joined = two_questions(examples, count=self._config["pairs"])
        place_of = {id(example): place for place, example in enumerate(everything)}
        places = [place_of[id(example)] for example in examples]
        joined_vectors = self._encoder.encode([text for text, _, _ in joined])
        self._classifier = QuestionClassifier()
        self._classifier.fit(examples, whole[places], joined=joined, joined_vectors=joined_vectors, among=(whole, places))
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_bytes(pickle.dumps(self._classifier))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data pass through unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what was understood to each message."""
        for message in messages:
            text = message.get(TEXT)
            decided = (message.get(INTENT) or {}).get("name") in (*EMERGENCY_INTENTS, "other_language")
            if not text or self._classifier is None or decided:
                continue
            guess = self._classifier.guess(self._encoder.one(text))
            message.set(INTENT, {"name": guess.intent, "confidence": guess.confidence}, add_to_output=True)
            both = with_both(text, guess, guesses=self._guesses)
            ranking = [{"name": name, "confidence": share} for name, share in guess.intents[:RANKING]]
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set("topics", [[topic, round(share, 4)] for topic, share in both.topics[:RANKING]], add_to_output=True)
            message.set("parts", dict(both.parts), add_to_output=True)
            message.set("perhaps", both.perhaps, add_to_output=True)
            message.set("inside", round(guess.inside, 4), add_to_output=True)
        return messages

    def _guesses(self, texts: Sequence[str]) -> list[Guess]:
        assert self._classifier is not None
        return [self._classifier.guess(vector) for vector in self._encoder.encode(texts)]
