"""The units that figures are counted in, and where they end in running text.

A unit's character is often the first one of an ordinary word (三条 but 条件, 两处 but 处理), so tables name
the characters that may not follow.
"""

from __future__ import annotations


def _table(lines: str) -> dict[str, str]:
    """Read `key:value` words."""
    return dict(entry.split(":", 1) for entry in lines.split())


PLAIN = """
% ‰ 成 个百分点 百分点 个千分点 千分点 倍 元 美元 欧元 日元 港元 港币 澳元 英镑 卢布 人民币 元人民币 个 家
件 次 场 项 条 座 所 处 名 人 户 套 位 种 款 类 大类 小类 批 轮 遍 期 班 组 队 支 只 头 匹 羽 尾 株 棵 盆 枚
颗 粒 根 块 片 段 张 幅 面 扇 道 口 眼 孔 台 辆 艘 列 架 部 本 册 份 篇 幢 栋 间 宗 起 例 单 笔 票 盏 对 顶
桶 箱 瓶 袋 副 枝 杆 门 首 集 课 节 页 封 把 站 点位 栏 桌 席 床 顷 尊 台套 台件 台次 标台 辆次 网点 线 村次
人次 人份 人天 户次 家次 件次 项次 条次 篇次 场次 期次 班次 架次 车次 列次 航次 批次 剂次 例次 校次 人日
点次 频次 起次 宗次 份次 台班 只次 册次 吨次 户均 平方米 平米 ㎡ m² 平方公里 平方千米 km² 平方尺 立方米 立方
m³ 方 亩 公顷 亩次 公里 千米 米 厘米 毫米 海里 公里/小时 km 车道公里 延米 延长米 吨 公斤 千克 克 斤 升 毫升
担 磅 吨标准煤 吨标煤 千克标准煤 公斤标准煤 吨位 总吨 载重吨 载重吨位 蒸吨 蒸吨/小时 吨公里 吨海里
吨二氧化碳 毫克 微克 纳克 公担 千瓦 瓦 千瓦时 兆瓦 兆瓦时 吉瓦 kw kwh mw gw gwh mwh 度 千伏安 伏安 伏 千伏
kv 焦耳 大卡 马力 匹马力 千乏 标箱 标准箱 teu 标准车 标准件 标快 标方 折标煤 兆 mbps gbps mb/s tb gb pb tps
bps 比特 p pflops eflops flops 千兆 pb/s 天 日 小时 分钟 秒 毫秒 周 星期 个月 月 年 个工作日 工作日 个小时
个季度 季度 个学期 岁 周岁 课时 学时 学分 刻钟 个课时 个标箱 个标准箱 个点 分 分贝 摄氏度 ℃ 人公里 亿人公里
客位 个车位 个泊位 张床 个床位
"""

# Characters that may not follow: a unit before one of them is the beginning of another word. The first
# table holds after any number (3万人口), the second only after a Chinese numeral (一家电子…, 两名企业家).
NEVER_BEFORE = _table(
    """
    个:体 人:口均 户:籍均 家:庭 度:假 年:度均 周:年边 吨:级 元:素旦宵 期:间 线:上下路 节:能假日水约点 条:例
    页:岩面码 面:积 列:入 只:增减有 天:然津府空 日:报均常前
    分:别之类布级批步期区局行支公配解担享析流离割红会院中管部层馆组段 点:位 口:岸碑 本:地市 方:面式案便
    个点:位 升:级 瓦:斯 克:服 亩:均 兆:瓦 p:abcdefghijklmnopqrstuvwxyz0123456789
    tb:abcdefghijklmnopqrstuvwxyz 首:次创先批 门:槛 单:位 起:来步点降 支:持柱出付撑 对:接外口标
    部:分门署委队级 位:于居数 片:区 道:路德 把:握 架:构 头:部 根:据 集:中聚约成 封:闭 票:房 例:如
    成:立为果员功就本长都套品熟效人份分群年绩了 席:位 担:当 伏:天 轮:动换
    """
)
NEVER_BEFORE_AFTER_CHINESE = _table(
    """
    家:渠长园政电居具乡校装族风教 件:均 次:生序级元产全会代党 场:所馆地景均域站 条:件约款 座:谈
    所:有在以得属需谓 处:理置于级分罚方 人:才民员文工大类行居力气选防社生格物群身体性事 户:外型 套:餐利
    位:列置 种:植业子源养粮 类:似 批:准复发量示评 轮:候训岗胎船 期:末限满待货望刊 班:子车 组:织团建合 队:伍
    支:部援行 只:要能跑需 根:本治 张:家 面:向对临貌 口:袋径 台:阶湾账商风 列:为车席 架:设空
    本:土级科届年外金质着领币 份:额 间:接隔 起:草重航飞底 例:外 单:独个 对:内话象于策应 顶:层尖 门:类户
    首:家个都位要台发 集:团群装体合 课:程题 站:点 方:针向位可米 天:气宫际使 日:益本 年:级轻报
    名:牌城优企校师医特副录称单 周:岁期 个:性别百千万亿 米:见 元:化结
    """
)

