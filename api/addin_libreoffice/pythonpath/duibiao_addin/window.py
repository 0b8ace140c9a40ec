"""The window beside the document: what was found, and buttons; it never blocks the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import unohelper  # type: ignore[import-not-found]
from com.sun.star.awt import (  # type: ignore[import-not-found]
    XActionListener,
    XItemListener,
    XTopWindowListener,
)

from .service import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    Perform = Callable[[Any, str], None]

_WIDTH = 230
_BUTTONS = (
    ("lookup", "查找选中文字(~F)", 6, 178, 70),
    ("insert-chosen", "插入文字(~T)", 80, 178, 46),
    ("row-chosen", "插入表格行(~R)", 130, 178, 50),
    ("citation-chosen", "插入引文(~C)", 6, 196, 70),
    ("verify", "核对引文(~V)", 80, 196, 46),
)
_OPEN: dict[str, Window] = {}


def window(context: Any, perform: Perform) -> Window:
    """Return the one window, opened where it is not open."""
    if "window" not in _OPEN:
        _OPEN["window"] = Window(context, perform)
    return _OPEN["window"]


class Window:
    """A dialog that does not block."""

    def __init__(self, context: Any, perform: Perform) -> None:
        self._hits: list[Any] = []
        manager = context.ServiceManager
        self._model = manager.createInstanceWithContext("com.sun.star.awt.UnoControlDialogModel", context)
        self._model.setPropertyValues(
            ("Closeable", "Height", "Moveable", "PositionX", "PositionY", "Title", "Width"),
            (True, 240, True, 20, 20, "对标", _WIDTH),
        )
        self._add("FixedText", "query", (6, 4, _WIDTH - 12, 18), MultiLine=True)
        self._add("ListBox", "hits", (6, 24, _WIDTH - 12, 62))
        self._add("Edit", "detail", (6, 90, _WIDTH - 12, 82), MultiLine=True, ReadOnly=True, VScroll=True)
        for name, label, left, top, width in _BUTTONS:
            self._add("Button", name, (left, top, width, 15), Label=label)
        self._add("FixedText", "status", (6, 214, _WIDTH - 12, 24), MultiLine=True)
        self._dialog = manager.createInstanceWithContext("com.sun.star.awt.UnoControlDialog", context)
        self._dialog.setModel(self._model)
        toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
        self._dialog.createPeer(toolkit, _parent(context))
        self._listen(context, perform)
        self._dialog.setVisible(True)

    def _add(self, kind: str, name: str, place: tuple[int, int, int, int], **more: Any) -> None:
        control = self._model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
        left, top, width, height = place
        values = dict(PositionX=left, PositionY=top, Width=width, Height=height, **more)
        names = tuple(sorted(values))
        control.setPropertyValues(names, tuple(values[one] for one in names))
        self._model.insertByName(name, control)

    def _listen(self, context: Any, perform: Perform) -> None:
        for name, *_ in _BUTTONS:
            control = self._dialog.getControl(name)
            control.setActionCommand(name)
            control.addActionListener(_Pressed(context, perform))
        self._dialog.getControl("hits").addItemListener(_Chosen(self))
        self._dialog.addTopWindowListener(_Closed(self))

    def show(self, text: str, found: Any) -> None:
        """Show what was found for a text."""
        self._hits = list(found["hits"])
        self._model.getByName("query").Label = "查找：" + text[:60] + ("…" if len(text) > 60 else "")
        listed = self._dialog.getControl("hits")
        listed.removeItems(0, listed.getItemCount())
        listed.addItems(tuple(_line(hit) for hit in self._hits), 0)
        if self._hits:
            listed.selectItemPos(0, True)
        warnings = [f"{one['title']}：{one['message']}" for one in found["warnings"]]
        self.tell("\n".join([*warnings, self._detail(0)]).strip())

    def show_chosen(self) -> None:
        """Show the text of the chosen hit."""
        self.tell(self._detail(self._dialog.getControl("hits").getSelectedItemPos()))

    def _detail(self, position: int) -> str:
        if not 0 <= position < len(self._hits):
            return ""
        return str(self._hits[position]["content"])

    def tell(self, text: str) -> None:
        """Show a longer text."""
        self._model.getByName("detail").Text = text

    def say(self, sentence: str) -> None:
        """Show one sentence at the foot."""
        self._model.getByName("status").Label = sentence

    def chosen(self) -> Any:
        """Return the chosen hit. Raise Failure where there is none."""
        position = self._dialog.getControl("hits").getSelectedItemPos()
        if not 0 <= position < len(self._hits):
            raise Failure("还没有选中结果；请先按“查找选中文字”，再在列表里选一条。")
        return self._hits[position]

    def close(self) -> None:
        """Close the window; the next action opens a new one."""
        if _OPEN.pop("window", None) is not None:
            self._dialog.setVisible(False)
            self._dialog.dispose()


def _line(hit: Any) -> str:
    document = hit["document"]
    year = f"{document['year']}年" if document["year"] else "年份不详"
    owner = document["unit"] or document["city"] or document["source"]
    return f"{hit['name'] or hit['content'][:20]}（{owner}，{year}）"


def _parent(context: Any) -> Any | None:
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    frame = desktop.CurrentFrame
    return None if frame is None else frame.ContainerWindow


class _Pressed(unohelper.Base, XActionListener):  # type: ignore[misc]
    def __init__(self, context: Any, perform: Perform) -> None:
        self._context, self._perform = context, perform

    def actionPerformed(self, event: Any) -> None:  # noqa: N802 - the name of the interface
        self._perform(self._context, event.ActionCommand)

    def disposing(self, event: Any) -> None:
        pass


class _Chosen(unohelper.Base, XItemListener):  # type: ignore[misc]
    def __init__(self, shown: Window) -> None:
        self._shown = shown

    def itemStateChanged(self, event: Any) -> None:  # noqa: N802, ARG002 - as the interface names it
        self._shown.show_chosen()

    def disposing(self, event: Any) -> None:
        pass


class _Closed(unohelper.Base, XTopWindowListener):  # type: ignore[misc]
    def __init__(self, shown: Window) -> None:
        self._shown = shown

    def windowClosing(self, event: Any) -> None:  # noqa: N802, ARG002 - as the interface names it
        self._shown.close()

    def windowOpened(self, event: Any) -> None: ...  # noqa: N802
    def windowClosed(self, event: Any) -> None: ...  # noqa: N802
    def windowMinimized(self, event: Any) -> None: ...  # noqa: N802
    def windowNormalized(self, event: Any) -> None: ...  # noqa: N802
    def windowActivated(self, event: Any) -> None: ...  # noqa: N802
    def windowDeactivated(self, event: Any) -> None: ...  # noqa: N802
    def disposing(self, event: Any) -> None: ...
