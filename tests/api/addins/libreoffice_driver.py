"""Run by the system's Python: drive a headless LibreOffice that has the extension; print what came of it.

Arguments: the profile's address, and the words to look up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import uno  # type: ignore[import-not-found]

PARAGRAPH_BREAK = 0
PUSH_BUTTON = 44
PATIENCE = 40


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(PATIENCE * 5):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001, RUF100 - not listening yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not answer")


def window_of(manager: Any, context: Any) -> Any:
    toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    for number in range(toolkit.TopWindowCount):
        accessible = toolkit.getTopWindow(number).AccessibleContext
        if accessible.AccessibleName == "对标":
            return accessible
    return None


def parts(window: Any) -> list[Any]:
    return [
        window.getAccessibleChild(number).AccessibleContext for number in range(window.AccessibleChildCount)
    ]


def status(window: Any) -> str:
    return str(parts(window)[-1].AccessibleName)


def press(document: Any, window: Any, label: str) -> str:
    """Press a button and wait until what it does is done: it goes on after it was pressed."""
    for part in parts(window):
        if part.AccessibleRole == PUSH_BUTTON and part.AccessibleName.startswith(label):
            act(document, window, part)
            return status(window)
    raise SystemExit(f"no button {label}")


def act(document: Any, window: Any, button: Any) -> None:
    before = state(document, window)
    button.doAccessibleAction(0)
    wait(lambda: state(document, window) != before)
    time.sleep(0.3)  # the document is changed before the status says so


def state(document: Any, window: Any) -> tuple[str, int]:
    return status(window), len(document.UndoManager.AllUndoActionTitles)


def wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)


def select_last_paragraph(document: Any) -> None:
    cursor = document.Text.createTextCursor()
    cursor.gotoEnd(False)
    cursor.gotoStartOfParagraph(True)
    document.CurrentController.select(cursor)


def add_paragraph(document: Any, words: str) -> None:
    cursor = document.Text.createTextCursor()
    cursor.gotoEnd(False)
    document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
    document.Text.insertString(cursor, words, False)


def cells(table: Any) -> list[list[str]]:
    return [
        [table.getCellByPosition(column, row).String for column in range(table.Columns.Count)]
        for row in range(table.Rows.Count)
    ]


def drive(context: Any, words: str) -> dict[str, Any]:
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    actions = manager.createInstanceWithContext("cn.duibiao.addin.Actions", context)
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, ())
    seen: dict[str, Any] = {}

    actions.trigger("lookup")
    window = window_of(manager, context)
    seen["nothing"] = status(window)
    document.Text.setString("前面的话。")
    add_paragraph(document, words)
    select_last_paragraph(document)
    actions.trigger("lookup")
    seen["found"] = status(window)
    seen["query"] = parts(window)[0].AccessibleName

    actions.trigger("citation")
    seen["cited"], seen["text"] = status(window), document.Text.String
    seen["bookmarks"] = list(document.Bookmarks.ElementNames)
    seen["marked"] = document.Bookmarks.getByIndex(0).Anchor.String
    press(document, window, "插入引文")
    seen["again"] = list(document.Bookmarks.ElementNames)
    wait(lambda: bool(document.UndoManager.isUndoPossible()))
    document.UndoManager.undo()
    seen["undone"] = document.Text.String

    document.Text.setString("")
    seen["inserted"] = press(document, window, "插入文字")
    seen["item"] = document.Text.String
    document.Text.setString("")
    seen["row"] = press(document, window, "插入表格行")
    table = document.TextTables.getByIndex(0)
    seen["table"] = cells(table)
    document.CurrentController.select(table.getCellByName("A1"))
    document.CurrentController.ViewCursor.gotoRange(table.getCellByName("A1").Text.Start, False)
    table.getCellByName("A1").String = "序号"
    seen["below"] = press(document, window, "插入表格行")
    seen["grown"] = cells(table)
    actions.trigger("citation")
    seen["verified"] = press(document, window, "核对引文")
    document.setModified(False)
    document.close(True)
    return seen


def main() -> None:
    profile, words = sys.argv[1:]
    pipe = f"duibiao{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"-env:UserInstallation={profile}",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        print(json.dumps(drive(connected(pipe), words), ensure_ascii=False))
    finally:
        os.killpg(office.pid, 9)


if __name__ == "__main__":
    main()
