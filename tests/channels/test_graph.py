"""The model's graph gives what Rasa's own runner gives, and runs no more than is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.channels.rasa_parts.graph import OrderedGraph

RUN: list[str] = []


class Says(GraphComponent):
    """Joins what it is given, and its own name."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Says:
        """The component."""
        return cls(config["name"])

    def say(self, first: str, second: str = "") -> str:
        """Both and the name."""
        RUN.append(self.name)
        return f"({first}{second}{self.name})"


def _node(name: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Says, constructor_name="create", fn="say", config={"name": name}, eager=True)


def test_each_target_is_what_rasas_runner_makes_of_it(tmp_path: Path) -> None:
    nodes = {
        "last": _node("d", first="left", second="right"),
        "left": _node("b", first="__message__"),
        "right": _node("c", first="left", second="__message__"),
        "beside": _node("e", first="__message__"),
    }
    schema = GraphSchema(nodes)
    theirs = DaskGraphRunner(schema, LocalModelStorage(tmp_path), ExecutionContext(schema))
    ours = OrderedGraph(theirs)
    RUN.clear()
    for targets in (["last"], ["right", "beside"], ["last"]):
        for text in ("hello", "bye"):
            given = ours.run(inputs={"__message__": text}, targets=targets)
            assert given == theirs.run(inputs={"__message__": text}, targets=targets)
    assert ours.run(inputs={"__message__": "x"}, targets=["last"]) == {"last": "((xb)((xb)xc)d)"}
    assert RUN[-3:] == ["b", "c", "d"]
