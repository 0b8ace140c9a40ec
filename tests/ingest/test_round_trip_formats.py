"""The same table in every format and layout gives the same items."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Comparator, Place, TargetItem
from corpus.text import fold
from ingest.reading import read_file
from tests.ingest.grids import FORMATS, Grid, converted, docx, numbered, plan
from tests.ingest.printed import PRINTED, RECOGNISED
from tests.ingest.readers.sheets import cjk_font

ABOVE = ("2019年度市某局业务目标", "单位名称：市某局")
WITH_NOTES = Grid(
    ABOVE,
    ("类别", "序号", "目标名称", "目标内容"),
    (
        ("重点目标", "1", "规范公文办理", "全年请示报告类公文办结率达到96%以上，差错率控制在1%以内。"),
        ("重点目标", "2", "加强业务培训", "组织业务培训4次，培训不少于300人次。"),
        ("重点目标", "3", "压减会议数量", "全市性会议较上年度（20次）压减10%。"),
        ("创优目标", "1", "优化审批流程", "企业开办审批时限由30个工作日压缩至7个工作日。"),
        ("创优目标", "2", "打造服务热线", "热线、信箱、短信按期答复率分别达到98%、97%和95%。"),
    ),
    (
        "",
        "",
        "",
        "标杆城市：苏州市 标杆值：2018年企业开办审批时限为9个工作日。",
        "标杆城市：杭州市 标杆值：热线按期答复率97%。",
    ),
)
WITH_BASES = Grid(
    ABOVE,
    ("类别", "序号", "目标名称", "目标内容", "制定依据 (对标情况)"),
    (
        (
            "工作目标",
            "1",
            "政务督查工作",
            "加快推进33项挂牌督办事项，办结率达到100%。",
            "1.《市政府工作规则》;\n2.关于做好督查工作的通知(某政办发〔2019〕15号)。",
        ),
        (
            "工作目标",
            "2",
            "信息公开工作",
            "全年编发信息不少于450期。",
            "1.2019年市政府工作报告;\n2.政府信息公开条例。",
        ),
        (
            "奋斗目标",
            "1",
            "行政审批工作",
            "审批事项平均办理时限压缩至20个工作日以内。",
            "一、对标城市:武汉市，平均办理时限22个工作日。\n二、制定依据:《优化营商环境条例》。",
        ),
    ),
    ("", "", ""),
)
GRIDS = {"notes": WITH_NOTES, "bases": WITH_BASES}
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def read(folder: Path, name: str, content: bytes) -> tuple[TargetItem, ...]:
    path = folder / name
    path.write_bytes(content)
    reading = read_file(path, root=folder)
    (document,) = reading.documents
    assert (document.title, document.unit, document.year) == (ABOVE[0], "市某局", 2019)
    assert reading.problems == ()
    return tuple(replace(item, place=Place()) for item in document.items)


@pytest.fixture(params=GRIDS)
def grid(request: pytest.FixtureRequest) -> Grid:
    return GRIDS[request.param]


def test_what_the_items_are(tmp_path: Path) -> None:
    items = read(tmp_path, "目标.docx", docx(WITH_NOTES))
    assert [(i.category, i.number, i.name, i.content) for i in items] == list(WITH_NOTES.rows)
    assert [i.benchmark_text for i in items] == [note or None for note in WITH_NOTES.notes]
    assert [[(x.op, x.value, x.unit) for x in i.indicators] for i in items] == [
        [(Comparator.AT_LEAST, 96, "%"), (Comparator.AT_MOST, 1, "%")],
        [(Comparator.EQUAL, 4, "次"), (Comparator.AT_LEAST, 300, "人次")],
        [(Comparator.DECREASE, 10, "%")],
        [(Comparator.AT_MOST, 7, "个工作日")],
        [(Comparator.EQUAL, value, "%") for value in (98, 97, 95)],
    ]
    assert [[b.city for b in i.benchmarks] for i in items] == [[], [], [], ["苏州市"], ["杭州市"]]
    items = read(tmp_path, "目标.docx", docx(WITH_BASES))
    assert [(i.category, i.number, i.name, i.content, i.basis_text) for i in items] == list(WITH_BASES.rows)
    assert [[(b.title, b.doc_number) for b in i.bases] for i in items] == [
        [("市政府工作规则", None), ("关于做好督查工作的通知", "某政办发〔2019〕15号")],
        [("2019年市政府工作报告", None), ("政府信息公开条例", None)],
        [("优化营商环境条例", None)],
    ]
    assert [[b.city for b in i.benchmarks] for i in items] == [[], [], ["武汉市"]]


@pytest.mark.parametrize("written", FORMATS)
def test_every_format_gives_the_same_items(written: str, grid: Grid, tmp_path: Path) -> None:
    if written == "delimited":  # a row is a line there
        grid = replace(grid, rows=tuple(tuple(t.replace("\n", "") for t in row) for row in grid.rows))
    name, write = FORMATS[written]
    expected = read(tmp_path, "目标.docx", docx(grid))
    assert read(tmp_path, name, write(grid)) == expected


def without_blanks(grid: Grid) -> Grid:
    """What is printed has no blanks that one could see between a mark and a word."""
    return replace(grid, notes=tuple(note.replace(" ", "") for note in grid.notes))


@pytest.mark.parametrize("printed", PRINTED)
def test_pages_give_the_same_items(printed: str, grid: Grid, tmp_path: Path) -> None:
    name, write = PRINTED[printed]
    expected = read(tmp_path, "目标.docx", docx(without_blanks(grid)))
    assert read(tmp_path, name, write(without_blanks(grid))) == expected


def seen(item: TargetItem) -> tuple[object, ...]:
    """What a picture shows of an item: half and full width look alike."""
    texts = (item.category, item.number, item.name, item.content, item.basis_text, item.benchmark_text)
    return (
        *(fold(text) if text is not None else None for text in texts),
        [(i.name, i.op, i.value, i.unit, i.span) for i in item.indicators],
        [(b.city, fold(b.value or ""), b.span) for b in item.benchmarks],
        [(b.title, b.doc_number, b.span) for b in item.bases],
    )


@pytest.mark.parametrize(
    ("recognised", "named"),
    [
        ("scanned pdf", "bases"),
        *(
            pytest.param(recognised, named, marks=pytest.mark.slow)
            for recognised in RECOGNISED
            for named in GRIDS
            if (recognised, named) != ("scanned pdf", "bases")
        ),
    ],
)
def test_pictures_of_pages_give_the_same_items(recognised: str, named: str, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="the OCR package has no build for this Python")
    font = cjk_font()
    if font is None:
        pytest.skip("no font with Chinese characters is installed")
    name, write = RECOGNISED[recognised]
    grid = without_blanks(GRIDS[named])
    expected = [seen(item) for item in read(tmp_path, "目标.docx", docx(grid))]
    assert [seen(item) for item in read(tmp_path, name, write(grid, font))] == expected


@pytest.mark.parametrize("write", [numbered, plan])
def test_prose_promises_the_same(write: Callable[[Grid], bytes], tmp_path: Path) -> None:
    expected = read(tmp_path, "目标.docx", docx(WITH_NOTES))
    path = tmp_path / "目标.txt"
    path.write_bytes(write(WITH_NOTES))
    (document,) = read_file(path, root=tmp_path).documents
    assert (document.unit, document.year) == ("市某局", 2019)
    assert [item.name for item in document.items] == [item.name for item in expected]
    assert [[(i.op, i.value, i.unit, i.baseline) for i in item.indicators] for item in document.items] == [
        [(i.op, i.value, i.unit, i.baseline) for i in item.indicators] for item in expected
    ]
    if write is numbered:
        assert [item.content for item in document.items] == [item.content for item in expected]
        assert [item.benchmarks for item in document.items] == [item.benchmarks for item in expected]
    else:
        assert [item.heading_path for item in document.items] == [
            (f"{'一' if item.category == '重点目标' else '二'}、{item.category}",) for item in expected
        ]
        assert {item.responsible_units for item in document.items} == {("市某局", "各区政府")}


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_older_formats_give_the_same_items(suffix: str, tmp_path: Path) -> None:
    expected = read(tmp_path, "目标.docx", docx(WITH_BASES))
    assert read(tmp_path, f"目标.{suffix}", converted(tmp_path, docx(WITH_BASES), suffix)) == expected


@needs_office
def test_a_wps_file_gives_the_same_items(tmp_path: Path) -> None:
    """WPS writes its .wps files in the format of Word."""
    expected = read(tmp_path, "目标.docx", docx(WITH_NOTES))
    assert read(tmp_path, "目标.wps", converted(tmp_path, docx(WITH_NOTES), "doc")) == expected
