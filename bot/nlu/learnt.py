"""What the two Rasa components that learn have in common: how they are made, kept in the model's archive and read back."""

from __future__ import annotations

import pickle
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import model_inputs
from bot.nlu.features import features

FILE = "learnt.pkl"
Self = TypeVar("Self", bound="LearntComponent")


class LearntComponent(GraphComponent):
    """A component whose `learnt` is kept in the model. A subclass sets it in `learn` and uses it in `process`."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa trains anew, and takes nothing from its cache, when the encoder or any code that learning may use changes."""
        return f"{model_inputs.fingerprint(model_inputs.READ_BY_US)}{features().fingerprint}"

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config, self.encoder = config, features()
        self.learnt: Any = None
        self._storage, self._resource = storage, resource

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """A component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The component as trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.learnt = pickle.loads((folder / FILE).read_bytes())
        return component

    def learn(self, training_data: TrainingData) -> Any:
        """What there is to learn from the messages; it must be possible to pickle it."""
        raise NotImplementedError

    def train(self, training_data: TrainingData) -> Resource:
        """Learns and keeps it in the model."""
        self.learnt = self.learn(training_data)
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_bytes(pickle.dumps(self.learnt))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data pass through unchanged."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds what is understood to each message."""
        raise NotImplementedError
