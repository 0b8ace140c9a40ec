"""Random target tables, and their renderings in each text layout."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

HEADERS = {
    "category": "类别",
    "number": "序号",
    "name": "目标名称",
    "content": "目标内容",
    "basis": "制定依据",
    "responsible": "责任单位",
}


@dataclass(frozen=True)
class SampleRow:
    category: str
    number: str
    name: str
    content: str
    basis: str
    responsible: str


@dataclass(frozen=True)
class SampleTable:
    columns: tuple[str, ...]
    rows: tuple[SampleRow, ...]

    def expected(self) -> list[tuple[str | None, ...]]:
        has_category = "category" in self.columns
        return [
            (
                row.category if has_category else None,
                row.number,
                row.name,
                row.content,
                row.basis if "basis" in self.columns else None,
            )
            for row in self.rows
        ]

    def shown_category(self, position: int) -> str:
        """The category is written where it changes and left empty where it goes on."""
        row = self.rows[position]
        if position and self.rows[position - 1].category == row.category:
            return ""
        return row.category


_VERBS = ["加快推进", "组织开展", "修订完善", "建立健全", "协调督办", "深入实施", "规范管理", "积极培育"]
_THINGS = [
    "公文处理",
    "政务公开",
    "信息调研",
    "建议提案",
    "应急管理",
    "会展经济",
    "食品安全",
    "热线受理",
    "审批流程",
]
_FIGURES = [
    "办结率达到96%以上",
    "全年不少于80篇",
    "组织培训4次",
    "较上年度（180件）压减10%",
    "控制在120件以内",
    "3.0版上线运行",
]
_UNITS = ["市教育局", "市财政局", "市政府办公厅", "市卫生健康委", "市公安局", "各区（市）政府"]
_BASES = [
    "《政府信息公开条例》",
    "市政府办公厅2012年工作要点",
    "关于做好督查工作的通知（青政办发〔2012〕15号）",
]
_CATEGORIES = ["重点目标", "创优目标", "工作目标", "奋斗目标", "职能目标"]

_name = st.builds(
    lambda a, b: a + b, st.sampled_from(_THINGS), st.sampled_from(["工作", "提升", "规范化", "工程", "优化"])
)
_clause = st.builds(
    lambda v, t, f: f"{v}{t}，{f}", *(st.sampled_from(x) for x in (_VERBS, _THINGS, _FIGURES))
)
_content = st.lists(_clause, min_size=1, max_size=4).map(lambda clauses: "；".join(clauses) + "。")
_basis = st.lists(st.sampled_from(_BASES), min_size=1, max_size=3, unique=True).map(
    lambda bases: "；".join(f"{n}.{basis}" for n, basis in enumerate(bases, start=1)) + "。"
)
_units = st.lists(st.sampled_from(_UNITS), min_size=1, max_size=3, unique=True).map("、".join)


@st.composite
def tables(draw: st.DrawFn) -> SampleTable:
    """A table of one to three categories, numbered on or anew in each, with some of the optional columns."""
    columns = ["number", "name", "content"]
    if draw(st.booleans()):
        columns.insert(0, "category")
    columns += [optional for optional in ("basis", "responsible") if draw(st.booleans())]
    categories = draw(st.lists(st.sampled_from(_CATEGORIES), min_size=1, max_size=3, unique=True))
    anew = draw(st.booleans()) and "category" in columns
    rows: list[SampleRow] = []
    for category in categories if "category" in columns else categories[:1]:
        start = 1 if anew else len(rows) + 1
        numbers = range(start, start + draw(st.integers(1, 5)))
        cells = st.builds(SampleRow, st.just(category), st.just(""), _name, _content, _basis, _units)
        rows += [replace(draw(cells), number=str(number)) for number in numbers]
    return SampleTable(tuple(columns), tuple(rows))


def shown(table: SampleTable, position: int) -> list[str]:
    """The cells of a row as they are written; a category that goes on is left empty."""
    row = table.rows[position]
    return [
        table.shown_category(position) if column == "category" else str(getattr(row, column))
        for column in table.columns
    ]


def heads(table: SampleTable) -> list[str]:
    return [HEADERS[column] for column in table.columns]


def tabbed(table: SampleTable) -> str:
    lines = [f"\t{head}" for head in heads(table)]
    for position in range(len(table.rows)):
        lines += ["", *(f"\t{cell}" for cell in shown(table, position))]
    return "\n".join(lines)


def piped(table: SampleTable) -> str:
    lines = ["导航", "我要收藏", "|", *(f"{head} |" for head in heads(table))]
    for position in range(len(table.rows)):
        lines += ["||" if position % 2 else "|", *(f"{cell} |" for cell in shown(table, position) if cell)]
    return "\n".join([*lines, "扫一扫在手机打开当前页"])


def paragraphs(table: SampleTable) -> str:
    lines = ["发布日期：2014-03-05    字体大小: 打印", *heads(table)]
    for position in range(len(table.rows)):
        lines += [cell for cell in shown(table, position) if cell]
    return "\n\n".join(lines)


def delimited(table: SampleTable) -> str:
    rows = [heads(table), *(shown(table, position) for position in range(len(table.rows)))]
    return "\n".join("\t".join(row) for row in rows)


def barred(table: SampleTable) -> str:
    rows = [heads(table), ["---"] * len(table.columns)]
    rows += [shown(table, position) for position in range(len(table.rows))]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


LAYOUTS = {
    "tabbed": tabbed,
    "piped": piped,
    "paragraphs": paragraphs,
    "delimited": delimited,
    "barred": barred,
}
