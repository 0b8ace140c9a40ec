from __future__ import annotations

import base64
import json

import pytest

from api.schemas.checks import CheckJson
from api.schemas.documents import PlaceJson
from api.web import check_views
from api.web.check_views import place_words


def test_the_link_of_a_large_report_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = check_views.downloads(CheckJson(0, 0, 0, ()), "1")
    written = base64.b64decode((whole.address or "").partition(",")[2])
    assert json.loads(written) == {"errors": 0, "warnings": 0, "notes": 0, "documents": []}
    monkeypatch.setattr(check_views, "_LARGEST_LINK", 10)
    assert [one.address for one in check_views.downloads(CheckJson(0, 0, 0, ()), "1")] == [None, None]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, ""),
        (PlaceJson(12, None, None, None, None), "第 12 行"),
        (PlaceJson(None, 2, None, 1, 3), "第 2 页 表 1 第 3 行"),
        (PlaceJson(None, None, "业务目标", None, 4), "工作表“业务目标” 第 4 行"),
    ],
)
def test_places_in_words(place: PlaceJson | None, said: str) -> None:
    assert place_words(place) == said
