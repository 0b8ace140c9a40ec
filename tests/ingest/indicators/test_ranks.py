"""Places in an order, with and without a unit."""

from __future__ import annotations

import pytest

from tests.ingest.indicators.making import brief


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("信访办结率居全省第一。", ("信访办结率全省排名", "=", 1, "位")),
        ("办件总量全国第二。", ("办件总量全国排名", "=", 2, "位")),
        ("办文质量跃居副省级城市第五位。", ("办文质量副省级城市排名", "=", 5, "位")),
        ("热线接通率名列全省首位。", ("热线接通率全省排名", "=", 1, "位")),
        ("政务公开考评连续三年居全省第三。", ("政务公开考评全省排名", "=", 3, "位")),
        ("信息报送获评全省第一名。", ("信息报送全省排名", "=", 1, "名")),
        ("港口吞吐量稳居全球十强。", ("港口吞吐量全球排名", "<=", 10, "强")),
    ],
)
def test_a_place_that_is_held(content: str, expected: tuple[str, str, float, str]) -> None:
    assert brief(content) == [expected]


def test_a_rank_continues_with_what_was_counted_before() -> None:
    assert brief("驻点专员增至23名，居全省第四。") == [
        ("驻点专员", "=", 23, "名"),
        ("驻点专员全省排名", "=", 4, "位"),
    ]


def test_two_ranks_of_a_list() -> None:
    assert brief("货运、客运总量分别居全国第七、第九位。") == [
        ("货运、客运总量全国排名", "=", 7, "位"),
        ("货运、客运总量全国排名", "=", 9, "位"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "始终把安全放在首位。",
        "将民生摆在首位。",
        "保持第一产业稳定。",
        "列入全国第一批试点。",
        "进入第一梯队，居第一方阵。",
        "选派第一书记。",
        "获全国第一个示范区。",
        "第一，加强学习；第二，改进作风。",
        "坚持质量第一。",
        "服务世界500强和百强企业。",
        "提升经济首位度。",
    ],
)
def test_an_ordinal_that_only_names(content: str) -> None:
    assert brief(content) == []
