from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import DocumentKind, TargetDocument, TargetItem
from index.chunks import LONGEST_CONTEXT, LONGEST_PIECE, Chunk, chunk_item

SENTENCE = "加强公文流转全程管理，确保办理件件有着落；“事事有回音。”年内办结率达到95%以上！"


def document(kind: DocumentKind = DocumentKind.TARGETS) -> TargetDocument:
    return TargetDocument("a.txt", None, kind, "市政府办公厅", 2021, "青岛市", ())


def item(content: str, **more: object) -> TargetItem:
    return TargetItem("重点目标", "1", "公文办理", content, **more)  # type: ignore[arg-type]


def test_a_short_item_is_one_chunk_under_its_context_line() -> None:
    assert chunk_item(document(), item("办结率95%以上。")) == (
        Chunk("2021年 市政府办公厅 重点目标 公文办理\n办结率95%以上。", 0, 9),
    )


def test_what_is_unknown_is_left_out_of_the_context_line() -> None:
    plain = TargetDocument("a.txt", None, DocumentKind.TARGETS, None, None, None, ())
    assert chunk_item(plain, TargetItem(None, None, None, "办结率95%以上。"))[0].text == "办结率95%以上。"
    assert chunk_item(plain, TargetItem(None, None, "公文", ""))[0].text == "公文"
    assert chunk_item(plain, TargetItem(None, None, None, "")) == (Chunk("", 0, 0),)


def test_a_report_is_named_by_city_year_and_headings() -> None:
    paragraph = TargetItem(None, None, None, "新增学位2万个。", heading_path=("二、今年任务", "（一）民生"))
    (chunk,) = chunk_item(document(DocumentKind.REPORT), paragraph)
    assert chunk.text == "青岛市 2021年 二、今年任务 （一）民生\n新增学位2万个。"


def test_a_plan_without_names_is_named_by_its_headings() -> None:
    task = TargetItem(None, None, None, "新增学位2万个。", heading_path=("一、教育",))
    assert chunk_item(document(DocumentKind.PLAN), task)[0].text.startswith("2021年 市政府办公厅 一、教育\n")


def test_long_content_is_cut_behind_sentence_marks_into_like_pieces() -> None:
    content = SENTENCE * 20
    chunks = chunk_item(document(), item(content))
    pieces = [content[chunk.start : chunk.end] for chunk in chunks]
    assert "".join(pieces) == content
    assert all(piece.endswith(("。”", "！")) for piece in pieces)
    assert min(map(len, pieces)) > LONGEST_PIECE / 2
    assert all(
        chunk.text == f"2021年 市政府办公厅 重点目标 公文办理\n{piece}"
        for chunk, piece in zip(chunks, pieces, strict=True)
    )


def test_other_cells_follow_as_chunks_without_a_span() -> None:
    rich = item(
        "办结率95%以上。",
        basis_text="关于公文处理的通知（青政办发〔2012〕15号）",
        benchmark_text="标杆城市：苏州市",
        target_value="95%",
        responsible_units=("市政府办公厅", "市司法局"),
        deadline="12月底",
    )
    content, cells = chunk_item(document(), rich)
    assert (content.start, content.end) == (0, 9)
    assert (cells.start, cells.end) == (9, 9)
    assert cells.text == (
        "2021年 市政府办公厅 重点目标 公文办理\n目标值：95%\n完成时限：12月底\n"
        "责任单位：市政府办公厅、市司法局\n"
        "制定依据：关于公文处理的通知（青政办发〔2012〕15号）\n标杆：标杆城市：苏州市"
    )


def test_contact_people_and_numbers_never_enter_a_chunk() -> None:
    chunks = chunk_item(
        document(),
        item("全年20次。联系人：王小明 联系电话：85910000。", basis_text="联系电话：0532-85911111"),
    )
    assert not any(secret in chunk.text for chunk in chunks for secret in ("王小明", "85910000", "85911111"))


def test_an_endless_name_leaves_room_for_the_content() -> None:
    (chunk,) = chunk_item(document(), TargetItem("重点目标", "1", "深化改革" * 200, "内容。"))
    assert chunk.text.endswith("\n内容。")
    assert len(chunk.text) == LONGEST_CONTEXT + len("\n内容。")


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(alphabet="公文会议。！？；，、\n ”」a1", max_size=1200),
        st.text(max_size=200).map(lambda text: text * 7),
    )
)
def test_chunks_rejoin_to_the_content(content: str) -> None:
    chunks = chunk_item(document(), item(content, basis_text=content))
    assert "".join(content[chunk.start : chunk.end] for chunk in chunks) == content
    assert all(chunk.end - chunk.start <= LONGEST_PIECE for chunk in chunks)
    ends = [0, *(chunk.end for chunk in chunks)]
    assert [chunk.start for chunk in chunks] == ends[:-1]


def test_real_reports_rejoin() -> None:
    reports = Path(__file__).parents[2].parent / "shared" / "data" / "reports"
    if not reports.is_dir():
        pytest.skip("the collection of government work reports is not here")
    for path in sorted(reports.glob("*/2021.md"))[:10]:
        content = path.read_text(encoding="utf-8")
        chunks = chunk_item(document(DocumentKind.REPORT), TargetItem(None, None, None, content))
        assert "".join(content[chunk.start : chunk.end] for chunk in chunks) == content
        assert sum(content[chunk.start : chunk.end][-1] in "。！？；”\n" for chunk in chunks) > 0.8 * len(
            chunks
        )
