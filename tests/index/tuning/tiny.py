"""A model of the default's structure, small and random, and a catalog to tune it to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import Catalog
from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.models.folder import PROMPTS, write_model
from index.models.prepare import write_all
from index.models.samples import CALIBRATION, REFERENCE_PASSAGES, REFERENCE_QUERIES
from index.models.source import Source
from index.models.vocabulary import MASK, SPACE, SPECIALS, write_tokenizer
from tests.index.models.making import random_source
from tests.index.samples import store

LAYERS = 3
_WORKS = """
公文办理 政务热线 招商引资 食品安全 防汛物资 停车泊位 老旧小区 学前教育 医疗救助 河道清淤 垃圾分类 公共文化
人才公寓 产业园区 农田水利 道路养护 信访事项 财政预决算 建筑工地 养老床位 职业技能 生态修复 消防通道 数字政务
乡村驿站 海洋牧场 外贸企业 城市书房
"""
_WAYS = "提速 规范 普查 抽检 培训 督导 公示 提质 储备 回访"
TOPICS = tuple(f"{work}{way}" for work in _WORKS.split() for way in _WAYS.split())
_SENTENCE = "继续做好工作，全年完成件，办结率不低于，每季度通报情况。"


def tiny_source() -> Source:
    """Return random weights; every character of the samples and topics is a piece of the vocabulary."""
    letters = sorted(
        set("".join((_SENTENCE, *CALIBRATION, *REFERENCE_QUERIES, *REFERENCE_PASSAGES, *TOPICS)))
    )
    letters = [letter for letter in letters if not letter.isspace()]
    pieces = (*SPECIALS, SPACE, f"{SPACE}que", "ry", f"{SPACE}passage", *letters, MASK)
    scores = np.full(len(pieces), -5.0, np.float32)
    return random_source(pieces, scores, layers=LAYERS, positions=512)


def kept(source: Source) -> NDArray[np.int64]:
    """Keep the whole vocabulary."""
    return np.arange(len(source.pieces))


def write_plain(folder: Path, source: Source) -> None:
    """Write what SentenceTransformer loads, without graphs."""
    folder.mkdir()
    write_tokenizer(folder, source, kept(source))
    write_model(folder, source, kept(source))


def write_default(folder: Path, source: Source) -> None:
    """Write a default model: the plain files, both graphs, and the manifest."""
    plain = folder.with_name(f"{folder.name}-plain")
    write_plain(plain, source)
    folder.mkdir()
    write_all(folder, source, kept(source), torch_vectors(plain), lambda _sentence: None)


def torch_vectors(plain: Path) -> Callable[[], tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Return what gives the reference vectors by torch."""
    from sentence_transformers import SentenceTransformer

    def vectors() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        model = SentenceTransformer(str(plain), device="cpu", local_files_only=True)
        queries = model.encode([PROMPTS["query"] + text for text in REFERENCE_QUERIES])
        passages = model.encode([PROMPTS["passage"] + text for text in REFERENCE_PASSAGES])
        return np.asarray(queries), np.asarray(passages)

    return vectors


def fill(catalog: Catalog, years: range = range(2019, 2021), topics: int = len(TOPICS)) -> None:
    """Store a document a year; each topic is promised every year in other words."""
    for year in years:
        items = tuple(
            TargetItem(
                category="重点目标",
                number=str(number),
                name=topic,
                content=f"{year}年继续做好{topic}工作，全年完成{number * 7 + year % 9}件，"
                f"办结率不低于{80 + number % 20}%，每季度通报{topic}情况。",
            )
            for number, topic in enumerate(TOPICS[:topics], start=1)
        )
        document = TargetDocument(
            f"{year}.txt", None, DocumentKind.TARGETS, "市政府办公厅", year, "青岛市", items, text="文件"
        )
        store(catalog, document)
