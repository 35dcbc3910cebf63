"""Rasa component: finds routes, uses, origins, places, agencies and brands with spaCy's entity ruler."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.matcher import Matcher
from bot.settings import settings


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VocabularyMatcher(GraphComponent, EntityExtractorMixin):
    """Adds one entity for each term of the store's vocabulary that the message names."""

    def __init__(self) -> None:
        self._matcher = Matcher.read(settings().facts_dir, settings().clinic_dir)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VocabularyMatcher:
        """The component; it has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: term.label,
                    ENTITY_ATTRIBUTE_VALUE: term.value,
                    ENTITY_ATTRIBUTE_START: term.start,
                    ENTITY_ATTRIBUTE_END: term.end,
                }
                for term in self._matcher.find(message.get(TEXT) or "")
            ]
            named = self.add_extractor_name(found)
            message.set(ENTITIES, (message.get(ENTITIES) or []) + named, add_to_output=True)
        return messages
