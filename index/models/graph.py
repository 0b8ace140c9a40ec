"""The encoder as an ONNX graph, written node by node from the 4-bit weights.

One structure, two precisions. The lossless graph multiplies by the 4-bit weights as they are, in single
precision. The 8-bit graph is the serving form: weights of 7 bits with a scale a column (so that processors
without VNNI do not overflow) and activations of 8 bits over ranges that were measured once (so that a text
gets the same vector in every company). Matrices that were tuned have no 4-bit form: the lossless graph holds
them in single precision.

Both take `input_ids` and `attention_mask`, padded on the right, and give `last_hidden_state` and
`sentence_embedding`, the mean over the unpadded tokens scaled to length 1. What was measured and decided is
in docs/decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.models.source import BLOCK, BlockMatrix, Source

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

OPSET = 23  # the first with Attention
IR_VERSION = 11
CONTRIB = "com.microsoft"
_WEIGHT_LIMIT = 63
_STEPS = 255
_INPUTS = ("input_ids", "attention_mask")


@dataclass(frozen=True, slots=True)
class Range:
    """What the activations before a matrix were seen to be.

    `divisor`, one number a channel, is what they are divided by first; `low` and `high` hold after that.
    """

    low: float
    high: float
    divisor: NDArray[np.float32] | None = None


Ranges = Mapping[str, Range]


def encoder(
    source: Source, kept: NDArray[np.int64], ranges: Ranges | None = None, *, with_activations: bool = False
) -> ModelProto:
    """Return the graph over the kept vocabulary: lossless, or in 8 bits where the ranges are given.

    `with_activations` adds what enters each matrix as an output, `seen.` and the matrix's name.
    """
    return _Encoder(source, ranges, with_activations=with_activations).build(kept)


@dataclass
class _Graph:
    """Nodes and constants in the order they were added; every method returns the name of what it made."""

    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def packed(self, name: str, nibbles: NDArray[np.uint8]) -> str:
        """Add signed 4-bit values, two a byte; `nibbles` holds them shifted by 8."""
        from onnx import TensorProto, helper

        signed = (nibbles ^ 8).astype(np.uint8)
        content = _pairs(signed).tobytes()
        self.constants.append(helper.make_tensor(name, TensorProto.INT4, nibbles.shape, content, raw=True))
        return name

    def add(self, kind: str, *inputs: str, name: str, domain: str = "", **settings: float) -> str:
        self._node(kind, inputs, (name,), domain, settings)
        return name

    def split(self, source: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Cut the last of three axes into equal parts."""
        self._node("Split", (source,), names, "", {"axis": 2, "num_outputs": len(names)})
        return names

    def _node(
        self,
        kind: str,
        inputs: tuple[str, ...],
        outputs: tuple[str, ...],
        domain: str,
        settings: Mapping[str, float],
    ) -> None:
        from onnx import helper

        node = helper.make_node(kind, inputs, outputs, name=f"make {outputs[0]}", domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in settings.items())
        self.nodes.append(node)


