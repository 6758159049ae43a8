"""Makes duplicate_pairs.csv: pairs of rows as two organisations would type them, labelled one job or two, by kind.

In: nothing but the words below and a seed. Out: the csv that tests and `make bench` measure on; the same every time.
Run it from the root of the project: python tests/samples/make_duplicate_pairs.py. A new kind is a function in KINDS.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.samples.duplicate_words import (
    AGENCIES,
    ALIKE,
    BOILERPLATE,
    EDUCATION,
    JOBS,
    NAMES,
    NEIGHBOURS,
    SLIPS,
    SPELLED,
    TOWNS,
    TRADES,
)

PAIRS_OF_A_KIND = 60
FIELDS = ("employer", "title", "place", "salary", "openings", "education", "employment", "duties")


@dataclass(frozen=True)
class Typed:
    """One row as it stands in a sheet."""

    employer: str
    title: str
    place: str
    salary: str
    openings: str
    education: str
    employment: str
    duties: str


@dataclass(frozen=True)
class Job:
    """What is behind a row."""

    name: str  # 字号, with its trade
    city: str
    town: str
    title: str
    sentences: tuple[str, ...]
    low: int
    high: int
    openings: int
    education: str
    boilerplate: tuple[str, ...]

    @property
    def company(self) -> str:
        return f"{self.city}市{self.name}有限公司"


def draw_job(dice: Random, title: str = "") -> Job:
    title = title or dice.choice(sorted(JOBS))
    city, town = dice.choice(TOWNS)
    low = dice.randrange(36, 70) * 100
    return Job(
        name=dice.choice(NAMES) + dice.choice(TRADES),
        city=city,
        town=town,
        title=title,
        sentences=tuple(dice.sample(JOBS[title], dice.randrange(3, len(JOBS[title]) + 1))),
        low=low,
        high=low + dice.randrange(5, 30) * 100,
        openings=dice.choice((1, 2, 3, 5, 8, 10, 15, 20, 30, 50)),
        education=dice.choice(EDUCATION),
        boilerplate=tuple(dice.sample(BOILERPLATE, 2)),
    )


def typed(dice: Random, job: Job) -> Typed:
    """As the first organisation types it."""
    return Typed(
        employer=job.company,
        title=job.title,
        place=dice.choice((f"{job.city}市{job.town}", f"{job.city}·{job.town}", job.town)),
        salary=dice.choice((f"{job.low}-{job.high}", f"{job.low}-{job.high}元/月", f"{job.low}~{job.high}元")),
        openings=dice.choice((f"{job.openings}", f"{job.openings}人", f"招{job.openings}名")),
        education=job.education,
        employment="",
        duties="；".join(job.sentences) + "。" + "".join(f"{line}。" for line in job.boilerplate),
    )


def copied(dice: Random, job: Job) -> Typed:
    """As another organisation types it: other forms of place, pay and number, the text shortened or relabelled."""
    row = typed(dice, job)
    chance = dice.random()
    if chance < 0.2:
        kept = job.sentences[: max(2, len(job.sentences) * 2 // 3)]
        row = replace(row, duties="；".join(kept) + "。")
    elif chance < 0.4:
        row = replace(row, duties="岗位职责：\n" + "\n".join(f"{n}、{s}；" for n, s in enumerate(job.sentences, 1)))
    elif chance < 0.5:
        row = replace(row, duties=row.duties.replace("，", " "))
    if dice.random() < 0.15:
        row = replace(row, openings="若干")
    if dice.random() < 0.2:
        row = replace(row, education="不限")
    if dice.random() < 0.3:
        row = replace(row, salary=f"{job.low / 1000:g}-{job.high / 1000:g}千/月")
    return row


def same_dressed(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    dress = dice.choice(("急聘{}", "{}（急）", "高薪诚聘{}", "{}（包吃住）", "{} 5名", "诚招{}（五险一金）"))
    return typed(dice, job), replace(copied(dice, job), title=dress.format(job.title))


def same_employer_form(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    name = dice.choice(
        [
            f"{job.name}（{job.city}）有限公司",
            f"{job.city}{job.name}有限公司",
            f"{job.name}有限公司",
            f"{job.city}市{job.town}{job.name}有限公司",
            f"广东省{job.company}",
            f"{job.city}市{job.name}有限责任公司",
        ]
    )
    return typed(dice, job), replace(copied(dice, job), employer=name)


def same_employer_short(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    return typed(dice, job), replace(copied(dice, job), employer=dice.choice((job.name, f"{job.city}{job.name}")))


def same_spelled_otherwise(dice: Random) -> tuple[Typed, Typed]:
    one, other = dice.choice(SPELLED)
    job = draw_job(dice, one)
    return typed(dice, job), replace(copied(dice, job), title=other)


def same_other_word(dice: Random) -> tuple[Typed, Typed]:
    one, other = dice.choice(ALIKE)
    job = draw_job(dice, one)
    return typed(dice, job), replace(copied(dice, job), title=other)


def same_city_only(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    return typed(dice, job), replace(copied(dice, job), place=f"{job.city}市")


def same_pay_revised(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    raised = replace(job, high=job.high + dice.choice((200, 300, 500)))
    return typed(dice, job), replace(copied(dice, raised), employer=f"{job.city}{job.name}有限公司")


def same_with_a_slip(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    right, wrong = dice.choice([slip for slip in SLIPS if slip[0] in job.name])
    row = replace(typed(dice, job), employer=job.company.replace(right, wrong, 1))
    return typed(dice, job), row


def same_by_agency(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    row = typed(dice, job)
    words = dice.choice(("用工单位：{}。", "派往{}上班。", "实际用工单位：{}；")).format(job.company)
    return row, replace(copied(dice, job), employer=agency(dice, job), duties=words + row.duties)


def same_by_two_agencies(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    first, second = dice.sample(AGENCIES, 2)
    text = f"代招{job.company}。" if dice.random() < 0.6 else ""
    row = typed(dice, replace(job, sentences=tuple(JOBS[job.title])))
    one = replace(row, employer=f"{job.city}市{first}", duties=text + row.duties)
    return one, replace(one, employer=f"{job.city}市{second}", title=f"急聘{job.title}")


def same_without_duties(dice: Random) -> tuple[Typed, Typed]:
    """Half of the sheets have no column for duties."""
    job = draw_job(dice)
    row = replace(copied(dice, job), employer=f"{job.name}有限公司", duties="")
    return typed(dice, job), row


def same_with_other_pay_words(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    words = dice.choice(("面议", f"{job.low}元以上", f"{job.low}起", f"{job.low + 200}-{job.high}"))
    return typed(dice, job), replace(copied(dice, job), employer=f"{job.city}{job.name}有限公司", salary=words)


def same_told_in_other_words(dice: Random) -> tuple[Typed, Typed]:
    """The other clerk keeps what the work is and writes the rest herself."""
    job = draw_job(dice)
    own = dice.sample([s for s in JOBS[job.title] if s not in job.sentences] or ["按时完成上级交办的工作"], 1)
    told = (*job.sentences[:2], *own)
    copy = copied(dice, replace(job, sentences=told))
    return typed(dice, job), replace(copy, employer=f"{job.city}{job.name}有限公司")


def same_with_a_slip_in_the_title(dice: Random) -> tuple[Typed, Typed]:
    """One in ten of a kind: nobody can know it from another job, so it is missed."""
    if dice.random() < 0.9:
        return same_dressed(dice)
    job = draw_job(dice)
    return typed(dice, job), replace(copied(dice, job), title=job.title[:-1] + "元")


def other_job_of_the_employer(dice: Random) -> tuple[Typed, Typed]:
    """The same boilerplate and pay, often the very same text."""
    job = draw_job(dice)
    title = dice.choice([t for t in sorted(JOBS) if not alike(t, job.title)])
    sentences = job.sentences if dice.random() < 0.5 else tuple(JOBS[title])
    return typed(dice, job), typed(dice, replace(job, title=title, sentences=sentences))


def same_title_in_two_towns(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    city, town = dice.choice([place for place in TOWNS if place[1] != job.town])
    return typed(dice, job), replace(copied(dice, replace(job, city=city, town=town)), employer=job.company)


def neighbouring_title(dice: Random) -> tuple[Typed, Typed]:
    one, other = dice.choice(NEIGHBOURS)
    job = draw_job(dice)
    return replace(typed(dice, job), title=one), replace(copied(dice, job), title=other)


def other_employer_of_nearly_the_name(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    name, trade = job.name[:-2], job.name[-2:]
    if dice.random() < 0.5:
        similar = name + dice.choice([t for t in TRADES if t != trade])
    else:
        similar = dice.choice([n for n in NAMES if n[0] == name[0] and n != name] or ["鸿鹄"]) + trade
    sentences = tuple(dice.sample(JOBS[job.title], 3)) if dice.random() < 0.7 else job.sentences[:1]
    if sentences == job.sentences:
        sentences = sentences[:1]
    return typed(dice, job), typed(dice, replace(job, name=similar, sentences=sentences))


def other_line_of_the_employer(dice: Random) -> tuple[Typed, Typed]:
    """普工 and 操作工 are two jobs here: the duties say so."""
    one, other = dice.choice((("普工", "操作工"), ("普工", "作业员"), ("质检员", "QC检验员"), ("普工", "装配工")))
    job = draw_job(dice, one)
    unlike = dice.choice([title for title in sorted(JOBS) if not alike(title, one)])
    return typed(dice, job), typed(dice, replace(job, title=other, sentences=tuple(JOBS[unlike])))


def two_clients_of_one_agency(dice: Random) -> tuple[Typed, Typed]:
    one, other = draw_job(dice), draw_job(dice)
    other = replace(other, title=one.title, city=one.city, town=one.town, low=one.low, high=one.high)
    first, second = dice.sample(AGENCIES, 2)
    rows = [
        replace(row, employer=f"{one.city}市{name}", duties=f"用工单位：{job.company}。{row.duties}")
        for name, job, row in ((first, one, typed(dice, one)), (second, other, typed(dice, other)))
    ]
    return rows[0], rows[1]


def two_agencies_with_little_to_say(dice: Random) -> tuple[Typed, Typed]:
    job = replace(draw_job(dice), sentences=())
    first, second = dice.sample(AGENCIES, 2)
    words = dice.choice(("服从安排。", "负责产线工作。", "工厂直招，包吃包住。", ""))
    row = replace(typed(dice, job), duties=words)
    return replace(row, employer=f"{job.city}市{first}"), replace(row, employer=f"{job.city}市{second}")


def agency_and_another_employer(dice: Random) -> tuple[Typed, Typed]:
    """The agency's client is not this employer."""
    job, client = draw_job(dice), draw_job(dice)
    row = typed(dice, job)
    return row, replace(row, employer=agency(dice, job), duties=f"用工单位：{client.company}。{row.duties}")


