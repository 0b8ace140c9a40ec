"""The one table of rules: what each looks at, how much it weighs, and what applies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.errors import WrongUse
from search.check import comparing, coverage, figures, grounds, wording
from search.check.draft import Draft
from search.check.findings import Finding, Remark, Severity
from search.check.known import Known

Apply = Callable[[Draft, Known], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; a remark may weigh less than `severity` where the case is milder.

    `is_on` says whether it is applied where nobody asks. `is_fast` rules search nothing, and read no more of
    the catalog than the unit's last document.
    """

    code: str
    severity: Severity
    title: str
    looks_at: str
    apply: Apply
    is_on: bool = True
    is_fast: bool = True

    def findings(self, draft: Draft, known: Known) -> Iterator[Finding]:
        """Yield what the rule finds."""
        for remark in self.apply(draft, known):
            yield Finding(self.code, remark.severity or self.severity, remark)


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES: tuple[Rule, ...] = (
    Rule(
        "no-figure", _W, "承诺没有数值",
        "整条没有一项量化指标，或一句话说的是率、数量、时限却没有数；只列出要完成的事项时为提示",
        figures.without_figure,
    ),
    Rule(
        "figure-worse", _W, "数值不如上次",
        "与本单位最近一年的同一指标比：率、产出越高越好，会议、文件、时限、差错、成本越低越好；相隔三年以上为提示",
        figures.worse_than_before,
    ),
    Rule(
        "indicator-dropped", _W, "上次的指标没有了",
        "条目延续，但本单位上一份目标（三年以内）里的某项数值不再承诺",
        figures.dropped_indicators,
    ),
    Rule(
        "item-dropped", _W, "上次的条目没有了",
        "本单位上一份目标（三年以内）里的某一条在草稿里找不到对应",
        coverage.dropped_items,
    ),
    Rule(
        "benchmark-missing", _W, "缺标杆城市",
        "创优目标、奋斗目标没有写标杆城市",
        comparing.missing_benchmark,
    ),
    Rule(
        "benchmark-stale", _W, "标杆值过时",
        "标杆值早于上一年，内容最晚只写到三年以前，或与上次一字不差（后两种较轻者为提示）",
        comparing.stale_benchmark,
    ),
    Rule(
        "benchmark-arithmetic", _E, "对标算术有误",
        "文中写的差距与双方数值之差不符，或高低说反",
        comparing.wrong_arithmetic,
    ),
    Rule(
        "basis-missing", _W, "缺制定依据",
        "其他条目都写了依据而这一条没有；上一份目标的同一条写了依据时为提示",
        grounds.missing_basis,
    ),
    Rule(
        "basis-wrong-year", _E, "依据年份不对",
        "一年一份的文件（政府工作报告、工作要点、实事项目等）不是草稿这一年的",
        grounds.wrong_year, is_fast=False,
    ),
    Rule(
        "basis-superseded", _W, "依据已有新版",
        "目标库里引用或收有同一文件的更新版本",
        grounds.superseded, is_fast=False,
    ),
    Rule(
        "near-duplicate", _W, "与其他单位的条目雷同",
        "与目标库中其他单位的条目文字大体相同（数字不计）",
        coverage.near_duplicates, is_fast=False,
    ),
    Rule(
        "vague-words", _N, "表述空泛",
        "“进一步加强”“大力推进”“明显提升”“力争”一类的词所在的句子没有数值、频次或具名的成果",
        wording.vague,
    ),
    Rule(
        "deadline-missing", _W, "缺完成时限",
        "其他条目写了时限而这一条没有；一次性的事项没有写何时完成时为提示",
        wording.without_deadline,
    ),
    Rule(
        "report-uncovered", _W, "分工任务没有落实",
        "同一城市、同一年的政府工作报告或任务分解方案把任务分给本单位，草稿里没有对应的条目",
        coverage.uncovered, is_fast=False,
    ),
)  # fmt: skip

BY_CODE = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are wanted: all that are on but `off`; or, where `only` names some, these but `off`."""

    off: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules to be applied, in the order of the table. Raise WrongUse for unknown codes."""
        for code in (*self.off, *self.only):
            if code not in BY_CODE:
                raise WrongUse(f"没有名为“{code}”的检查规则；可用的规则有：{'、'.join(BY_CODE)}。")
        wanted = [one for one in RULES if (one.code in self.only if self.only else one.is_on)]
        return tuple(one for one in wanted if one.code not in self.off)
