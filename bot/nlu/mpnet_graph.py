"""Writes all-mpnet-base-v2 as an ONNX graph with eight-bit matrices. Imports no Rasa.

onnxruntime runs the graph three times faster than plain matrix products do. The matrices become eight-bit integers, but
for those that take the wide layer's output: its few large values do not survive the rounding (`docs/architecture.md`).
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WIDTH, HEADS, LAYERS, MAX_TOKENS = 768, 12, 12, 128
POSITIONS_FROM = 2  # the first two rows of the position table stand for padding
BUCKETS, FARTHEST = 32, 128
Array = np.ndarray


def relative_bias(table: Array) -> Array:
    """What attention adds for the distance of two tokens: (1, heads, 128, 128) from `table` (32, heads); as in T5."""
    distance = np.arange(MAX_TOKENS)[None] - np.arange(MAX_TOKENS)[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = np.abs(distance)
    steps = np.log(np.maximum(far, 1) / exact) / np.log(FARTHEST / exact) * (half - exact)
    bucket = np.where(far < exact, far, np.minimum(exact + steps.astype(int), half - 1)) + half * (distance > 0)
    return np.ascontiguousarray(table[bucket].transpose(2, 0, 1)[None])


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, inputs: list[str], name: str, **settings: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **settings))
        return name

    def linear(self, x: str, name: str, weight: Array, bias: Array) -> str:
        product = self.op("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return self.op("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def norm(self, x: str, name: str, scale: Array, shift: Array) -> str:
        inputs = [x, self.constant(f"{name}.scale", scale), self.constant(f"{name}.shift", shift)]
        return self.op("LayerNormalization", inputs, name, axis=-1, epsilon=1e-5)

    def gelu(self, x: str, name: str) -> str:
        error = self.op("Erf", [self.op("Div", [x, "root_2"], f"{name}.scaled")], f"{name}.erf")
        return self.op("Mul", [x, self.op("Mul", [self.op("Add", [error, "one"], f"{name}.sum"), "half"], f"{name}.share")], name)


def _layer(graph: _Graph, x: str, number: int, weights: dict[str, Array]) -> str:
    def both(name: str) -> tuple[Array, Array]:
        start = f"encoder.layer.{number}.{name}"
        return weights[f"{start}.weight"], weights[f"{start}.bias"]

    heads = {}
    for part in "qkv":
        flat = graph.linear(x, f"{number}.{part}", *both(f"attention.attn.{part}"))
        split = graph.op("Reshape", [flat, "by_head"], f"{number}.{part}.split")
        order = [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
        heads[part] = graph.op("Transpose", [split], f"{number}.{part}.heads", perm=order)
    scores = graph.op("Div", [graph.op("MatMul", [heads["q"], heads["k"]], f"{number}.dots"), "root_64"], f"{number}.scores")
    shares = graph.op("Softmax", [graph.op("Add", [scores, "bias"], f"{number}.biased")], f"{number}.shares", axis=-1)
    mixed = graph.op(
        "Transpose", [graph.op("MatMul", [shares, heads["v"]], f"{number}.mixed")], f"{number}.back", perm=[0, 2, 1, 3]
    )
    seen = graph.linear(graph.op("Reshape", [mixed, "flat"], f"{number}.joined"), f"{number}.o", *both("attention.attn.o"))
    x = graph.norm(graph.op("Add", [x, seen], f"{number}.sum_1"), f"{number}.norm_1", *both("attention.LayerNorm"))
    wide = graph.gelu(graph.linear(x, f"{number}.wide", *both("intermediate.dense")), f"{number}.gelu")
    narrow = graph.linear(wide, f"{number}.narrow", *both("output.dense"))
    return graph.norm(graph.op("Add", [x, narrow], f"{number}.sum_2"), f"{number}.norm_2", *both("output.LayerNorm"))


def build(weights: dict[str, Array]) -> onnx.ModelProto:
    """The graph in full precision: `ids` (batch, tokens) int64 to `pooled` (batch, 768), the mean over all tokens.

    All sentences of a batch have the same length, so that there is no mask; `positions` (tokens, 768) and `bias`
    (1, heads, tokens, tokens) are cut to that length by the caller.
    """
    graph = _Graph()
    for name, value in (("root_64", 8.0), ("root_2", 2**0.5), ("half", 0.5), ("one", 1.0)):
        graph.constant(name, np.array(value, dtype=np.float32))
    graph.constant("by_head", np.array([0, 0, HEADS, WIDTH // HEADS]))
    graph.constant("flat", np.array([0, 0, WIDTH]))
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"].astype(np.float16))
    found = graph.op("Cast", [graph.op("Gather", [words, "ids"], "found")], "single", to=TensorProto.FLOAT)
    start = graph.op("Add", [found, "positions"], "start")
    x = graph.norm(start, "norm", weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])
    for number in range(LAYERS):
        x = _layer(graph, x, number, weights)
    graph.op("ReduceMean", [x], "pooled", axes=[1], keepdims=0)
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info("positions", TensorProto.FLOAT, ["tokens", WIDTH]),
        helper.make_tensor_value_info("bias", TensorProto.FLOAT, [1, HEADS, "tokens", "tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["batch", WIDTH])]
    made = helper.make_graph(graph.nodes, "mpnet", inputs, outputs, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model


def write(weights: dict[str, Array], path: Path) -> None:
    """Writes the eight-bit graph to `path`; about 220 MB."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises on image models
    kept = [f"{number}.narrow.product" for number in range(LAYERS)]
    with tempfile.TemporaryDirectory(dir=path.parent) as aside:
        full = Path(aside) / "full.onnx"
        onnx.save(build(weights), str(full))
        # Seven of the eight bits: without the newest instructions, sums of eight-bit products overflow.
        quantize_dynamic(
            str(full), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            nodes_to_exclude=kept, op_types_to_quantize=["MatMul"],
        )  # fmt: skip
