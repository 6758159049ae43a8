"""Postings for the tests of the search: one plain one to vary, and many made from a seed."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config.divisions import workplaces
from config.words import Education, EmploymentType
from search.documents import PostingDocument
from search.engines.contract import Reader, Writer
from search.opening import open_engine

TODAY = date(2026, 3, 12)
MAKERS = ["普工", "操作工", "数控车床操作工", "叉车司机", "焊工", "质检员"]
TITLES = [*MAKERS, "文员", "会计", "仓库管理员", "育婴师", "电工", "保安"]
BRANDS = ["华盛", "鑫达", "恒信", "宏泰", "金源", "永昌", "富祥", "瑞丰"]
BENEFITS = ["包吃", "包住", "包吃住", "五险一金", "双休", "长白班", "社保"]

PLAIN = PostingDocument(
    id="p-000001",
    sequence=1,
    title="普工",
    employer="东莞市华盛电子有限公司",
    description="负责生产线上的产品组装。",
    address="兴业路1号",
    division="441900119",
    city="dongguan",
    direction="dg-sg",
    cluster="c01",
    occupation="6-31-01",
    occupation_name="装配工",
    industry="C39",
    industry_name="电子设备制造业",
    education="unlimited",
    experience_min=None,
    employment_type="full_time",
    openings=10,
    salary_min=5000,
    salary_max=6500,
    salary_counts=True,
    benefits=("包住",),
    source="dg-upload",
    published_on=date(2026, 3, 1),
    valid_through=date(2026, 5, 1),
)


def posting(identifier: str = "p-000001", **changes: Any) -> PostingDocument:
    return replace(PLAIN, id=identifier, **changes)


def many_postings(count: int, seed: int = 1) -> list[PostingDocument]:
    chance = random.Random(seed)
    return [_random_posting(f"p-{number:06d}", chance) for number in range(count)]


def _random_posting(identifier: str, chance: random.Random) -> PostingDocument:
    place = chance.choice(workplaces())
    in_dongguan = place.city == "dongguan"
    low = chance.choice([None, 3000, 4500, 5000, 8000])
    return posting(
        identifier,
        sequence=chance.randrange(1, 10_000),
        title=chance.choice(TITLES) + chance.choice(["", "（长白班）", "急聘"]),
        employer=f"{place.short_name}{chance.choice(BRANDS)}{chance.choice(['电子', '五金'])}有限公司",
        description=f"负责{chance.choice(TITLES)}相关工作，{chance.choice(BENEFITS)}。",
        division=place.code,
        city=str(place.city),
        direction="dg-sg" if in_dongguan else "sg-dg",
        cluster=chance.choice(["", "c01", "c02"]),
        occupation=chance.choice(["", "6-31-01", "6-31-02", "4-07-05"]),
        industry=chance.choice(["", "C39", "C33"]),
        education=str(chance.choice(list(Education))),
        experience_min=chance.choice([None, 0, 1, 2, 3, 5, 8, 10]),
        employment_type=str(chance.choice(list(EmploymentType))),
        openings=chance.choice([None, 1, 5, 30]),
        salary_min=low,
        salary_max=chance.choice([None, 9000]) if low else None,
        salary_counts=low is not None and chance.random() < 0.9,
        benefits=tuple(chance.sample(BENEFITS, chance.randrange(0, 4))),
        source=chance.choice(["dg-upload", "sg-upload", "dg-feed"]),
        published_on=TODAY - timedelta(days=chance.randrange(0, 60)),
        valid_through=TODAY + timedelta(days=chance.randrange(-5, 60)),
    )


def new_engine(folder: Path) -> tuple[Reader, Writer]:
    """Over an empty index."""
    reader, writer = open_engine(folder)
    writer.rebuild(iter(()), 0)
    return reader, writer
