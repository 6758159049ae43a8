"""An article for the bureaus' WeChat account (公众号): HTML whose looks survive pasting, and the same as plain text.

In: a head and lines in the order of their places. Out: text. Every look is an inline style on p, section, span and
strong, which the editor keeps; there are no classes, tables, scripts, links or pictures, which it throws away.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from exchange.documents.handout_lines import HandoutHead, HandoutLine, by_place

_BODY = "font-size:16px;line-height:1.75;color:#1b1f1d;letter-spacing:0.3px;"
_TITLE = "font-size:22px;font-weight:bold;text-align:center;margin:0 0 8px;line-height:1.4;"
_SUBTITLE = "font-size:14px;color:#56605b;text-align:center;margin:0 0 24px;"
_PLACE = (
    "font-size:18px;font-weight:bold;color:#084f39;margin:28px 0 12px;padding:6px 12px;"
    "background-color:#e6f2ed;border-left:4px solid #0b6e4f;"
)
_CARD = "margin:0 0 14px;padding:12px 14px;border:1px solid #dbe1de;border-radius:8px;"
_JOB = "font-size:17px;font-weight:bold;margin:0;"
_PAY = "font-size:17px;font-weight:bold;color:#b34700;margin:2px 0;"
_FACTS = "font-size:15px;margin:0;"
_SMALL = "font-size:13px;color:#56605b;margin:4px 0 0;"
_END = "font-size:14px;color:#56605b;margin:24px 0 0;"


def article_html(head: HandoutHead, lines: Sequence[HandoutLine], more: str) -> str:
    """A whole page; what is pasted is its body. `more`: the address where all of it can be read."""
    parts = [_paragraph(_TITLE, head.title), _paragraph(_SUBTITLE, head.subtitle)]
    if head.demonstration:
        parts.append(_paragraph(_SUBTITLE, "演示数据，岗位均为虚构，请勿前往应聘。"))
    for place, group in by_place(lines):
        parts.append(_paragraph(_PLACE, f"{place}（{len(group)} 个岗位）"))
        parts += [_card(line) for line in group]
    parts += [_paragraph(_END, f"更多岗位和联系电话：{more}"), _paragraph(_END, head.footer)]
    body = Markup("\n").join(parts)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(head.title)}</title></head>\n'
        f'<body>\n<section style="{_BODY}">\n{body}\n</section>\n</body></html>\n'
    )


def article_text(head: HandoutHead, lines: Sequence[HandoutLine], more: str) -> str:
    told = [head.title, head.subtitle, ""]
    if head.demonstration:
        told[2:] = ["演示数据，岗位均为虚构，请勿前往应聘。", ""]
    for place, group in by_place(lines):
        told.append(f"【{place}】{len(group)} 个岗位")
        for number, line in enumerate(group, 1):
            told += [f"{number}. {line.title}　{line.pay}", f"   {line.employer}", f"   {line.facts}"]
            told += [f"   来源：{line.provider}　有效到 {line.valid_until}　编号 {line.id}", ""]
    return "\n".join([*told, f"更多岗位和联系电话：{more}", head.footer, ""])


def _card(line: HandoutLine) -> Markup:
    inside = [
        _paragraph(_JOB, line.title),
        _paragraph(_PAY, line.pay),
        _paragraph(_FACTS, line.employer),
        _paragraph(_FACTS, line.facts),
        _paragraph(_SMALL, f"来源：{line.provider}　有效到 {line.valid_until}　编号 {line.id}"),
    ]
    return Markup(f'<section style="{_CARD}">') + Markup("").join(inside) + Markup("</section>")


def _paragraph(style: str, words: str) -> Markup:
    return Markup('<p style="{}">{}</p>').format(style, words)
