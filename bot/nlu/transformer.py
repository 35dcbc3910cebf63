"""Writes a published sentence network as an ONNX graph with eight-bit matrices. Imports no Rasa.

onnxruntime runs such a graph many times faster than plain matrix products do. One step does not survive eight bits as it
stands: a few of the wide layer's numbers are twenty times larger than all others, and one scale for all would round the
others away. So the step is taken in two: everything up to a bound in eight bits, what stands out beyond it, at those few
places only, in full precision (as in LLM.int8, Dettmers et al. 2022, arXiv:2208.07339). `docs/architecture.md` has figures.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MAX_TOKENS = 128
FEW = 16  # so many of the wide layer's numbers may stand out
PROBES = 48
Array = np.ndarray


@dataclass(frozen=True)
class Network:
    """How a published network is built, and what it calls its matrices within `encoder.layer.N.`."""

    width: int
    heads: int
    layers: int
    epsilon: float
    heads_in: tuple[str, str, str]  # query, key, value
    heads_out: str
    heads_norm: str
    biased: bool  # whether attention adds something for the distance of two tokens

    @property
    def head(self) -> int:
        """The width of one head."""
        return self.width // self.heads


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        for name, value in (("root_2", 2**0.5), ("half", 0.5), ("one", 1.0)):
            self.constant(name, np.array(value, dtype=np.float32))
        self.constant("by_head", np.array([0, 0, network.heads, network.head]))
        self.constant("flat", np.array([0, 0, network.width]))

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
        return self.op("LayerNormalization", inputs, name, axis=-1, epsilon=self.network.epsilon)

    def gelu(self, x: str, name: str) -> str:
        # In this very order, which onnxruntime knows and makes one step of.
        error = self.op("Erf", [self.op("Div", [x, "root_2"], f"{name}.scaled")], f"{name}.erf")
        share = self.op("Mul", [x, self.op("Add", [error, "one"], f"{name}.sum")], f"{name}.twice")
        return self.op("Mul", [share, "half"], name)

    def in_two(self, x: str, name: str, weight: Array, bias: Array, *, largest: Array) -> str:
        """As `linear`; `largest` (in,) is how large each number of `x` gets."""
        order = np.argsort(-largest)
        few = np.sort(order[:FEW])
        bound = self.constant(f"{name}.bound", np.array(1.5 * largest[order[FEW]], dtype=np.float32))
        clipped = self.op("Min", [x, bound], f"{name}.clipped")
        places = self.constant(f"{name}.few", few)
        whole, cut = (self.op("Gather", [part, places], f"{part}.at_few", axis=2) for part in (x, clipped))
        beyond = self.op("Sub", [whole, cut], f"{name}.beyond")
        extra = self.op("MatMul", [beyond, self.constant(f"{name}.exact_weight", weight.T[few])], f"{name}.exact")
        return self.op("Add", [self.linear(clipped, f"{name}.small", weight, bias), extra], name)


def _layer(graph: _Graph, x: str, number: int, weights: Mapping[str, Array], largest: Array | None) -> str:
    network = graph.network

    def both(name: str) -> tuple[Array, Array]:
        start = f"encoder.layer.{number}.{name}"
        return weights[f"{start}.weight"], weights[f"{start}.bias"]

    # One product for query, key and value; the query is scaled here, so that no step is needed for it later.
    parts = [both(name) for name in network.heads_in]
    scale = np.float32(network.head**-0.5)
    joint = [np.concatenate([parts[0][place] * scale, parts[1][place], parts[2][place]]) for place in (0, 1)]
    flat = graph.linear(x, f"{number}.qkv", joint[0], joint[1])
    names = [f"{number}.{part}" for part in "qkv"]
    graph.nodes.append(helper.make_node("Split", [flat], names, name=f"{number}.split", axis=-1))
    heads = {}
    for part, name in zip("qkv", names):
        order = [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
        heads[part] = graph.op("Transpose", [graph.op("Reshape", [name, "by_head"], f"{name}.split")], f"{name}.heads", perm=order)
    scores = graph.op("MatMul", [heads["q"], heads["k"]], f"{number}.dots")
    if network.biased:
        scores = graph.op("Add", [scores, "bias"], f"{number}.biased")
    shares = graph.op("Softmax", [scores], f"{number}.shares", axis=-1)
    mixed = graph.op("MatMul", [shares, heads["v"]], f"{number}.mixed")
    back = graph.op("Reshape", [graph.op("Transpose", [mixed], f"{number}.back", perm=[0, 2, 1, 3]), "flat"], f"{number}.joined")
    seen = graph.linear(back, f"{number}.o", *both(network.heads_out))
    x = graph.norm(graph.op("Add", [x, seen], f"{number}.sum_1"), f"{number}.norm_1", *both(network.heads_norm))
    wide = graph.gelu(graph.linear(x, f"{number}.wide", *both("intermediate.dense")), f"{number}.gelu")
    step, last = f"{number}.narrow", both("output.dense")
    narrow = graph.linear(wide, step, *last) if largest is None else graph.in_two(wide, step, *last, largest=largest)
    return graph.norm(graph.op("Add", [x, narrow], f"{number}.sum_2"), f"{number}.norm_2", *both("output.LayerNorm"))


def build(network: Network, weights: Mapping[str, Array], *, largest: Array | None = None) -> onnx.ModelProto:
    """The graph in full precision: `ids` (batch, tokens) int64 to `pooled` (batch, width), the mean over all tokens.

    All sentences of a batch have the same length, so that there is no mask; `positions` (tokens, width) and, for a network that
    has one, `bias` (1, heads, tokens, tokens) are cut to that length by the caller. With `largest` (layers, wide), how large
    the wide layers' numbers get, the step after them is taken in two; without it, those numbers are outputs too.
    """
    graph = _Graph(network)
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"].astype(np.float16))
    found = graph.op("Cast", [graph.op("Gather", [words, "ids"], "found")], "single", to=TensorProto.FLOAT)
    start = graph.op("Add", [found, "positions"], "start")
    x = graph.norm(start, "norm", weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])
    for number in range(network.layers):
        x = _layer(graph, x, number, weights, None if largest is None else largest[number])
    graph.op("ReduceMean", [x], "pooled", axes=[1], keepdims=0)

    def value(name: str, shape: list[Any], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    inputs = [value("ids", ["batch", "tokens"], TensorProto.INT64), value("positions", ["tokens", network.width])]
    if network.biased:
        inputs.append(value("bias", [1, network.heads, "tokens", "tokens"]))
    outputs = [value("pooled", ["batch", network.width])]
    if largest is None:
        outputs += [value(f"{number}.gelu", ["batch", "tokens", "wide"]) for number in range(network.layers)]
    made = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model


def _largest(full: Path, network: Network, tables: Mapping[str, Array], *, words: int) -> Array:
    """How large the wide layers' numbers get (layers, wide): the same few stand out whatever is read, so any words will do."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(full), providers=["CPUExecutionProvider"])
    chooser = np.random.default_rng(0)
    seen = []
    for tokens in chooser.integers(6, 40, PROBES):
        ids = chooser.integers(words // 10, words, (1, tokens))
        _, *wide = session.run(None, {"ids": ids, **cut(tables, tokens=int(tokens))})
        seen.append(np.stack([np.abs(layer[0]).max(axis=0) for layer in wide]))
    return np.max(seen, axis=0)


def cut(tables: Mapping[str, Array], *, tokens: int) -> dict[str, Array]:
    """The graph's inputs `positions` and, where there is one, `bias`, for sentences of so many tokens."""
    inputs = {"positions": tables["positions"][:tokens]}
    if "bias" in tables:
        inputs["bias"] = np.ascontiguousarray(tables["bias"][:, :, :tokens, :tokens])
    return inputs


def write(network: Network, weights: Mapping[str, Array], tables: Mapping[str, Array], path: Path) -> None:
    """Writes the eight-bit graph to `path`; `tables` as for `cut`, with 128 positions."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it advises on image models
    words = len(weights["embeddings.word_embeddings.weight"])
    with tempfile.TemporaryDirectory(dir=path.parent) as aside:
        full = Path(aside) / "full.onnx"
        onnx.save(build(network, weights), str(full))
        largest = _largest(full, network, tables, words=words)
        onnx.save(build(network, weights, largest=largest), str(full))
        # Seven of the eight bits: without the newest instructions, sums of eight-bit products overflow.
        quantize_dynamic(
            str(full), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            nodes_to_exclude=[f"{number}.narrow.exact" for number in range(network.layers)], op_types_to_quantize=["MatMul"],
        )  # fmt: skip
