from __future__ import annotations

import pytest

from ingest.blocks import Block, Paragraph, table_of
from ingest.layouts.report import recognise
from ingest.vocabulary import Column, default_vocabulary

REPORT = (
    "**政府工作报告**",
    "——2021年1月12日在某市第十六届人民代表大会第五次会议上",
    "某市市长 某某",
    "各位代表：",
    "现在，我代表市人民政府向大会报告工作，请予审议，并请各位政协委员提出意见。",
    "一、2020年工作回顾",
    "地区生产总值增长3.7%，一般公共预算收入增长1%，新增城镇就业38万人，居民收入增长4%以上。",
    "（一）创新动能持续增强。高新技术企业达到4400家，技术合同成交额增长70%，研发投入强度继续提高。",
    "科技服务更加完善，孵化器在孵企业超过3000家，引进高层次人才2万名，创新生态持续优化提升。",
    "各位代表！",
    "**二、2021年工作安排**",
    "（一）着力扩大有效投资。",
    "开工建设重点项目400个，完成投资1200亿元，固定资产投资增长6%左右，新建公共停车场泊位2万个。",
    "附：名词解释",
    "孵化器：指为创业企业提供场地、设施和服务的机构，帮助初创企业降低创业成本、提高成活率。",
)


def recognised(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    recognition = recognise([Paragraph(text) for text in texts], default_vocabulary())
    assert recognition is not None
    (section,) = recognition.sections
    return [(row.get(Column.CONTENT) or "", row.headings) for row in section.rows]


def test_every_paragraph_of_substance_with_its_headings() -> None:
    assert recognised(*REPORT) == [
        (REPORT[6], ("一、2020年工作回顾",)),
        (REPORT[7], ("一、2020年工作回顾", "（一）创新动能持续增强")),
        (REPORT[8], ("一、2020年工作回顾", "（一）创新动能持续增强")),
        (REPORT[12], ("二、2021年工作安排", "（一）着力扩大有效投资")),
    ]


@pytest.mark.parametrize("missing", [(0,), (0, 1, 2), (3, 4), (1, 2, 3)])
def test_one_sign_is_enough(missing: tuple[int, ...]) -> None:
    texts = [text for n, text in enumerate(REPORT) if n not in missing]
    assert len(recognised(*texts)) >= 4


@pytest.mark.parametrize(
    "title",
    ["关于落实《政府工作报告》重点任务分工的意见", "2021年重点工作任务分解方案", "某市文明行为促进条例"],
)
def test_other_prose_is_no_report(title: str) -> None:
    texts = [title, *REPORT[5:9], REPORT[6], REPORT[7]]
    assert recognise([Paragraph(text) for text in texts], default_vocabulary()) is None


def test_a_table_in_a_report_gives_its_rows_too() -> None:
    table = table_of([("序号", "指标名称", "目标值"), ("1", "新增就业", "38万人")])
    blocks: list[Block] = [*(Paragraph(text) for text in REPORT), table]
    recognition = recognise(blocks, default_vocabulary())
    assert recognition is not None
    assert recognition.sections[0].rows[-1].get(Column.TARGET_VALUE) == "38万人"


def test_a_report_in_one_paragraph_is_broken_at_its_headings() -> None:
    prose = "全力推进各项工作，完成投资1200亿元，新增就业38万人，居民收入稳步增长。" * 40
    rows = recognised("政府工作报告", "各位代表：", f"一、2020年工作回顾。{prose}二、2021年工作安排。{prose}")
    assert [headings for _, headings in rows] == [("一、2020年工作回顾",), ("二、2021年工作安排",)]


def test_short_lines_that_count_in_words_are_headings() -> None:
    lines = [
        "各位代表：",
        "现在，我代表州人民政府，向大会报告工作，请予审议，并请各位政协委员提出意见。",
        "一、2023年工作安排",
        "第一，抓好交通建设，融入周边经济圈",
        "增强枢纽能力。全年完成交通建设投资100亿元以上，新改建公路320公里，通车里程再上新台阶，群众出行更加便捷。",
        "第二，抓好产业培育，推动内生发展",
        "建设特色产业基地。新建产业园区5个，新增农产品加工企业12家，完成技术改造投资8亿元，产值增长9%。",
        "持续壮大旅游业。新建游客中心3处，接待游客1200万人次以上，旅游综合收入增长10%，带动就业2万人。",
        "第三，要坚持不懈抓好安全生产。全年开展检查4次，隐患整改率达到100%，事故起数下降10%，守住底线。",
    ]
    recognition = recognise([Paragraph(line) for line in lines], default_vocabulary())
    assert recognition is not None
    (section,) = recognition.sections
    first, second = "第一，抓好交通建设，融入周边经济圈", "第二，抓好产业培育，推动内生发展"
    top = "一、2023年工作安排"
    assert [row.headings for row in section.rows] == [(top, first), *[(top, second)] * 3]


def test_short_lines_that_state_a_figure_are_kept_and_those_that_lead_in_are_not() -> None:
    lines = [
        "2021年要着力做好以下3个方面工作：",
        "——人口出生率控制在9.5‰以内。",
        "财政总收入增长8%；",
        "城镇新增就业6万人；",
        "今年要办好12件实事。",
        "2021年重要部署。",
    ]
    found = [text for text, _ in recognised(*REPORT[:13], *lines)]
    assert found[4:] == lines[1:4]


def test_a_letter_or_resolution_above_the_title_is_no_part_of_the_report() -> None:
    above = (
        "关于印发政府工作报告的通知",
        "市长在会议上所作的报告已经大会审议通过，现印发给你们，请结合实际认真贯彻落实，确保各项目标如期完成。",
        "某市人民政府",
    )
    assert recognised(*above, *REPORT) == recognised(*REPORT)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("**一、2020年工作回顾** 过去一年，全市上下共同努力，各项工作取得新成效。", "一、2020年工作回顾"),
        ("一、2020年工作回顾　过去一年，全市上下共同努力，各项工作取得新成效。", "一、2020年工作回顾"),
        ("一、2020 年工作回顾", "一、2020 年工作回顾"),
        (
            "（二）坚持城乡统筹发展，推进工业反哺农业、城市支持农村，着力抓好农业农村工作，努力实现乡村建设新突破。",
            "（二）坚持城乡统筹发展，推进工业反哺农业、城市支持农村，着力抓好农业农村工作，努力实现乡村建设新突破",
        ),
    ],
)
def test_a_heading_that_its_text_follows_in_the_same_line(line: str, heading: str) -> None:
    found = recognised(*REPORT[:5], line, *REPORT[6:13])
    assert (REPORT[6], (heading,)) in found


