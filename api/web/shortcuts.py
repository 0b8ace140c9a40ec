"""The keys that do something on every page, as the help lists them; `static/keys.js` obeys them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys, pressed one after the other, and what they do."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class ShortcutGroup:
    """Shortcuts that belong together."""

    title: str
    shortcuts: tuple[Shortcut, ...]


SHORTCUTS = (
    ShortcutGroup(
        "任何页面",
        (
            Shortcut(("/",), "到输入框，选中已有的文字"),
            Shortcut(("?",), "打开或关闭这份说明"),
            Shortcut(("g", "1"), "到第一个功能；g 之后按 2、3……到第二、第三个"),
            Shortcut(("Esc",), "离开输入框，关闭说明"),
        ),
    ),
    ShortcutGroup(
        "结果列表",
        (
            Shortcut(("j",), "到下一条"),
            Shortcut(("k",), "到上一条"),
            Shortcut(("Enter",), "打开这一条的原文"),
            Shortcut(("x",), "选作对照，再按一次取消"),
            Shortcut(("c",), "复制这一条的引文"),
            Shortcut(("h",), "看这一条的历年变化"),
        ),
    ),
)
