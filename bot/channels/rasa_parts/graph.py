"""Runs the model's graph. Rasa's runner cuts out the part that is needed and puts it in order anew for each message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class OrderedGraph:
    """Stands in the place of Rasa's runner, with its nodes; finds the order once for each set of targets."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema: GraphSchema = runner._graph_schema
        self._nodes: Mapping[str, GraphNode] = runner._instantiated_nodes
        self._order = lru_cache(maxsize=None)(self._find_order)

    @property
    def components(self) -> list[object]:
        """The parts of the model, as they were loaded."""
        return [node._component for node in self._nodes.values()]

    def _find_order(self, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        """The nodes that `targets` need, each with the nodes and inputs that it needs itself, which come before it."""
        needed = self._schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: list(node.needs.values()) for name, node in needed.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """What the target nodes give for these inputs."""
        wanted = tuple(targets or self._schema.target_names)
        given = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._order(wanted):
            given[name] = self._nodes[name](*(given.get(need, need) for need in needs))
        return {name: given[name][1] for name in wanted}
