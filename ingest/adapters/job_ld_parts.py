"""The parts of a JobPosting that have a structure of their own: pay, place, requirements.

In: what stands at a property, as an object, a list or plain words. Out: text as our normalisers read it.
"""

from collections.abc import Mapping
from typing import Any

from ingest.adapters.page_fields import node_text, parse
from ingest.table.cells import cell_text

UNITS = {"HOUR": "小时", "DAY": "天", "WEEK": "周", "MONTH": "月", "YEAR": "年"}
EMPLOYMENT = {
    "FULL_TIME": "全职",
    "PART_TIME": "兼职",
    "CONTRACTOR": "劳务派遣",
    "TEMPORARY": "临时",
    "INTERN": "实习",
    "PER_DIEM": "临时",
}
EDUCATION = {
    "high school": "高中",
    "associate degree": "大专",
    "bachelor degree": "本科",
    "professional certificate": "中专",
    "postgraduate degree": "硕士",
    "no requirements": "不限",
}
_YUAN = {"", "CNY", "RMB", "¥", "￥", "元"}


def words(value: object) -> str:
    """Plain words, of a list joined with 、; of an object its name."""
    if isinstance(value, list):
        return "、".join(text for each in value if (text := words(each)))
    if isinstance(value, Mapping):
        return words(value.get("name") or value.get("@value") or value.get("value"))
    if isinstance(value, bool) or value is None:
        return ""
    return value.strip() if isinstance(value, str) else cell_text(value) if isinstance(value, int | float) else ""


def plain_text(markup: str) -> str:
    """Descriptions are HTML, sometimes twice: <p>1. …</p>."""
    for _ in range(2):
        if "<" not in markup and "&" not in markup:
            break
        tree = parse(markup)
        markup = node_text(tree.body) if tree.body else ""
    return markup


def pay(value: object) -> str:
    """5000-6000元/月; what is not in yuan says so, and is then for a person to read."""
    if isinstance(value, list):
        return next((text for each in value if (text := pay(each))), "")
    if not isinstance(value, Mapping):
        return words(value)
    inner = value.get("value")
    amounts: Mapping[str, Any] = inner if isinstance(inner, Mapping) else value
    low, high = words(amounts.get("minValue")), words(amounts.get("maxValue"))
    single = words(amounts.get("value"))
    if not (low or high):
        low = high = single
    if not (low or high) or not (low + high).replace(".", "").isdigit():
        return low or high
    span = low if low == high else f"{low}-{high}" if low and high else f"{low}以上" if low else f"{high}以下"
    currency = (words(value.get("currency")) or words(value.get("currencyCode"))).upper()
    unit = UNITS.get((words(amounts.get("unitText")) or words(value.get("unitText"))).upper(), "")
    figure = span.replace("以", "元以") if "以" in span else f"{span}{'元' if currency in _YUAN else currency}"
    return f"{figure}/{unit}" if unit else figure


def place(value: object) -> tuple[str, str]:
    """(region and locality, street)."""
    if isinstance(value, list):
        return next((found for each in value if any(found := place(each))), ("", ""))
    address: object = value.get("address") or value.get("name") if isinstance(value, Mapping) else value
    if isinstance(address, list):
        return place(address[0]) if address else ("", "")
    if not isinstance(address, Mapping):
        return words(address), ""
    parts = [words(address.get(name)) for name in ("addressRegion", "addressLocality")]
    street = words(address.get("streetAddress"))
    area = "".join(dict.fromkeys(part for part in parts if part))
    return (area, street) if area else (street, "")


def education(value: object) -> str:
    if isinstance(value, list):
        return "、".join(text for each in value if (text := education(each)))
    said = words(value.get("credentialCategory")) or words(value) if isinstance(value, Mapping) else words(value)
    return EDUCATION.get(said.casefold(), said)


def experience(value: object) -> str:
    """Months become years, as job boards mean them."""
    if isinstance(value, Mapping) and (months := words(value.get("monthsOfExperience"))).isdecimal():
        return f"{round(int(months) / 12)}年" if int(months) >= 12 else f"{int(months)}个月" if int(months) else "不限"
    said = words(value)
    return "不限" if said.casefold() == "no requirements" else said


def employment(value: object) -> str:
    known = value if isinstance(value, list) else [value]
    return "、".join(EMPLOYMENT.get(text.upper(), text) for each in known if (text := words(each)))
