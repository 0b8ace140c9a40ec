"""The actions of the menu and of the window's buttons."""

from __future__ import annotations

from typing import Any

from . import service
from .service import Failure
from .window import Window, window
from .writer import Writer


def perform(context: Any, action: str) -> None:
    """Perform an action by its name; what came of it, or what failed, is said in the window."""
    shown = window(context, perform)
    try:
        shown.say(_ACTIONS[action](context, shown))
    except Failure as failure:
        shown.say(str(failure))
    except Exception as error:  # whatever fails in LibreOffice must be said to its user
        shown.say(f"没有完成：{type(error).__name__} {error}；请换个位置再试，或重启 LibreOffice。")


def _found(context: Any, shown: Window) -> list[Any]:
    text = Writer(context).selection()
    if len(text) < service.SHORTEST:
        raise Failure("没有选中文字；请先选中一句话，或把光标放到要查的那一段。")
    found = service.look_up(text)
    shown.show(text, found)
    return list(found["hits"])


def _look_up(context: Any, shown: Window) -> str:
    count = len(_found(context, shown))
    return f"找到 {count} 条相近的目标；选一条，再按下面的按钮。" if count else _NOTHING


def _insert_nearest(context: Any, shown: Window) -> str:
    hits = _found(context, shown)
    if not hits:
        return _NOTHING
    Writer(context).insert_text(service.insertion(hits[0]["item_id"], [])["text"])
    return f"已插入“{title(hits[0])}”的文字。"


def _cite_nearest(context: Any, shown: Window) -> str:
    hits = _found(context, shown)
    return _cite(context, hits[0]) if hits else _NOTHING


def _cite(context: Any, hit: Any) -> str:
    Writer(context).insert_citation(service.insertion(hit["item_id"], [])["citation"])
    return f"已插入“{title(hit)}”的引文，以后可以核对。"


def _insert_chosen(context: Any, shown: Window) -> str:
    hit = shown.chosen()
    Writer(context).insert_text(service.insertion(hit["item_id"], [])["text"])
    return f"已插入“{title(hit)}”的文字。"


def _insert_chosen_row(context: Any, shown: Window) -> str:
    hit, writer = shown.chosen(), Writer(context)
    made = service.insertion(hit["item_id"], writer.headers())
    writer.insert_row(made["headers"], made["cells"])
    return f"已插入“{title(hit)}”的表格行。"


def _cite_chosen(context: Any, shown: Window) -> str:
    return _cite(context, shown.chosen())


def _verify(context: Any, shown: Window) -> str:
    marks, text = Writer(context).marks()
    answer = service.verify(marks, text)
    if not answer["marks"]:
        return "文档里没有对标引文；用“插入引文”放进去的出处才能核对。"
    lines = [f"{one['sentence']}\n    {quoted(one)}" for one in answer["marks"]]
    shown.tell("\n".join(lines))
    counts = (
        ("原文未变", "unchanged"),
        ("原文已改", "changed"),
        ("出处已移除", "removed"),
        ("标记不完整", "unreadable"),
    )
    told = "，".join(f"{word} {answer[key]} 处" for word, key in counts if answer[key])
    return f"核对了 {len(answer['marks'])} 处引文：{told}。"


def quoted(verified: Any) -> str:
    """Return the words that stand where a citation points now."""
    citation = verified["citation"]
    return f"现在的原文：“{citation['quote']}”" if citation else ""


def title(hit: Any) -> str:
    """Return what a hit is called."""
    return str(hit["name"] or hit["number"] or "未命名的条目")


_NOTHING = "没有找到相近的目标；请换个说法，或多选几个字。"
_ACTIONS = {
    "lookup": _look_up,
    "insert": _insert_nearest,
    "citation": _cite_nearest,
    "verify": _verify,
    "insert-chosen": _insert_chosen,
    "row-chosen": _insert_chosen_row,
    "citation-chosen": _cite_chosen,
}
