"""Charts of figures over the years, drawn here: SVG for pages and documents, PNG for those who need pixels.

A chart is first laid out as a few shapes, which both writers draw. Every text goes in as text, never as
markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from api.schemas.results import SeriesJson, TrendPointJson, TrendsJson
from api.wording import STATUSES, excerpt, series_title
from corpus.errors import WrongUse
from corpus.model import Status

WIDTH, MOST_SERIES = 760, 4
_PLOT, _TITLE, _FOOT, _LEFT, _RIGHT = 200, 34, 46, 70, 24
_INSET, _STEPS = 26, 4
_COLOURS = {Status.PROMISED: "#1a5fb4", Status.ACHIEVED: "#c64600"}
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wps-office/FZHTK.TTF",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
_FAMILY = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',SimSun,sans-serif"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure; `hint` is what is said of it where a pointer rests on it."""

    x: float
    y: float
    colour: str
    hint: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from its left upper corner; a hollow one has an outline and no filling."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    hollow: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text; `anchor` is start, middle or end, `y` its baseline."""

    x: float
    y: float
    text: str
    size: int = 12
    anchor: str = "middle"
    colour: str = "#333333"


Shape = Line | Dot | Bar | Label


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes on a white page of `WIDTH` by `height`, the lowest first."""

    height: int
    shapes: tuple[Shape, ...]


NO_CHART = Chart(60, (Label(WIDTH / 2, 36, "没有找到可以画图的数值", 14),))


def trend_chart(found: TrendsJson) -> Chart:
    """Lay out the first series, one below the other, each with its own scale."""
    return series_chart(found.series)


def series_chart(found: Sequence[SeriesJson]) -> Chart:
    """Lay out the first series of several years, of one year where there are no others."""
    several = [one for one in found if len(one.points) > 1]
    series = (several or list(found))[:MOST_SERIES]
    if not series:
        return NO_CHART
    shapes: list[Shape] = []
    each = _TITLE + _PLOT + _FOOT
    for place, one in enumerate(series):
        shapes += _panel(one, place * each)
    return Chart(each * len(series), tuple(shapes))


def _panel(series: SeriesJson, top: int) -> list[Shape]:
    points = series.points
    years = [point.year for point in points]
    values = [float(point.value) for point in points]
    first, last = min(years), max(years)
    ticks = _scale(values)
    low, high = ticks[0], ticks[-1]
    base = top + _TITLE + _PLOT

    def place(point: TrendPointJson) -> tuple[float, float]:
        up = (float(point.value) - low) / (high - low)
        return _across(point.year, first, last), round(base - up * _PLOT, 1)

    shapes: list[Shape] = [Label(_LEFT, top + 20, excerpt(series_title(series), 40), 14, "start")]
    for tick in ticks:
        y = round(base - (tick - low) / (high - low) * _PLOT, 1)
        shapes.append(Line(((_LEFT, y), (WIDTH - _RIGHT, y)), "#dddddd"))
        shapes.append(Label(_LEFT - 6, y + 4, number_label(tick), 11, "end"))
    shapes += [Label(_across(year, first, last), base + 18, str(year), 11) for year in _ticks(first, last)]
    for status in Status:
        shapes += _lane([(point, *place(point)) for point in points if point.status is status], status)
    return [*shapes, *_legend(points, base + 38)]


def _across(year: int, first: int, last: int) -> float:
    """Return where a year stands on the horizontal axis."""
    across = (year - first) / (last - first) if last > first else 0.5
    return round(_LEFT + _INSET + across * (WIDTH - _LEFT - _RIGHT - 2 * _INSET), 1)


def _lane(placed: Sequence[tuple[TrendPointJson, float, float]], status: Status) -> list[Shape]:
    colour = _COLOURS[status]
    shapes: list[Shape] = []
    if len(placed) > 1:
        shapes.append(Line(tuple((x, y) for _, x, y in placed), colour, status is Status.ACHIEVED))
    for point, x, y in placed:
        shapes.append(Dot(x, y, colour, f"{point.year}年{STATUSES[status]}：{point.indicator.text}"))
    if len(placed) <= 12:
        above = -9 if status is Status.PROMISED else 17
        shapes += [Label(x, y + above, number_label(float(p.value)), 11, colour=colour) for p, x, y in placed]
    return shapes


def _legend(points: Sequence[TrendPointJson], y: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = float(_LEFT)
    for status in Status:
        if any(point.status is status for point in points):
            shapes += [Dot(x, y - 4, _COLOURS[status], ""), Label(x + 10, y, STATUSES[status], 12, "start")]
            x += 64
    return shapes


def _scale(values: Sequence[float]) -> tuple[float, ...]:
    """Return the marks of the vertical axis, round numbers around the values; zero where it is near."""
    low, high = min(values), max(values)
    room = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    bottom = 0.0 if 0 <= low < 0.5 * high else low - room
    rough = (high + room - bottom) / _STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    first, last = math.floor(bottom / step + 1e-9), math.ceil((high + room) / step - 1e-9)
    return tuple(round(mark * step, 10) for mark in range(first, last + 1))


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, -(-(last - first) // 12))
    return [*range(first, last, step), last] if last > first else [first]


def number_label(value: float) -> str:
    """Return a figure as short as a chart has room for: 8.5亿, 1.2万, 97.5."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.4g}{name}"
    return f"{value:.4g}"