# Written unit and the one it stands for.
NORMAL = _table(
    """
    百分点:个百分点 千分点:个千分点 平米:平方米 ㎡:平方米 m²:平方米 km²:平方公里 平方千米:平方公里 m³:立方米
    工作日:个工作日 个小时:小时 km:公里 千米:公里 kw:千瓦 mw:兆瓦 gw:吉瓦 kwh:千瓦时 立方:立方米 方:立方米
    标准箱:标箱 teu:标箱 个标箱:标箱 个标准箱:标箱 元人民币:元 人民币:元 吨标煤:吨标准煤 个点:个百分点
    港币:港元 个季度:季度 星期:周 gwh:吉瓦时 mwh:兆瓦时 kv:千伏 周岁:岁
    """
)

TIME = frozenset(
    {
        "年",
        "个月",
        "月",
        "日",
        "天",
        "周",
        "小时",
        "分钟",
        "秒",
        "毫秒",
        "个工作日",
        "季度",
        "岁",
        "个学期",
        "课时",
        "刻钟",
    }
)
MONEY = frozenset({"元", "美元", "欧元", "日元", "港元", "英镑", "澳元", "卢布"})
SIZE = MONEY | frozenset(
    {
        "平方米",
        "平方公里",
        "亩",
        "公顷",
        "公里",
        "吨",
        "千瓦",
        "兆瓦",
        "立方米",
        "千伏",
        "伏",
        "人",
        "岁",
        "年",
        "米",
        "蒸吨",
        "户",
        "床",
    }
)


def _by_first_character() -> dict[str, tuple[str, ...]]:
    units: dict[str, list[str]] = {}
    for unit in sorted(set(PLAIN.split()), key=lambda word: (-len(word), word)):
        units.setdefault(unit[0], []).append(unit)
    return {first: tuple(words) for first, words in units.items()}


_UNITS = _by_first_character()
_SLASHES = "/"


def unit_at(text: str, position: int, *, after_chinese: bool = False) -> tuple[str, int] | None:
    """Return the unit (normalised) that starts at `position` of a folded text, and where it ends.

    Compound units (吨/日, 微克/立方米, 元/平方米) are taken whole.
    """
    found = _word_at(text, position, after_chinese)
    if found is None:
        return None
    unit, end = found
    normal = NORMAL.get(unit, unit)
    if text.startswith("/", end):
        second = _word_at(text, end + 1, after_chinese=False)
        if second is not None:
            return f"{normal}/{NORMAL.get(second[0], second[0])}", second[1]
    return normal, end


def _word_at(text: str, position: int, after_chinese: bool) -> tuple[str, int] | None:
    if position >= len(text):
        return None
    for unit in _UNITS.get(text[position], ()):
        if text.startswith(unit, position):
            end = position + len(unit)
            following = text[end : end + 1]
            if following and (
                following in NEVER_BEFORE.get(unit, "")
                or (after_chinese and following in NEVER_BEFORE_AFTER_CHINESE.get(unit, ""))
            ):
                continue
            return unit, end
    return None