class _Encoder:
    """Builds one graph."""

    def __init__(self, source: Source, ranges: Ranges | None, *, with_activations: bool) -> None:
        self._source = source
        self._ranges = ranges
        self._with_activations = with_activations
        self._graph = _Graph()
        self._outputs: list[tuple[str, list[str | int | None]]] = [
            ("last_hidden_state", ["batch", "sequence", source.hidden]),
            ("sentence_embedding", ["batch", source.hidden]),
        ]

    def build(self, kept: NDArray[np.int64]) -> ModelProto:
        from onnx import TensorProto, helper

        graph = self._graph
        mask = self._mask()
        state = self._embedding(kept)
        for layer in range(self._source.layers):
            state = self._layer(layer, state, mask)
        self._pooling(state)
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in _INPUTS
        ]
        outputs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in self._outputs
        ]
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        body = helper.make_graph(graph.nodes, "encoder", inputs, outputs, graph.constants)
        return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="duibiao")

    def _mask(self) -> str:
        """Which tokens each token may look at: (batch, 1, sequence, sequence), true for the unpadded."""
        graph = self._graph
        graph.constant("zero", np.array([0], np.int64))
        graph.constant("one", np.array([1], np.int64))
        graph.constant("two", np.array([2], np.int64))
        shape = graph.add("Shape", "input_ids", name="shape")
        length = graph.add("Slice", shape, "one", "two", name="length")
        flags = graph.add("Greater", "attention_mask", "zero", name="flags")
        graph.constant("middle", np.array([1, 2], np.int64))
        flags = graph.add("Unsqueeze", flags, "middle", name="flags.row")
        square = graph.add("Concat", "one", "one", length, "one", name="square", axis=0)
        return graph.add("Expand", flags, square, name="mask")

    def _embedding(self, kept: NDArray[np.int64]) -> str:
        graph, vectors = self._graph, self._source.vectors
        words = self._source.matrices["emb.word"].take(kept)
        graph.packed("emb.word", words.nibbles)
        graph.constant("emb.word.scale", words.scales)
        word = graph.add(
            "GatherBlockQuantized",
            "emb.word",
            "input_ids",
            "emb.word.scale",
            name="word",
            domain=CONTRIB,
            block_size=BLOCK,
            quantize_axis=1,
            gather_axis=0,
        )
        hidden = self._source.hidden
        places = vectors["emb.pos"].reshape(-1, hidden) + vectors["emb.type"][:hidden]
        graph.constant("emb.place", places)
        place = graph.add("Slice", "emb.place", "zero", "length", "zero", name="place")
        return self._normalised("emb.ln", word, place)

    def _layer(self, layer: int, state: str, mask: str) -> str:
        graph, source, prefix = self._graph, self._source, f"l{layer}"
        projected = self._linear(f"{prefix}.qkv", state)
        query, key, value = graph.split(projected, tuple(f"{prefix}.{part}" for part in "qkv"))
        attended = graph.add(
            "Attention",
            query,
            key,
            value,
            mask,
            name=f"{prefix}.attention",
            q_num_heads=source.heads,
            kv_num_heads=source.heads,
        )
        mixed = self._linear(f"{prefix}.ao", attended)
        state = self._normalised(f"{prefix}.aln", mixed, state)
        inner = self._linear(f"{prefix}.fi", state)
        active = graph.add("Gelu", inner, name=f"{prefix}.gelu", domain=CONTRIB)
        outer = self._linear(f"{prefix}.fo", active)
        is_last = layer == source.layers - 1
        return self._normalised(f"{prefix}.oln", outer, state, "last_hidden_state" if is_last else None)

    def _linear(self, name: str, value: str) -> str:
        """Multiply by the matrix of that name and add its bias."""
        source = self._source
        self._graph.constant(f"{name}.b", source.bias(name))
        if self._with_activations:
            seen = self._graph.add("Identity", value, name=f"seen.{name}")
            self._outputs.append((seen, ["batch", "sequence", source.dense(name).shape[1]]))
        if self._ranges is not None:
            return self._linear_in_bytes(name, value, source.dense(name), self._ranges[name])
        if source.is_tuned(name):
            return self._linear_in_floats(name, value, source.dense(name))
        return self._linear_in_blocks(name, value, source.matrix(name))

    def _linear_in_floats(self, name: str, value: str, weights: NDArray[np.float32]) -> str:
        self._graph.constant(f"{name}.w", weights.T)
        product = self._graph.add("MatMul", value, f"{name}.w", name=f"{name}.product")
        return self._graph.add("Add", product, f"{name}.b", name=f"{name}.out")

    def _linear_in_bytes(self, name: str, value: str, matrix: NDArray[np.float32], seen: Range) -> str:
        graph = self._graph
        weights = matrix.T
        if seen.divisor is not None:
            weights = weights * seen.divisor[:, None]
            graph.constant(f"{name}.factor", (1 / seen.divisor).astype(np.float32))
            value = graph.add("Mul", value, f"{name}.factor", name=f"{name}.even")
        scales = (np.abs(weights).max(axis=0) / _WEIGHT_LIMIT).astype(np.float32)
        graph.constant(f"{name}.w", np.rint(weights / scales).astype(np.int8))
        graph.constant(f"{name}.scale", scales)
        step = (seen.high - seen.low) / _STEPS
        graph.constant(f"{name}.step", np.array(step, np.float32))
        graph.constant(f"{name}.zero", np.array(round(-seen.low / step), np.uint8))
        rounded = graph.add("QuantizeLinear", value, f"{name}.step", f"{name}.zero", name=f"{name}.rounded")
        return graph.add(
            "MatMulIntegerToFloat",
            rounded,
            f"{name}.w",
            f"{name}.step",
            f"{name}.scale",
            f"{name}.zero",
            "",
            f"{name}.b",
            name=f"{name}.out",
            domain=CONTRIB,
        )

    def _linear_in_blocks(self, name: str, value: str, matrix: BlockMatrix) -> str:
        graph = self._graph
        outputs, blocks = matrix.blocks.shape[:2]
        graph.constant(f"{name}.w", _pairs(matrix.nibbles).reshape(outputs, blocks, BLOCK // 2))
        graph.constant(f"{name}.scale", matrix.scales)
        product = graph.add(
            "MatMulNBits",
            value,
            f"{name}.w",
            f"{name}.scale",
            name=f"{name}.product",
            domain=CONTRIB,
            K=blocks * BLOCK,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=1,
        )
        return graph.add("Add", product, f"{name}.b", name=f"{name}.out")

    def _normalised(self, name: str, left: str, right: str, result: str | None = None) -> str:
        graph, vectors = self._graph, self._source.vectors
        total = graph.add("Add", left, right, name=f"{name}.sum")
        graph.constant(f"{name}.w", vectors[f"{name}.w"])
        graph.constant(f"{name}.b", vectors[f"{name}.b"])
        return graph.add(
            "LayerNormalization",
            total,
            f"{name}.w",
            f"{name}.b",
            name=result or f"{name}.out",
            epsilon=self._source.epsilon,
            axis=-1,
        )

    def _pooling(self, state: str) -> None:
        graph = self._graph
        flags = graph.add("CastLike", "attention_mask", state, name="pool.flags")
        row = graph.add("Unsqueeze", flags, "one", name="pool.row")
        total = graph.add("MatMul", row, state, name="pool.sum")
        flat = graph.add("Squeeze", total, "one", name="pool.flat")
        graph.add("LpNormalization", flat, name="sentence_embedding", axis=-1, p=2)


def _pairs(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pack two neighbours a byte, the first in the low half."""
    even, odd = nibbles[..., 0::2], nibbles[..., 1::2]
    return (even | (odd << 4)).astype(np.uint8)
