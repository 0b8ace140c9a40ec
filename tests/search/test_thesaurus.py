"""Official words for common ones."""

from __future__ import annotations

from search.thesaurus import also_called, reworded


def test_also_called() -> None:
    assert also_called("减少文山会海") == ("公文", "文件", "会议")
    assert also_called("公文里的文山会海") == ("文件", "会议")
    assert also_called("公文办结率") == ()


def test_reworded() -> None:
    assert reworded("减少文山会海") == ("减少公文", "减少文件", "减少会议")
    assert reworded("公文办结率") == ()
