"""Chinese numerals (汉字数字) in front of units: 五千, 三千五, 一万二, 两年, 十人.

In: folded text. Out: the same text with those numerals as digits. Words such as 一线 or 三班倒 stay.
"""

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_SAID = "零〇一二两三四五六七八九十百"
_SIGNS = frozenset(_SAID)
_NUMERAL = re.compile(
    rf"(?<![\d.])[{_SAID}](?:[{_SAID}千万]*[十百千万][{_SAID}]*|[{_SAID}]*)(?=(?:多|余)?(?:元|块|年|人|名|位|岁|周岁|个|天|日|月|以|-|至|到|左右|起|$|/|\+))"
)
_THOUSANDS = re.compile(rf"(?<![\d.])[{_SAID}]+[千万][{_SAID}千百]*")


def numeral_value(text: str) -> int:
    """五千 → 5000, 一万二 → 12000, 三千五 → 3500, 二十 → 20."""
    total, current, last_power = 0, 0, 1
    section = 0
    for sign in text:
        if sign in _DIGITS:
            current = current * 10 + _DIGITS[sign] if last_power == 1 and current else _DIGITS[sign]
            if sign in "零〇":
                last_power = 1
            continue
        power = _POWERS[sign]
        if power == 10000:
            total, section, current = (section + current) * power, 0, 0
        else:
            section, current = section + (current or 1) * power, 0
        last_power = power
    if current and last_power >= 100 and text[-2] in _POWERS:
        current *= last_power // 10  # 三千五 is 3500, 一万二 is 12000
    return total + section + current


def with_digits(text: str) -> str:
    """Numerals with 千 or 万, and those before a unit of people, time or money, written as digits."""
    if _SIGNS.isdisjoint(text):
        return text
    text = _THOUSANDS.sub(lambda found: str(numeral_value(found[0])), text)
    return _NUMERAL.sub(lambda found: str(numeral_value(found[0])), text)
