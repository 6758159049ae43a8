"""Personal data in free text (个人信息): what a form that asks for numbers of people must refuse.

In: what somebody typed. Out: a Chinese sentence that names what was found and what to do, "" when there is nothing.
Refuses more than it must: a supply notice never needs a name, a telephone or an identity number.
"""

import re
import unicodedata

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "廖贾夏韦傅邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤欧阳温詹"
)
_NO_NAME_ENDS = "工员师手士长匠人岗班县镇市区家店厂等上下前后"  # 陈列员, 江边…: words, not names
_FOUND = (
    (re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"), "身份证号"),
    (re.compile(r"(?<!\d)(?:86[ .·_-]?)?1[3-9]\d(?:[ .·_-]?\d){8}(?!\d)"), "手机号"),
    (re.compile(r"[一幺][三四五六七八九](?:[ .·_-]?[〇零○一幺二三四五六七八九]){9}"), "手机号"),
    (re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"), "电话号码"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "邮箱"),
    (re.compile(r"(?:微信|QQ|qq|VX|vx)(?:号|群)?\s*[::]?\s*[A-Za-z0-9_-]{5,}"), "微信或 QQ 号"),
    (re.compile(r"(?:联系人|姓名|名单|负责人|经办人)\s*[::为是]\s*[\u4e00-\u9fff]{2,4}"), "姓名"),
    (re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐|同志|书记|主任|局长|师傅)"), "姓名"),
)
_DAYS = re.compile(r"20\d\d([-./])\d{1,2}\1\d{1,2}")  # 招 150 人 2026-03-15 到岗 is no number to call
_BETWEEN = re.compile(r"[、,,;;/\s]+")


def find_personal(text: str) -> str:
    plain = _DAYS.sub("某日", unicodedata.normalize("NFKC", text))
    for pattern, what in _FOUND:
        if found := pattern.search(plain):
            return _refusal(what, found[0])
    names = _names_in_a_row(plain)
    return _refusal("姓名", "、".join(names)) if names else ""


def _names_in_a_row(text: str) -> list[str]:
    """Two or more words side by side that look like names."""
    row: list[str] = []
    for word in [*_BETWEEN.split(text), ""]:
        if _looks_like_name(word):
            row.append(word)
        elif len(row) > 1:
            return row
        else:
            row = []
    return []


def _looks_like_name(word: str) -> bool:
    return 2 <= len(word) <= 3 and word[0] in _SURNAMES and word[-1] not in _NO_NAME_ENDS and word.isalpha()


def _refusal(what: str, found: str) -> str:
    return f"这里像是写了{what}（“{found}”）。这里不写任何人的姓名、电话和证件号，请删去。"
