"""How things are called and written where a person reads them: pages, terminal, messages."""

from __future__ import annotations

import errno

from api.schemas.documents import BasisJson, DocumentJson, IndicatorJson, ItemJson, Number
from api.schemas.results import (
    CitationJson,
    HitJson,
    SeriesJson,
    SuccessorJson,
    TrendPointJson,
    VersionJson,
)
from corpus.corrections import Correctable
from corpus.model import Comparator, DocumentKind, Origin, Status

KINDS = {DocumentKind.TARGETS: "业务目标", DocumentKind.PLAN: "任务分解", DocumentKind.REPORT: "政府工作报告"}

ORIGINS = {
    Origin.CORRECTION: "手工修正",
    Origin.USER: "由导入者指定",
    Origin.MANIFEST: "取自清单文件",
    Origin.TITLE: "取自标题",
    Origin.HEADER: "取自表头",
    Origin.FILE_NAME: "取自文件名",
    Origin.FOLDER: "取自文件夹名",
    Origin.CONTENT: "根据正文推断",
}

FIELDS = {
    Correctable.TITLE: "标题",
    Correctable.UNIT: "单位",
    Correctable.YEAR: "年份",
    Correctable.CITY: "城市",
    Correctable.CATEGORY: "类别",
}
"""The names of what can be corrected by hand."""

SETTING_SOURCES = {
    "environment": "环境变量",
    "option": "启动时的选项",
    "file": "数据文件夹里的文件",
    "default": "默认",
}

_COMPARATORS = {
    Comparator.AT_LEAST: "≥ {}",
    Comparator.AT_MOST: "≤ {}",
    Comparator.ABOVE: "> {}",
    Comparator.BELOW: "< {}",
    Comparator.EQUAL: "= {}",
    Comparator.ABOUT: "约 {}",
    Comparator.INCREASE: "增加 {}",
    Comparator.DECREASE: "减少 {}",
}

_MOST_FIGURES = 4

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "找不到",
    errno.ENOSPC: "磁盘空间已满",
    errno.EROFS: "所在磁盘只读",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def system_reason(error: OSError) -> str:
    """Return why the operating system refused, in Chinese where the reason is a common one."""
    return _REASONS.get(error.errno or 0, error.strerror or "原因不明")


def size_text(size: int) -> str:
    """Return a number of bytes as one reads it: 257.3 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} KB"


def amount(value: Number, unit: str | None) -> str:
    """Return a number with its unit as one reads it: 96%, 8500000000美元."""
    return f"{value}{unit or ''}"


def comparison(op: Comparator, value: Number, unit: str | None, high: Number | None = None) -> str:
    """Return what is promised: ≥ 96%, 8 至 10%, 减少 10%."""
    if op is Comparator.BETWEEN:
        return f"{value} 至 {'?' if high is None else amount(high, unit)}"
    return _COMPARATORS[op].format(amount(value, unit))


def indicator_line(indicator: IndicatorJson) -> str:
    """Return an indicator on one line, with its baseline and what follows from it.

    A relative promise is quoted: 提速 60% of a time limit is an increase in words only.
    """
    if indicator.op.is_change:
        line = excerpt(indicator.text, 80)
    else:
        promised = comparison(indicator.op, indicator.value, indicator.unit, indicator.high)
        line = f"{indicator.name or '（未命名）'} {promised}"
        if indicator.baseline is not None:
            year = f"{indicator.baseline.year}年 " if indicator.baseline.year else ""
            line += f"，基数 {year}{amount(indicator.baseline.value, indicator.baseline.unit)}"
    if indicator.bound is not None:
        line += f"，即 {comparison(indicator.bound.op, indicator.bound.value, indicator.bound.unit)}"
    return line


def basis_line(basis: BasisJson) -> str:
    """Return a basis with its number: 《…》（青政办发〔2012〕15号)."""
    return basis.title if basis.doc_number is None else f"{basis.title}（{basis.doc_number}）"


FACETS = {"years": "年份", "units": "单位", "cities": "城市", "categories": "类别", "kinds": "种类"}
"""The names of the facets of a search, in the order they are shown."""


def facet_label(name: str, value: int | str | None) -> str:
    """Return what a value of a facet is called; what documents do not state is 不明."""
    if value is None:
        return "不明"
    if name == "years":
        return f"{value}年"
    return KINDS[DocumentKind(str(value))] if name == "kinds" else str(value)


STATUSES = {Status.PROMISED: "承诺", Status.ACHIEVED: "实现"}


def point_line(point: TrendPointJson) -> str:
    """Return a point of a series without its year."""
    return f"{STATUSES[point.status]} {comparison(point.op, point.value, point.unit, point.high)}"


def series_title(series: SeriesJson) -> str:
    """Return whose series it is, of what, in which units: 市政府办公厅 新闻发布会（次/场）."""
    unit = f"（{'/'.join(series.units)}）" if series.units else ""
    return f"{series.owner or series.city or ''} {series.indicator}{unit}".strip()


def successor_line(successor: SuccessorJson) -> str:
    """Return which edition a new target should rest on."""
    number = f"（{successor.doc_number}）" if successor.doc_number else ""
    if successor.held:
        return f"现行版本：{successor.title}{number}"
    return f"建议改用：{successor.title}（目标库里没有，请核对是否已经印发）"


def year_text(year: int | None) -> str:
    """Return a year, or that it is not known."""
    return "年份不明" if year is None else f"{year}年"


def years_label(years: tuple[int, ...]) -> str | None:
    """Return three or more years in a row as one label, or `None` where they are fewer or have gaps."""
    if len(years) < 3 or list(years) != list(range(years[0], years[-1] + 1)):
        return None
    return f"{years[0]}—{years[-1]}年"


def years_spans(years: tuple[int, ...]) -> str:
    """Return ascending years with runs of three and more drawn together: 1998、2000—2004年."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return f"{'、'.join(said)}年"


