"""Sentences in the manner of official documents, written for calibrating and checking a model."""

from __future__ import annotations

CALIBRATION: tuple[str, ...] = (
    "落实为基层减负要求，全年会议数量较上年度只减不增，发文数量压减百分之十以上。",
    "优化政务服务热线办理流程，按期答复率达到98%以上，群众满意率不低于95%。",
    "标杆城市：某市；标杆值：审批时限压缩至7个工作日，网上可办率100%。",
    "一、加强组织领导，完善工作机制。（牵头单位：办公室；责任单位：各区人民政府）",
    "（一）组织新闻发布会50场以上；(二)编发信息1200条，采用率居全省前三位。",
    "全年完成固定资产投资1044亿元，增长8%左右，新开工项目300个。",
    "根据《关于进一步规范公文处理工作的通知》（政办发〔2012〕15号）精神，提高公文办理质效。",
    "你好",
    "公文办结率",
    "GDP增长6.5% and foreign trade of 85 billion US dollars, PM2.5 < 35 μg/m3",
    "问：办理时限是多少？答：20个工作日。",
    "地址：中山路1号 http://www.example.com/a.html",
)
"""Where the range of activations is read from: prose, tables, figures, Latin letters; short and long."""

REFERENCE_QUERIES: tuple[str, ...] = (
    "公文办结率",
    "减少文山会海",
    "2021年新闻发布会目标是多少场",
    "政务服务热线按期答复率",
)
REFERENCE_PASSAGES: tuple[str, ...] = (
    "提升公文处理质效，公文办结率达到96%以上，一般公文3个工作日内办结。",
    "优化营商环境，对标先进城市，将企业开办时间压缩至1个工作日以内。",
    "全年组织召开新闻发布会50场以上，及时回应社会关切。",
    "加强督查考核，对市委市政府确定的重点工作每季度督查一次，年底前通报结果。",
)
