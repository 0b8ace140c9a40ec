from __future__ import annotations

import pytest

from ingest.blocks import Paragraph
from ingest.titles import doc_number_of, published_of, title_of


def lines(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts)


@pytest.mark.parametrize(
    ("preamble", "stated", "title"),
    [
        (("2021年度市直单位业务目标", "单位名称：市某局"), None, "2021年度市直单位业务目标"),
        (("导航", "我要收藏"), None, None),
        (("导航",), "2012年业务目标 - 某市政务网", "2012年业务目标"),
        (("市政府办公厅关于印发", "2012年工作要点的通知"), None, "市政府办公厅关于印发2012年工作要点的通知"),
        (("**政府工作报告**", "——2021年1月12日在某市人民代表大会上"), None, "政府工作报告"),
        (("业务目标", "2015年业务目标一览表"), None, "2015年业务目标一览表"),
        (("青政办发〔2012〕15号", "附件：目标表"), None, None),
    ],
)
def test_titles(preamble: tuple[str, ...], stated: str | None, title: str | None) -> None:
    assert title_of(lines(*preamble), stated) == title


def test_the_number_of_the_document_stands_alone() -> None:
    assert doc_number_of(lines("关于某事的通知", "青政办发（2012）第15号")) == "青政办发〔2012〕15号"
    assert doc_number_of(lines("根据青政办发〔2012〕15号精神，制定本方案")) is None


@pytest.mark.parametrize(
    ("preamble", "closing", "stated", "published"),
    [
        (("发布日期：2014-03-05    字体大小: 打印",), (), None, "2014-03-05"),
        ((), ("市某局", "2013年3月12日"), None, "2013-03-12"),
        (("发布时间：2014年3月5日",), ("2013年3月12日",), "2015/1/2", "2015-01-02"),
        (("2014年工作目标",), (), None, None),
        (("发布日期：2014-13-45",), (), None, None),
    ],
)
def test_dates_of_publication(
    preamble: tuple[str, ...], closing: tuple[str, ...], stated: str | None, published: str | None
) -> None:
    assert published_of(lines(*preamble), lines(*closing), stated) == published