def test_a_table_that_rests_on_a_report_is_no_report() -> None:
    promise = "全年新开公交线路16条，更新公交车辆420辆，公交正点率达到91%以上，乘客投诉办结率达到98%以上。"
    row = ("工作目标", "1", "公共交通工作", promise, "1.2013年市政府工作报告;")
    header = ("类别", "序号", "目标名称", "目标内容", "制定依据")
    lines = [Paragraph(f"{text} |") for text in (*header, *row * 4)]
    assert recognise(lines, default_vocabulary()) is None


def rows_of(*texts: str) -> list[dict[Column, str]]:
    recognition = recognise([Paragraph(text) for text in (*REPORT[:13], *texts)], default_vocabulary())
    assert recognition is not None
    return [dict(row.values) for row in recognition.sections[0].rows][4:]


def test_lines_that_say_who_is_responsible_belong_to_the_task_above_them() -> None:
    task = "目标任务：城区生活垃圾分类覆盖率达到95%以上，新建分类驿站60座。"
    lines = ("牵头单位：市城管局、市商务局", "责任单位：各县（市）区人民政府")
    assert rows_of("二、 推进垃圾分类", task, *lines) == [
        {
            Column.CONTENT: "\n".join((task, *lines)),
            Column.RESPONSIBLE: "市城管局、市商务局；各县（市）区人民政府",
        }
    ]


def test_who_is_responsible_in_parentheses_stays_in_the_text_too() -> None:
    task = "3.疏通中心城区堵点路口12处，改造公交站台40个。（牵头单位：市公安局、市交通局）"
    assert rows_of(task) == [{Column.CONTENT: task, Column.RESPONSIBLE: "市公安局、市交通局"}]


def test_a_line_with_a_name_gives_its_units_and_is_not_quoted() -> None:
    task = "目标任务：城区生活垃圾分类覆盖率达到95%以上，新建分类驿站60座。"
    assert rows_of(task, "责任单位：市城管局  责任人：张某某") == [
        {Column.CONTENT: task, Column.RESPONSIBLE: "市城管局"}
    ]


def test_a_line_of_units_below_another_heading_is_nobody_elses() -> None:
    task = "目标任务：城区生活垃圾分类覆盖率达到95%以上，新建分类驿站60座。"
    assert rows_of(task, "三、 推进厕所革命", "牵头单位：市城管局") == [{Column.CONTENT: task}]
