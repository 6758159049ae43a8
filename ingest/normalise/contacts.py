"""Contacts (联系人、联系电话), and keeping them out of every other text.

In: the contact cells, and texts for everyone. Out: `Contact`; texts with phone numbers, WeChat and QQ ids, mail
addresses and named contact persons replaced by MASK, because contacts reach neither index nor feeds.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from exchange.content import Contact
from ingest.normalise.text import is_blank, squeeze

MASK = "（联系方式见平台）"
SHORTEST = 5  # characters of the shortest contact: QQ12345 without its label
_GAP = "[-\u2010-\u2015－ ]?"
PHONE = re.compile(
    rf"(?<!\d)(?:\+?86{_GAP})?[1１][3-9３-９]\d(?:{_GAP}\d{{4}}){{2}}(?!\d)"
    rf"|(?<!\d)[（(]?[0０]\d{{2,3}}[)）]?{_GAP}[2-9２-９]\d{{2,3}}{_GAP}\d{{4}}(?:(?:{_GAP}|转|分机)\d{{1,5}})?(?!\d)"
    rf"|(?<!\d)[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}(?!\d)"
)
_ACCOUNT = re.compile(
    r"(?:加?微信|VX|V信|薇信|weixin|wechat|企鹅|QQ群|QQ|扣扣)(?:同?号码?|同号|咨询|联系)?(?:是|为)?\s*[:：]?\s*(?=[A-Za-z0-9_\-]{5,20})[A-Za-z]*[0-9_\-][A-Za-z0-9_\-]*"
    r"|(?:微信|VX|V信|QQ)号?\s*[:：]\s*[A-Za-z][A-Za-z0-9_\-]{4,19}"
    r"|[A-Za-z0-9_.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
    re.IGNORECASE,
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温欧"
)
_PERSON = re.compile(
    rf"(?<=联系人)\s*[:：]?\s*(?:[{_SURNAMES}][一-鿿]{{0,2}}|[一-鿿]{{1,3}}(?:先生|女士|小姐|经理|主管|主任|老师|厂长|部长))(?=[^一-鿿]|$|电话|手机|联系)"
    rf"|[{_SURNAMES}](?:[一-鿿]{{1,2}})?(?:先生|女士|小姐|经理|主管|主任|老师|厂长|部长|生|姐)(?=[:：,，、\s]*(?:电话|手机|微信|联系电话)?[:：,，\s]*[（(]联系方式见平台)"
)
_SUSPECT = re.compile(r"\d{4}|联系人|微信|薇信|扣扣|企鹅|QQ|VX|V信|weixin|wechat|@", re.IGNORECASE)
_REPEATED = re.compile(rf"{MASK}(?:[、,，/;；或\s]*{MASK})+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?(\d{1,2})")
_DECIMAL = re.compile(r"(?<!\d)(\d{7,12})\.0+(?!\d)")


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    phones: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def mask_contacts(text: str) -> Masked:
    """A text without contacts, and the phone numbers and ids taken out of it."""
    if len(text) < SHORTEST or not _SUSPECT.search(text):
        return Masked(text)
    phones = tuple(squeeze(found[0]) for found in (*PHONE.finditer(text), *_ACCOUNT.finditer(text)))
    masked = _ACCOUNT.sub(MASK, PHONE.sub(MASK, text))
    masked = _PERSON.sub(MASK, masked)
    return Masked(_REPEATED.sub(MASK, masked), phones)


def read_contact(person: str, phone: str, found: tuple[str, ...] = ()) -> Contact:
    """The contact cells; a phone typed beside the name moves over, and `found` fills an empty phone."""
    number = "" if is_blank(phone) else _read_phone(phone)
    name = "" if is_blank(person) else squeeze(person)
    beside = PHONE.findall(name) if len(name) > 7 else []
    if beside:
        name = squeeze(PHONE.sub(" ", name)).strip(" :：,，、/()（）")
        number = number or " ".join(beside)
    return Contact(name, number or " ".join(dict.fromkeys(found)))


@lru_cache(maxsize=8192)
def _read_phone(text: str) -> str:
    """Phones as written; numbers that a spreadsheet turned into 1.38E+10 or 13800000000.0 are put right."""
    text = squeeze(text)
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific and int(scientific[1]) <= 12:
        return str(int(float(text)))
    return _DECIMAL.sub(r"\1", text)
