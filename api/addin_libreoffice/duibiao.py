"""What the entries of the menu lead to: LibreOffice makes an `Actions` and triggers it with a word."""

from __future__ import annotations

from typing import Any

import unohelper  # type: ignore[import-not-found]
from com.sun.star.task import XJobExecutor  # type: ignore[import-not-found]
from duibiao_addin.actions import perform  # type: ignore[import-not-found]


class Actions(unohelper.Base, XJobExecutor):  # type: ignore[misc]
    """The actions of the menu, by the word behind the question mark of their addresses in Addons.xcu."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def trigger(self, action: str) -> None:
        """Perform one action; whatever fails is said in the window."""
        perform(self._context, action)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name LibreOffice asks for
g_ImplementationHelper.addImplementation(Actions, "cn.duibiao.addin.Actions", ("com.sun.star.task.Job",))
