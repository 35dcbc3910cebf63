"""Rasa component: names the intent of a message and ranks its topics (see `bot.nlu.classifier`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import Example, Guess, QuestionClassifier, two_questions
from bot.nlu.learnt import LearntComponent
from bot.nlu.second import with_both
from bot.safety.emergency.gate import EMERGENCY_INTENTS

RANKING = 8


def examples_of(data: TrainingData) -> list[Example]:
    """The training messages with their intents; the metadata key `topic` names a topic beside the intent."""
    found = []
    for message in data.intent_examples:
        about = (message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}
        found.append(Example(text=message.get(TEXT), intent=message.get(INTENT), topic=about.get("topic")))
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionUnderstanding(LearntComponent, IntentClassifier):
    """Sets `intent`, `intent_ranking`, and for the actions `topics` and `inside`; leaves what the safety gate decided."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`pairs`: how many two-question messages are made for training."""
        return {"pairs": 1500}

    def learn(self, training_data: TrainingData) -> QuestionClassifier:
        """The classifier, fit on the vectors of all examples."""
        everything = [example for example in examples_of(training_data) if example.text]
        whole = self.encoder.encode([example.text for example in everything])  # the same as the gate's
        # Emergencies are the gate's to find: what it let pass is read as a question.
        examples = [example for example in everything if example.intent not in EMERGENCY_INTENTS]
        examples, joined = two_questions(examples, count=self.config["pairs"])
        place_of = {id(example): place for place, example in enumerate(everything)}
        places = [place_of[id(example)] for example in examples]
        joined_vectors = self.encoder.encode([text for text, _, _ in joined])
        return QuestionClassifier().fit(
            examples, whole[places], joined=joined, joined_vectors=joined_vectors, among=(whole, places)
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what was understood to each message."""
        for message in messages:
            text = message.get(TEXT)
            decided = (message.get(INTENT) or {}).get("name") in (*EMERGENCY_INTENTS, "other_language")
            if not text or self.learnt is None or decided:
                continue
            guess = self.learnt.guess(self.encoder.one(text))
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
        assert self.learnt is not None
        return [self.learnt.guess(self.encoder.one(text)) for text in texts]  # parts such as "hello there" come again
