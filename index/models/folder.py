"""What an ordinary sentence-transformers folder consists of, besides its tokenizer and its ONNX files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models.source import PACKAGE, PACKAGE_VERSION, Source

PROMPTS = {"query": "query: ", "passage": "passage: "}
_DOCUMENT = {"document": "passage: "}  # what newer versions call a passage
SETTINGS_FILE = "config_sentence_transformers.json"

LAYER_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
LAYER_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
_CARD = f"""---
license: mit
base_model: intfloat/multilingual-e5-small
library_name: sentence-transformers
---
The weights of intfloat/multilingual-e5-small (MIT), as the package {PACKAGE} {PACKAGE_VERSION} (MIT) carries
them in 4 bits, unpacked. Pieces of the vocabulary that Chinese official documents do not use were left out.
The pooler, which sentence embeddings never use and the package does not carry, is zero.

`onnx/model.onnx` holds the 4-bit weights and computes in single precision; `onnx/model_qint8.onnx` computes
in 8 bits and gives nearly the same vectors several times faster.
"""


def write_model(folder: Path, source: Source, kept: NDArray[np.int64]) -> None:
    """Write weights and settings in the layout that `SentenceTransformer(folder)` loads."""
    _write_tensors(folder / "model.safetensors", source, kept)
    _write(folder / "config.json", _bert(source, len(kept)))
    _write(folder / "modules.json", _modules())
    _write(folder / "sentence_bert_config.json", {"max_seq_length": source.positions, "do_lower_case": False})
    pooling = {"word_embedding_dimension": source.hidden, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    _write(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()
    settings = {"prompts": PROMPTS | _DOCUMENT, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    _write(folder / SETTINGS_FILE, settings)
    (folder / "README.md").write_text(_CARD, encoding="utf-8")


def _write_tensors(path: Path, source: Source, kept: NDArray[np.int64]) -> None:
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    tensors = {name: np.ascontiguousarray(values) for name, values in _tensors(source, kept)}
    try:
        save_file(tensors, path, metadata={"format": "pt"})
    except SafetensorError as error:  # a full disk, say
        raise OSError(str(error)) from error


def _tensors(source: Source, kept: NDArray[np.int64]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    hidden, vectors = source.hidden, source.vectors
    yield "embeddings.word_embeddings.weight", source.matrices["emb.word"].take(kept).dense()
    yield "embeddings.position_embeddings.weight", vectors["emb.pos"].reshape(-1, hidden)
    yield "embeddings.token_type_embeddings.weight", vectors["emb.type"].reshape(-1, hidden)
    yield from _weight_and_bias("embeddings.LayerNorm", vectors["emb.ln.w"], vectors["emb.ln.b"])
    for layer in range(source.layers):
        ours, theirs = f"l{layer}", f"encoder.layer.{layer}"
        for short, long in LAYER_MATRICES.items():
            weights, bias = source.dense(f"{ours}.{short}"), vectors[f"{ours}.{short}.b"]
            yield from _weight_and_bias(f"{theirs}.{long}", weights, bias)
        for short, long in LAYER_NORMS.items():
            weight, bias = vectors[f"{ours}.{short}.w"], vectors[f"{ours}.{short}.b"]
            yield from _weight_and_bias(f"{theirs}.{long}", weight, bias)
    pooler = np.zeros((hidden, hidden), np.float32)
    yield from _weight_and_bias("pooler.dense", pooler, pooler[0])


def _weight_and_bias(
    name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    yield f"{name}.weight", weight
    yield f"{name}.bias", bias


def _bert(source: Source, vocabulary: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": vocabulary,
        "hidden_size": source.hidden,
        "num_hidden_layers": source.layers,
        "num_attention_heads": source.heads,
        "intermediate_size": source.inner,
        "max_position_embeddings": source.positions,
        "type_vocab_size": source.token_types,
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "attention_probs_dropout_prob": 0.1,
        "hidden_dropout_prob": 0.1,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "torch_dtype": "float32",
    }


def _modules() -> list[dict[str, object]]:
    named = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{name}"}
        for number, (path, name) in enumerate(named)
    ]


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