def other_work_somewhere_in_the_city(dice: Random) -> tuple[Typed, Typed]:
    """One row names only the city; pay and duties are those of another plant."""
    job = draw_job(dice)
    title = dice.choice([t for t in sorted(JOBS) if not alike(t, job.title)])
    elsewhere = replace(job, low=job.high + 400, high=job.high + 1500, sentences=tuple(JOBS[title]))
    return typed(dice, job), replace(typed(dice, elsewhere), title=job.title, place=f"{job.city}市")


def other_job_for_the_client(dice: Random) -> tuple[Typed, Typed]:
    """The agency writes for this very employer, about another job."""
    one, other = same_by_agency(dice)
    title = dice.choice([t for t in sorted(JOBS) if not alike(t, one.title)])
    return one, replace(other, title=title)


def alike_title_and_nothing_but_boilerplate(dice: Random) -> tuple[Typed, Typed]:
    one, other = dice.choice((("普工", "操作工"), ("质检员", "QC检验员"), ("车位工", "缝纫工"), ("普工", "装配工")))
    job = replace(draw_job(dice, one), sentences=())
    dearer = replace(job, low=job.low + 500, high=job.high + 700, openings=job.openings + 1)
    return typed(dice, job), typed(dice, replace(dearer, title=other))


def part_time_beside_full_time(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    row = copied(dice, replace(job, low=job.low // 2 // 100 * 100, high=job.high // 2 // 100 * 100))
    return typed(dice, job), replace(row, employment="兼职", title=f"兼职{job.title}")


def another_employer_in_the_same_town(dice: Random) -> tuple[Typed, Typed]:
    job = draw_job(dice)
    return typed(dice, job), typed(dice, replace(job, name=draw_job(dice).name + "二"))


def agency(dice: Random, job: Job) -> str:
    return f"{job.city}市{dice.choice(AGENCIES)}"


def alike(one: str, other: str) -> bool:
    """Names of one trade: whether two rows of them are one job is not for a title to say."""
    groups = ("普工 装配工 包装工", "质检员 仓管员", "外贸业务员", "保安员", "人事专员 文员")
    return one == other or any(one in group.split() and other in group.split() for group in groups)


SAME: tuple[Callable[[Random], tuple[Typed, Typed]], ...] = (
    same_dressed,
    same_employer_form,
    same_employer_short,
    same_spelled_otherwise,
    same_other_word,
    same_city_only,
    same_pay_revised,
    same_with_a_slip,
    same_by_agency,
    same_by_two_agencies,
    same_without_duties,
    same_with_other_pay_words,
    same_told_in_other_words,
    same_with_a_slip_in_the_title,
)
OTHER: tuple[Callable[[Random], tuple[Typed, Typed]], ...] = (
    other_job_of_the_employer,
    same_title_in_two_towns,
    neighbouring_title,
    other_employer_of_nearly_the_name,
    other_line_of_the_employer,
    two_clients_of_one_agency,
    two_agencies_with_little_to_say,
    agency_and_another_employer,
    other_job_for_the_client,
    other_work_somewhere_in_the_city,
    alike_title_and_nothing_but_boilerplate,
    part_time_beside_full_time,
    another_employer_in_the_same_town,
)


def write(path: Path, seed: int = 2026) -> None:
    headings = ["part", "same", "kind", *(f"{side}_{field}" for side in "ab" for field in FIELDS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(headings)
        for same, kinds in ((1, SAME), (0, OTHER)):
            for kind in kinds:
                dice = Random(f"{seed}/{kind.__name__}")
                for number in range(PAIRS_OF_A_KIND):
                    pair = kind(dice)
                    if dice.random() < 0.5:
                        pair = (pair[1], pair[0])
                    values = [getattr(row, field) for row in pair for field in FIELDS]
                    out.writerow(["training" if number % 2 else "holdout", same, kind.__name__, *values])


if __name__ == "__main__":
    write(Path(__file__).with_name("duplicate_pairs.csv"))
