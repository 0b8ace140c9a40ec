"""Charts of trends."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from api.charts import WIDTH, to_png, to_svg, trend_chart, write_chart
from api.conversions.relations import trends_to_json
from api.schemas.results import TrendsJson
from corpus.errors import WrongUse
from search.results import Series, TrendPoint, TrendResponse
from tests.api.samples import CITATION, INTERPRETED, RATE


def trend(name: str = "办结率") -> TrendsJson:
    points = (TrendPoint(2018, RATE, CITATION), TrendPoint(2019, RATE, CITATION, 0.8, ("改写",)))
    return trends_to_json(TrendResponse(INTERPRETED, (Series(name, "%", points, units=("%",)),)))


def test_the_years_and_values_stand_in_the_chart() -> None:
    svg = to_svg(trend_chart(trend()))
    texts = [one.text for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert {"办结率（%）", "2018", "2019", "97.5", "承诺"} <= set(texts)
    assert svg.count("<circle") == 3


def test_names_are_text_and_never_markup() -> None:
    svg = to_svg(trend_chart(trend("<script>alert(1)</script>\x00")))
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


def test_without_figures_it_says_so() -> None:
    svg = to_svg(trend_chart(trends_to_json(TrendResponse(INTERPRETED, ()))))
    assert "没有找到可以画图的数值" in svg


def test_files_by_their_ending(tmp_path: Path) -> None:
    write_chart(trend(), tmp_path / "图.svg")
    assert (tmp_path / "图.svg").read_text("utf-8").startswith("<svg")
    with pytest.raises(WrongUse, match=r"应当以 \.svg 或 \.png 结尾"):
        write_chart(trend(), tmp_path / "图.gif")


def test_a_png_is_twice_as_large() -> None:
    try:
        image = to_png(trend_chart(trend()))
    except WrongUse as error:
        pytest.skip(error.sentence)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 2 * WIDTH


def test_the_service_draws(client: TestClient) -> None:
    response = client.get("/v1/trends.svg", params={"q": "办结率"})
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert "办件按期办结率" in response.text