def to_svg(chart: Chart) -> str:
    """Return the chart as an SVG document."""
    said = next((shape.text for shape in chart.shapes if isinstance(shape, Label)), "")
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(WIDTH),
            "height": str(chart.height),
            "viewBox": f"0 0 {WIDTH} {chart.height}",
            "role": "img",
            "aria-label": _clean(said),
            "font-family": _FAMILY,
        },
    )
    ET.SubElement(root, "rect", {"width": str(WIDTH), "height": str(chart.height), "fill": "#ffffff"})
    for shape in chart.shapes:
        _add(root, shape)
    return ET.tostring(root, encoding="unicode")


def _add(root: ET.Element, shape: Shape) -> None:
    if isinstance(shape, Line):
        points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
        line = {"points": points, "fill": "none", "stroke": shape.colour, "stroke-width": "1.5"}
        ET.SubElement(root, "polyline", line | ({"stroke-dasharray": "5 3"} if shape.dashed else {}))
    elif isinstance(shape, Dot):
        at = {"cx": f"{shape.x:g}", "cy": f"{shape.y:g}", "r": "3.5", "fill": shape.colour}
        dot = ET.SubElement(root, "circle", at)
        if shape.hint:
            ET.SubElement(dot, "title").text = _clean(shape.hint)
    elif isinstance(shape, Bar):
        ET.SubElement(ET.SubElement(root, "rect", _bar(shape)), "title").text = _clean(shape.hint)
    else:
        at = {"x": f"{shape.x:g}", "y": f"{shape.y:g}", "font-size": str(shape.size)}
        at |= {"text-anchor": shape.anchor, "fill": shape.colour}
        ET.SubElement(root, "text", at).text = _clean(shape.text)


def _bar(bar: Bar) -> dict[str, str]:
    at = {"x": f"{bar.x:g}", "y": f"{bar.y:g}", "width": f"{bar.width:g}", "height": f"{bar.height:g}"}
    if not bar.hollow:
        return at | {"fill": bar.colour}
    return at | {"fill": "none", "stroke": bar.colour, "stroke-width": "1.5", "stroke-dasharray": "4 3"}


def _clean(text: str) -> str:
    """Return a text without what no XML may hold."""
    return "".join(c for c in text if c.isprintable())


def to_png(chart: Chart, scale: int = 2) -> bytes:
    """Return the chart as a PNG image, `scale` pixels a unit. Raise WrongUse without a Chinese font."""
    from PIL import Image, ImageDraw, ImageFont

    path = next((one for one in _FONTS if Path(one).exists()), None)
    if path is None:
        raise WrongUse("没有找到中文字体，画不出 PNG；请改用 .svg，或安装 Noto Sans CJK 等中文字体。")
    image = Image.new("RGB", (WIDTH * scale, chart.height * scale), "white")
    pen = ImageDraw.Draw(image)
    anchors = {"start": "ls", "middle": "ms", "end": "rs"}
    for shape in chart.shapes:
        if isinstance(shape, Line):
            pen.line([(x * scale, y * scale) for x, y in shape.points], shape.colour, round(1.5 * scale))
        elif isinstance(shape, Bar):
            corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            filling = None if shape.hollow else shape.colour
            pen.rectangle([at * scale for at in corners], filling, shape.colour)
        elif isinstance(shape, Dot):
            x, y, r = shape.x * scale, shape.y * scale, 3.5 * scale
            pen.ellipse((x - r, y - r, x + r, y + r), shape.colour)
        else:
            font = ImageFont.truetype(path, shape.size * scale)
            at = (shape.x * scale, shape.y * scale)
            pen.text(at, _clean(shape.text), shape.colour, font, anchors[shape.anchor])
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def write_chart(found: TrendsJson, path: Path) -> None:
    """Write a chart to a file; its ending says which kind. Raise WrongUse for another ending."""
    kind = path.suffix.lower()
    if kind not in {".svg", ".png"}:
        raise WrongUse(f"图的文件名“{path.name}”应当以 .svg 或 .png 结尾；请改名。")
    chart = trend_chart(found)
    if kind == ".svg":
        path.write_text(to_svg(chart), encoding="utf-8")
    else:
        path.write_bytes(to_png(chart))