def document_line(document: DocumentJson) -> str:
    """Return year and unit of a document; what was inferred says so."""
    year = year_text(document.year) + ("（推断）" if "year" in document.inferred else "")
    unit = (document.unit or "单位不明") + ("（推断）" if "unit" in document.inferred else "")
    return f"{year} {unit}"


def document_title(document: DocumentJson) -> str:
    """Return the title of a document, or what stands for it where the file names none."""
    if document.title:
        return document.title
    known = [year_text(document.year)] if document.year else []
    known += [document.unit] if document.unit else []
    return f"{' '.join(known)} {KINDS[document.kind]}" if known else document.source


def versions_line(hit: HitJson) -> str:
    """Return how often and when the same was promised elsewhere: 相同的承诺还有 3 条：2020年、2019年."""
    years = dict.fromkeys(year_text(version.year) for version in hit.versions)
    return f"相同的承诺还有 {len(hit.versions)} 条：{'、'.join(years)}"


def figures_line(version: VersionJson) -> str:
    """Return the figures in which a version differs from its hit, the first few."""
    said = "；".join(indicator_line(one) for one in version.figures[:_MOST_FIGURES])
    return f"{said}…" if len(version.figures) > _MOST_FIGURES else said


def item_line(item: ItemJson | CitationJson | VersionJson) -> str:
    """Return where in its document an item stands: 重点目标 1."""
    return " ".join(part for part in (item.category, item.number) if part) or "正文"


def source_address(citation: CitationJson) -> str:
    """Return where in its document's page the cited words stand; the page marks them."""
    at = ""
    if citation.span is not None:
        at = f"?at={citation.span.field}.{citation.span.start}-{citation.span.end}"
    return f"/documents/{citation.document_id}{at}#item-{citation.item_id}"


def quoted(citation: CitationJson) -> str:
    """Return the cited words with where they stand, as one pastes them into a text."""
    name = f"“{citation.name}”" if citation.name else ""
    whose = f"{citation.unit or '单位不明'}{year_text(citation.year)}，{item_line(citation)}{name}"
    return f"“{' '.join(citation.quote.split())}”（{whose}，{citation.title or citation.source}）"


def quoted_hit(hit: HitJson) -> str:
    """Return the content of a hit with where it stands, as one pastes it into a text."""
    name = f"“{hit.name}”" if hit.name else ""
    document = hit.document
    whose = (
        f"{document.unit or document.city or '单位不明'}{year_text(document.year)}，{item_line(hit)}{name}"
    )
    return f"“{' '.join(hit.content.split())}”（{whose}，{document.title or document.source}）"


FATES = {"continued": "延续", "reworded": "改写", "new": "新增", "dropped": "不再出现"}
"""What became of an item of the year before."""


def excerpt(text: str, length: int) -> str:
    """Return the beginning of `text` on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
