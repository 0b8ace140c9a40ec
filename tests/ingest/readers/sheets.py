"""Target tables and prose written for the tests, and the same as plain text, the reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.model import TargetItem
from ingest.readers.contract import Source
from ingest.reading import Reading, read_source


@dataclass(frozen=True)
class Sheet:
    """A table: title lines, header, rows; the first column is the category where `merges` says so.

    `notes` are lines below the rows, over all columns; after one the category is shown again.
    """

    title: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    merges: bool
    notes: tuple[str, ...] = ()

    def note(self, at: int) -> str:
        return self.notes[at] if self.notes else ""

    def shown(self) -> list[tuple[str, ...]]:
        """The rows with a category only where it changes."""
        if not self.merges:
            return list(self.rows)
        before = [None, *(None if self.note(at) else row[0] for at, row in enumerate(self.rows))]
        return [
            row if row[0] != above else ("", *row[1:]) for row, above in zip(self.rows, before, strict=False)
        ]

    def spans(self) -> list[tuple[int, int]]:
        """The first and last row of each category, counted from 0 below the header."""
        found: list[tuple[int, int]] = []
        for at, row in enumerate(self.shown()):
            if row[0] and self.merges:
                found.append((at, at))
            elif found:
                found[-1] = (found[-1][0], at)
        return found

    def text(self) -> str:
        """The table as exported from Word: a cell a line, behind a tab."""
        lines = [*self.title, "", *(f"\t{cell}" for cell in self.header)]
        for row in self.shown():
            lines += ["", *(f"\t{cell}" for cell in row)]
        return "\n".join(lines)


CATEGORIES = Sheet(
    title=("2023年度市直单位业务目标", "单位名称：市园林和林业局"),
    header=("类别", "序号", "目标名称", "目标内容"),
    rows=(
        (
            "重点目标",
            "1",
            "建设城市绿道",
            "完成滨河绿道三期建设，全年新建绿道不少于60公里，其中城区段45公里以上；绿道驿站服务满意率达到95%以上。",
        ),
        (
            "重点目标",
            "2",
            "开放公园绿地",
            "推进公园绿地开放共享，新增开放草坪12处，开放面积较上年度（80公顷）增长15%，群众投诉按期办结率100%。",
        ),
        (
            "重点目标",
            "3",
            "加强古树名木保护",
            "开展古树名木体检，建立“一树一档”1200份，抢救复壮濒危古树不少于30株，古树名木挂牌率达到98%。",
        ),
        ("创优目标", "4", "举办花卉展会", "承办省级花卉博览会1次，组织企业参展80家以上，签约金额突破3亿元。"),
        (
            "创优目标",
            "5",
            "压缩审批时限",
            "城市树木移植审批由20个工作日压缩至6个工作日，网上办理比例不低于90%，全年审批差错控制在2件以内。",
        ),
    ),
    widths=(48, 32, 88, 282),
    merges=True,
)
PROGRESS = Sheet(
    title=("2022年市水务局重点工作任务分工表",),
    header=("序号", "工作任务", "考核内容", "责任单位", "完成时限"),
    rows=(
        ("1", "河道整治", "整治黑臭河道8条，水质达标率不低于92%。", "市水务局、各区政府", "2022年10月底前"),
        ("2", "管网改造", "改造老旧供水管网150公里，漏损率控制在9%以内。", "市供水集团", "2022年12月底前"),
        ("3", "节水创建", "创建节水型小区40个，组织节水宣传6场次。", "市节约用水中心", "2022年11月底前"),
        ("4", "防汛备汛", "储备防汛物资30万件，开展应急演练不少于5次。", "市防汛办公室", "2022年5月底前"),
    ),
    widths=(32, 70, 188, 90, 84),
    merges=False,
)
REPORT = (
    "2023年青岛市政府工作报告",
    "各位代表：",
    "现在，我代表市人民政府，向大会报告工作，请予审议，并请各位政协委员和其他列席人员提出意见。",
    "一、2022年工作回顾",
    "过去一年，我们坚持稳中求进工作总基调，地区生产总值增长4.2%，一般公共预算收入完成1280亿元，城镇新增就业36万人，居民收入与经济增长基本同步。",
    "我们把实体经济放在首位，新开工亿元以上项目640个，完成技术改造投资860亿元，高新技术企业突破6500家，规模以上工业增加值增长5.1%，制造业占比稳步提高。",
    "二、2023年主要任务",
    "做好今年工作，要把握以下重点。地区生产总值增长5%左右，固定资产投资增长4%以上，城镇登记失业率控制在4.5%以内，粮食产量稳定在300万吨以上。",
    "（一）提升城市功能品质。改造老旧小区420个，惠及居民12万户；新建改建学校60所，新增学位6万个；开通地铁线路2条，公共交通出行分担率达到62%，让市民出行更加便捷。",
    "（二）增进民生福祉。新增养老床位3000张，建设社区食堂180处，居民医保财政补助标准提高到每人每年640元，开展职业技能培训10万人次以上，推动高质量充分就业。",
)


def read_text(text: str) -> Reading:
    return read_source(Source("目标.txt", text.encode()))


def facts(item: TargetItem) -> tuple[object, ...]:
    """What must be the same in every format."""
    values = tuple((i.op, i.value, i.unit) for i in item.indicators)
    return item.category, item.number, item.name, item.content, item.responsible_units, item.deadline, values


def items_of(reading: Reading) -> list[tuple[object, ...]]:
    return [facts(item) for document in reading.documents for item in document.items]


def stated_of(reading: Reading) -> list[tuple[object, ...]]:
    return [(d.year, d.unit, d.kind, d.title) for d in reading.documents]


def read_bytes(name: str, content: bytes) -> Reading:
    return read_source(Source(name, content))


def cjk_font() -> Path | None:
    """A font of the system with Chinese characters, if there is one."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
    names = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc", "uming.ttc")
    return next((p for name in names for folder in folders for p in folder.rglob(name)), None)
