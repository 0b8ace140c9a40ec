"""Several subjects of one figure: 绿地率、覆盖率均达到40%; 交易额、信息消费增长30%.

Each of them gets the figure, where 均, 都, 皆 or 双双 says so or where all of them are plainly quantities.
"""

from __future__ import annotations

import re

from ingest.indicators.comparators import Prefix
from ingest.indicators.naming import distributed_names, parts_of
from ingest.indicators.scene import Scene

_EACH = re.compile("均|都|皆|双双")
_QUANTITY = re.compile(
    r".{2,}(?:率|额|数|量|值|收入|支出|消费|投资|面积|比重|占比|能耗|浓度|存款|贷款|税收|销售|里程|强度|余额|利润|周转量)\Z"
)
_MOST = 4


def subjects(scene: Scene, written: str, prefix: Prefix, position: int, unit: str | None) -> list[str]:
    """Return the names that the figure at `position` belongs to; `written` alone where it is one."""
    parts = parts_of(written)
    if not 2 <= len(parts) <= _MOST or any(len(part) < 2 for part in parts):
        return [written]
    between = scene.text[prefix.start : position]
    measured = all(_QUANTITY.fullmatch(part) for part in parts)
    if _EACH.search(between):
        return distributed_names(written, len(parts))
    changed = prefix.rise != 0 and unit in {"%", "个百分点", "倍"}
    return parts if changed and measured else [written]
