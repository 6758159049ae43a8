"""What people see of the stand-in site: a list of its addresses, at / and on the terminal.

In: a world. Out: a page, or lines of text.
"""

from collections.abc import Iterator
from html import escape

from tests.site.answers import Answer, html
from tests.site.faults import FAULTS
from tests.site.routes import ROUTES
from tests.site.world import World

_WIDTH = 40  # of a path on the terminal


def front_page(world: World) -> Answer:
    places = "\n".join(
        f'<tr><td><a href="{escape(route.example)}">{escape(route.example)}</a></td>'
        f"<td>{escape(route.what)}（{len(world.listed(route.channel))} 条）</td><td>{escape(route.suits)}</td></tr>"
        for route in ROUTES
        if route.example
    )
    faults = "\n".join(f"<li>/fault/{kind}/…：{escape(words)}</li>" for kind, (_, words) in FAULTS.items())
    return html(
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>替身站点</title></head>\n<body>\n'
        f"<h1>替身站点：{world.today}</h1>\n<p>单位、岗位和电话均为虚构，供试验来源设置用。"
        f'</p>\n<form method="post" action="/tomorrow"><button>过一天</button></form>\n<table>\n{places}\n</table>\n'
        f"<h2>故障：在地址前加上</h2>\n<ul>\n{faults}\n</ul>\n</body></html>\n"
    )


def lines(address: str) -> Iterator[str]:
    """For the terminal: one a line, what it is and which adapter it suits."""
    yield f"替身站点：{address}/"
    for route in ROUTES:
        if route.example:
            yield f"  {address}{route.example:<{_WIDTH}} {route.what}；适合 {route.suits}"
    yield f"  {address}{'/robots.txt':<{_WIDTH}} 爬虫规则"
    yield f"  {address}{'/tomorrow':<{_WIDTH}} 过一天（POST，首页上有按钮）：有新增、更正和撤下的岗位"
    yield "故障写在任何路径前面："
    for kind, (_, words) in FAULTS.items():
        yield f"  {address}{f'/fault/{kind}/dg/api/jobs':<{_WIDTH}} {words}"
