from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import DocumentKind, Origin
from ingest.manifest import Entry
from ingest.origins import Evidence, Hints, identify, session_year, unit_stated, year_stated

NOTHING = Evidence(DocumentKind.TARGETS, None, (), "目标", (), ())
ALL = Evidence(
    kind=DocumentKind.TARGETS,
    title="青岛市教育局2015年业务目标",
    header=("单位名称：市财政局   联系人：某某", "2016年度", "济南市"),
    file_name="市公安局2017",
    folders=("大连市", "2018", "市司法局"),
    contents=("按照2019年工作要点和2019年工作计划，厦门市、厦门市",),
    bases=("市民政局2019年工作要点", "市民政局2019年工作要点"),
)


@pytest.mark.parametrize(
    ("evidence", "unit", "year", "city"),
    [
        (ALL, ("青岛市教育局", Origin.TITLE), (2015, Origin.TITLE), ("青岛市", Origin.TITLE)),
        (
            replace(ALL, title=None),
            ("市财政局", Origin.HEADER),
            (2016, Origin.HEADER),
            ("济南市", Origin.HEADER),
        ),
        (
            replace(ALL, title=None, header=()),
            ("市公安局", Origin.FILE_NAME),
            (2017, Origin.FILE_NAME),
            ("大连市", Origin.FOLDER),
        ),
        (
            replace(ALL, title=None, header=(), file_name="目标"),
            ("市司法局", Origin.FOLDER),
            (2018, Origin.FOLDER),
            ("大连市", Origin.FOLDER),
        ),
        (
            replace(ALL, title=None, header=(), file_name="目标", folders=()),
            ("市民政局", Origin.CONTENT),
            (2019, Origin.CONTENT),
            ("厦门市", Origin.CONTENT),
        ),
        (NOTHING, (None, None), (None, None), (None, None)),
    ],
)
def test_the_most_trusted_place_wins(
    evidence: Evidence,
    unit: tuple[str | None, Origin | None],
    year: tuple[int | None, Origin | None],
    city: tuple[str | None, Origin | None],
) -> None:
    identity = identify(evidence, Hints(), Entry())
    assert (identity.unit, identity.unit_origin) == unit
    assert (identity.year, identity.year_origin) == year
    assert (identity.city, identity.city_origin) == city


def test_the_user_overrules_the_manifest_and_the_manifest_the_text() -> None:
    identity = identify(ALL, Hints(year=2001), Entry(unit="市政府办公厅", year=2002))
    assert (identity.year, identity.year_origin) == (2001, Origin.USER)
    assert (identity.unit, identity.unit_origin) == ("市政府办公厅", Origin.MANIFEST)
    assert (identity.city, identity.city_origin) == ("青岛市", Origin.TITLE)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("市政府办公厅2012年业务目标", "市政府办公厅"),
        ("2014年市商务局工作目标", "市商务局"),
        ("关于印发市卫生健康委2019年工作要点的通知", "市卫生健康委"),
        ("2021年度市直单位业务目标", None),
        ("2015年各部门工作目标", None),
        ("2013年重点工作任务分解表", None),
    ],
)
def test_units_of_titles(title: str, unit: str | None) -> None:
    assert identify(replace(NOTHING, title=title), Hints(), Entry()).unit == unit


def test_a_date_of_publication_states_no_year() -> None:
    header = ("发布日期：2014年03月05日", "信息来源：市教育局 2013年")
    assert identify(replace(NOTHING, header=header), Hints(), Entry()).year is None


def test_the_government_speaks_in_a_report() -> None:
    report = replace(NOTHING, kind=DocumentKind.REPORT, title="2012年青岛市政府工作报告")
    assert identify(report, Hints(), Entry()).unit == "青岛市人民政府"
    report = replace(NOTHING, kind=DocumentKind.REPORT, title="政府工作报告", folders=("青岛市",))
    identity = identify(report, Hints(), Entry())
    assert (identity.unit, identity.unit_origin) == ("青岛市人民政府", Origin.FOLDER)


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("——2021年1月12日在青岛市第十六届人民代表大会第五次会议上", 2021),
        ("——2012年12月20日在某市第十四届人民代表大会第四次会议上", 2013),
        ("（一九九三年六月十九日在某市第十届人民代表大会第一次会议上）", 1993),
        ("某市政府工作报告（2011年12月26日 某某）", 2012),
        ("2012年3月5日", None),
    ],
)
def test_a_session_late_in_the_year_speaks_for_the_next(line: str, year: int | None) -> None:
    assert session_year(line) == year


def test_a_row_of_a_header_form_states_unit_and_year() -> None:
    line = "单位名称\t市某局\t年度\t2015"
    assert unit_stated(None, [line], None) == "市某局"
    assert year_stated(None, [line], None) == 2015
    assert year_stated(None, ["年度：2016"], None) == 2016
    assert year_stated(None, ["年度：20161"], None) is None
