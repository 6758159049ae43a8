"""A small exchange that lives: two bureaus' files taken in by the real pipeline, indexed by the real engine.

In: a folder. Out: an opened `Exchange`. The rows are invented; telephone numbers are of the kind nobody has.
"""

import csv
from pathlib import Path

from config.startup import load_configuration
from exchange.context import Exchange, open_exchange
from exchange.store.setup import mark_as_demonstration
from ingest.intake import take_file

HEADINGS = ("岗位编号", "岗位名称", "用人单位", "工作地点", "薪资待遇", "招聘人数", "学历要求", "工作经验", "福利待遇",
            "联系人", "联系电话", "岗位职责", "有效期")  # fmt: skip
CHANGAN, WENGYUAN = "441900119", "440229"
PHONE = "0769-85550101"
PERSON = "陈试样"
LATHE = "东莞市长安试样车床有限公司"
DONGGUAN_ROWS = (
    ("D1", "普工（长白班）", LATHE, "长安镇", "5000-6500", "30", "不限", "不限", "包吃住 五险", PERSON, PHONE,
     "在流水线上装配小家电", ""),
    ("D2", "数控车床操作工", LATHE, "长安镇", "7000-9000", "5", "中专", "2年", "包住", PERSON, PHONE,
     "操作数控车床", ""),
    ("D3", "仓管员", LATHE, "长安镇", "面议", "若干", "高中", "", "双休", PERSON, PHONE, "收发货、盘点", ""),
    ("D4", "叉车司机", "东莞市虎门试样物流有限公司", "虎门镇", "6000-7500", "4", "初中", "1年", "包吃",
     "李试样", "0769-85550102", "装卸货柜", ""),
    ("D5", "兼职收银员", "东莞市厚街试样百货店", "厚街镇", "20元/小时", "2", "高中", "不限", "", "王试样",
     "0769-85550103", "收银、理货", ""),
    ("D6", "保安", "东莞市寮步试样物业公司", "寮步镇", "4800元/月", "6", "", "", "包住", "赵试样",
     "0769-85550104", "看门、巡楼", ""),
    ("D7", "文员", "东莞市大朗试样毛织厂", "大朗镇", "4500-5500", "1", "大专", "1-3年", "双休 五险一金",
     "孙试样", "0769-85550105", "做报表", ""),
    ("D8", "搬运工", "东莞市清溪试样纸品厂", "清溪镇", "5000", "", "不限", "", "包住", "周试样",
     "0769-85550106", "搬纸箱", ""),
    ("D9", "缝纫工", "", "虎门镇", "5000-7000", "8", "", "", "", "", "", "没有写单位的一行", ""),
    ("D10", "焊工", "东莞市茶山试样机械厂", "茶山镇", "7000-8500", "3", "", "3年", "包吃住", "郑试样",
     "0769-85550107", "焊接机架，限男性", ""),
)  # fmt: skip
SHAOGUAN_ROWS = (
    ("S1", "采茶工", "翁源县试样茶业有限公司", "翁源县", "3500-4500", "20", "不限", "不限", "包吃住", "吴试样",
     "0751-8555201", "采茶、分拣", ""),
    ("S2", "普工", "翁源县试样纸业有限公司", "翁源县", "4000-5000", "12", "不限", "不限", "包住 五险",
     "冯试样", "0751-8555202", "看机台", ""),
    ("S3", "养殖技术员", "翁源县试样农业合作社", "翁源县", "5000-6000", "2", "大专", "1年", "包吃住", "许试样",
     "0751-8555203", "管鱼塘", ""),
)  # fmt: skip


def open_living(folder: Path, demonstration: bool = True, **settings: str) -> Exchange:
    exchange = open_empty(folder, demonstration, **settings)
    take_rows(exchange, folder, DONGGUAN_ROWS, "dg-upload", CHANGAN)
    take_rows(exchange, folder, SHAOGUAN_ROWS, "sg-upload", WENGYUAN)
    return exchange


def open_empty(folder: Path, demonstration: bool = True, **settings: str) -> Exchange:
    variables = {f"GUANSHAO_{name.upper()}": value for name, value in settings.items()}
    exchange = open_exchange(load_configuration({"GUANSHAO_DATA": str(folder / "data"), **variables}))
    if demonstration:
        mark_as_demonstration(exchange.store)
    return exchange


def take_rows(
    exchange: Exchange, folder: Path, rows: tuple[tuple[str, ...], ...], source: str, organisation: str
) -> None:
    file = folder / f"{source}-{len(list(folder.glob('*.csv')))}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADINGS, *rows])
    take_file(exchange, file, exchange.configuration.sources[source], organisation, actor="test")
