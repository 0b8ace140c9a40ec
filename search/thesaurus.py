"""What offices call a thing when the question calls it otherwise: 文山会海 is about 公文 and 会议.

Neither leg of search can know these: the words share no character, and a small embedding model has
not learned the idiom. Only words whose meaning in official texts is beyond doubt stand here.
"""

from __future__ import annotations

_ALSO_CALLED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("文山会海", ("公文", "文件", "会议")),
    ("记者招待会", ("新闻发布会",)),
    ("记者会", ("新闻发布会",)),
    ("开会", ("会议",)),
    ("收发文", ("公文",)),
    ("发文", ("公文", "文件")),
    ("接诉即办", ("12345", "政务服务热线")),
    ("市长热线", ("12345", "政务服务热线")),
    ("市长电话", ("12345", "政务服务热线")),
    ("投诉电话", ("12345", "政务服务热线")),
    ("放管服", ("简政放权", "行政审批", "政务服务")),
    ("跑腿", ("政务服务", "审批")),
    ("最多跑一次", ("政务服务", "审批")),
    ("一次办好", ("政务服务", "审批")),
    ("一网通办", ("网上办事", "政务服务")),
    ("走私", ("打私", "反走私")),
    ("突发事件", ("应急管理",)),
    ("政府上网", ("电子政务", "政府网站")),
    ("网络问政", ("在线问政",)),
    ("议案", ("建议", "提案")),
    ("代表建议", ("建议提案",)),
    ("群众办实事", ("民生", "市办实事")),
    ("GDP", ("生产总值",)),
    ("gdp", ("生产总值",)),
    ("地区生产总值", ("生产总值",)),
    ("财政收入", ("一般公共预算收入",)),
    ("物价", ("居民消费价格",)),
    ("CPI", ("居民消费价格",)),
    ("新增就业岗位", ("城镇新增就业",)),
    ("外资", ("招商引资", "利用外资")),
    ("招商", ("招商引资",)),
    ("三公经费", ("公务接待", "公务用车", "因公出国")),
    ("蓝天保卫战", ("空气质量",)),
    ("雾霾", ("空气质量", "PM2.5")),
    ("治水", ("水环境", "水质")),
    ("扶贫", ("脱贫", "帮扶")),
    ("菜篮子", ("农产品", "食品")),
    ("看病", ("医疗",)),
    ("上学", ("教育", "学位")),
    ("找工作", ("就业",)),
    ("养老院", ("养老服务", "养老机构")),
    ("老楼装电梯", ("加装电梯",)),
    ("地铁", ("轨道交通",)),
    ("堵车", ("交通拥堵", "交通治理")),
)


def also_called(text: str) -> tuple[str, ...]:
    """Return the official words for what `text` names otherwise, those it already has left out."""
    found: dict[str, None] = {}
    for written, official in _ALSO_CALLED:
        if written in text:
            found.update(dict.fromkeys(word for word in official if word not in text))
    return tuple(found)


def reworded(text: str) -> tuple[str, ...]:
    """Return `text` in official words: one variant for each way to say what it names otherwise."""
    return tuple(
        text.replace(written, word)
        for written, official in _ALSO_CALLED
        if written in text
        for word in official
    )
