"""Write the samples that are pages: `python -m tests.golden.make_pages` (needs a Chinese font).

What they hold stands here; their labels were written by reading it.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from tests.golden.make_samples import SAMPLES
from tests.ingest.readers.ofd_writing import (
    content_xml,
    document_parts,
    package,
    picture_xml,
    resources_xml,
    root_xml,
)
from tests.ingest.readers.printing import as_pdf, as_picture, as_scanned_pdf, picture_bytes
from tests.ingest.readers.sheets import Sheet, cjk_font
from tests.ingest.readers.typesetting import Leaf, set_sheet

UNRULED: Final = Sheet(
    title=("2017年度市直单位业务目标", "单位名称：市气象局"),
    header=("类别", "序号", "目标名称", "目标内容"),
    rows=(
        ("职能目标", "1", "暴雨预警", "暴雨预警提前量达到60分钟以上，预警信号准确率不低于88%。"),
        ("职能目标", "2", "人工增雨", "组织人工增雨作业20次，作业影响面积1200平方公里以上，确保作业零事故。"),
        (
            "创优目标",
            "1",
            "气象科普",
            "建成气象科普馆2座，全年接待公众5万人次以上，公众满意率比上年提高3个百分点。",
        ),
    ),
    widths=(52, 34, 84, 280),
    merges=True,
    notes=("", "", "标杆城市：南京市　　标杆值：南京市气象科普馆全年接待公众6万人次。"),
)
BROKEN: Final = Sheet(
    title=("2022年市民政局重点任务分解表",),
    header=("序号", "工作任务", "考核内容", "责任单位", "完成时限"),
    rows=(
        ("1", "养老服务", "新增养老机构床位2600张，护理型床位占比达到62%以上。", "养老处", "2022年10月底前"),
        (
            "2",
            "社区建设",
            (
                "新建社区服务站48处，新增助餐点120处，居民满意率达到95%；培训社区工作者3000人次，持证率不低于35%，"
                "居民诉求按期办结率达到98%。"
            ),
            "基层政权处、各区政府",
            "2022年11月底前",
        ),
        (
            "3",
            "困难救助",
            "低保标准提高6%，低保审批由20个工作日压缩至12个工作日。",
            "救助处",
            "2022年6月底前",
        ),
        ("4", "婚姻登记", "婚姻登记合格率100%，预约登记率不低于70%。", "社会事务处", "2022年12月底前"),
    ),
    widths=(32, 66, 190, 88, 84),
    merges=False,
)
SCANNED: Final = Sheet(
    title=("2016年度市直单位业务目标", "单位名称：市体育局"),
    header=("类别", "序号", "目标名称", "目标内容", "责任单位"),
    rows=(
        ("重点目标", "1", "全民健身", "新建健身步道120公里，举办全民健身赛事300场次以上。", "群体处"),
        ("重点目标", "2", "竞技体育", "在全国比赛中获得奖牌不少于15枚，注册运动员1800人。", "竞体处、市体校"),
        ("创优目标", "1", "场馆开放", "公共体育场馆开放率达到95%，接待市民80万人次。", "场馆中心"),
    ),
    widths=(52, 34, 70, 210, 90),
    merges=True,
)
PHOTO: Final = Sheet(
    title=("2013年市文化局业务目标",),
    header=("序号", "目标名称", "目标内容", "完成时限"),
    rows=(
        ("1", "文艺演出", "送戏下乡500场，惠民演出不少于60场。", "2013年12月底前"),
        ("2", "图书借阅", "公共图书馆新增藏书20万册，借阅量增长12%。", "2013年11月底前"),
        ("3", "文物保护", "文物安全检查覆盖率100%，安全事故控制在1起以内。", "2013年10月底前"),
    ),
    widths=(34, 76, 240, 104),
    merges=False,
)
FIXED_LAYOUT: Final = Sheet(
    title=("2020年度业务目标责任书", "单位名称：市住房公积金管理中心"),
    header=("类别", "序号", "目标名称", "目标内容"),
    rows=(
        ("重点目标", "1", "归集扩面", "全年归集住房公积金260亿元，新增缴存职工15万人。"),
        ("重点目标", "2", "风险防控", "个人贷款逾期率控制在0.3‰以内，资金使用率保持在90%以上。"),
        ("创优目标", "3", "服务提速", "提取业务由3个工作日压缩至1个工作日，网上办理率不低于85%。"),
        ("创优目标", "4", "窗口服务", "群众满意率达到98%以上，差评整改率100%。"),
    ),
    widths=(52, 34, 84, 280),
    merges=True,
)
ARCHIVED: Final = {
    "二〇一八年/交通/市交通运输局业务目标.docx": "merged_cells.docx",
    "二〇一八年/目标.pdf": "unruled_table.pdf",
    "港航局网页.html": "gbk_page.html",
}


def main() -> None:
    """Write all of them."""
    (SAMPLES / "unruled_table.pdf").write_bytes(as_pdf(set_sheet(UNRULED, is_ruled=False)))
    (SAMPLES / "broken_row.pdf").write_bytes(as_pdf(set_sheet(BROKEN, height=275, running="内部资料")))
    font = cjk_font()
    if font is None:
        raise SystemExit("找不到含中文的字体；请安装 Noto CJK 后重试。")
    (SAMPLES / "scanned_table.pdf").write_bytes(as_scanned_pdf([_picture(set_sheet(SCANNED)[0], font)]))
    photo = as_picture(set_sheet(PHOTO, height=420)[0], font, turned=-2.0)
    (SAMPLES / "crooked_photo.jpg").write_bytes(picture_bytes(photo, "JPEG"))
    (SAMPLES / "text_and_scan.ofd").write_bytes(_fixed_layout(font))
    (SAMPLES / "gbk_names.zip").write_bytes(_archive())


def _picture(leaf: Leaf, font: Path) -> Image.Image:
    """Draw a page in black and white, as an office scanner does."""
    return as_picture(leaf, font).convert("1", dither=Image.Dither.NONE)


def _fixed_layout(font: Path) -> bytes:
    """An OFD whose first page is text and whose second is a picture."""
    first, second = set_sheet(FIXED_LAYOUT, height=290)
    pages = [content_xml(first), picture_xml(second, "5")]
    parts = document_parts("Doc_0", pages, resources=resources_xml({"5": "page.png"}))
    picture = {"Doc_0/Res/page.png": picture_bytes(_picture(second, font), "PNG")}
    return package({"OFD.xml": root_xml("Doc_0"), **parts, **picture})


def _archive() -> bytes:
    """An archive whose names are in GBK without saying so, as Chinese tools write them."""
    raw = {name.encode("gbk"): sample for name, sample in ARCHIVED.items()}
    stand_ins = {str(at).ljust(len(name), "x").encode(): name for at, name in enumerate(raw)}
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for stand_in, name in stand_ins.items():
            archive.writestr(zipfile.ZipInfo(stand_in.decode()), (SAMPLES / raw[name]).read_bytes())
    content = made.getvalue()
    for stand_in, name in stand_ins.items():
        content = content.replace(stand_in, name)
    return content


if __name__ == "__main__":
    main()
