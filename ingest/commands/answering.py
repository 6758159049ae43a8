"""`guanshao search`, `count`, `verify`: questions to the index and the ledger."""

from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain, islice

import click

from config.words import Direction, Uncounted, label
from exchange.clock import LOCAL, iso, local_day
from exchange.counting import Count
from exchange.indexing import documents_of, follow
from exchange.schemas.counting import count_to_json
from exchange.schemas.posting import posting_to_json
from exchange.store.counting import count as count_year
from exchange.store.reading import find_views
from exchange.store.reports_verifying import compare_report_files
from exchange.store.verifying import Replay, verify_evidence, verify_index, verify_store
from ingest.commands.explaining import explanation_lines
from ingest.commands.opening import as_json, open_here, print_json
from search.explanations import Explanation
from search.requests import SearchRequest

_DIFFERENCES_SHOWN = 20


@click.command()
@click.argument("query")
@click.option("--direction", type=click.Choice([str(d) for d in Direction]), help="流向。")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="最多显示几条。")
@click.option("--explain", is_flag=True, help="说明每个岗位的得分从何而来。")
@as_json
def search(query: str, direction: str | None, limit: int, explain: bool, as_json: bool) -> None:
    """搜岗位，例如：guanshao search "长安 普工 5000以上 包住"。"""
    exchange = open_here()
    follow(exchange, wait=0)
    filters: dict[str, tuple[str, ...]] = {"direction": (direction,)} if direction else {}
    request = SearchRequest(exchange.today, q=query, filters=filters, page_size=limit)
    result = exchange.reader.search(request)
    with exchange.store.read() as session:
        views = [v for v in find_views(session, [hit.id for hit in result.hits]) if v.is_open(exchange.today)]
    explained: dict[str, Explanation] = {}
    if explain:
        documents = documents_of(exchange, [view.id for view in views])
        explained = {one.id: one for one in exchange.reader.explain(request, documents)}
    if as_json:
        items = [posting_to_json(view, exchange.today, exchange.settings.exchange_id) for view in views]
        found = {"total": result.total, "openings": result.openings, "items": items, "relaxed": result.relaxed}
        reasons = [asdict(explained[view.id]) for view in views if view.id in explained]
        print_json(found | ({"explanations": reasons} if explain else {}))
        return
    click.echo(f"共 {result.total:,} 个岗位，招 {result.openings:,} 人")
    for note in result.relaxed:
        click.echo(note)
    for view in views:
        shown = posting_to_json(view, exchange.today, exchange.settings.exchange_id)
        click.echo(f"{view.id}  {shown['title']}  {shown['salary']['text'] or '—'}")
        click.echo(
            " · ".join((f"{'':12}  {shown['employer']['name']}", shown["division"]["name"], shown["source"]["name"]))
        )
        for line in explanation_lines(explained[view.id]) if view.id in explained else ():
            click.echo(f"{'':12}  {line}")


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="年份，默认今年。")
@click.option("--as-of", help="当时的数，例如 2026-06-30 或 2026-06-30T18:00:00+08:00。")
@as_json
def count(year: int | None, as_of: str | None, as_json: bool) -> None:
    """全年任务完成了多少，各组团多少，没计数的为什么。"""
    moment = _moment(as_of) if as_of else None
    exchange = open_here()
    now = exchange.store.clock()
    with exchange.store.read() as session:
        counted = count_year(session, year or local_day(moment or now).year, now, moment)
    if as_json:
        print_json(count_to_json(counted))
    else:
        _print_count(counted)


def _moment(text: str) -> datetime:
    """A day means its end; a time without offset is local."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"看不懂的时间 {text}，请写成 2026-06-30 或 2026-06-30T18:00:00+08:00") from None
    if len(text) == len("2026-06-30"):
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return (moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)).astimezone(UTC)


def _print_count(counted: Count) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"{counted.year} 年，截至 {iso(counted.as_of)}，台账序号 {counted.ledger_sequence}", markup=False)
    table = Table("任务", "完成 / 目标", "完成率", "应达", "招聘人数", "预计年末")
    for row in counted.commitments:
        expected = row.forecast
        end = f"{expected.value:,}（{expected.low:,}–{expected.high:,}）" if expected else "—"
        table.add_row(
            row.name,
            f"{row.counted:,} / {row.goal:,}",
            f"{row.percent} %",
            f"{row.expected_percent} %",
            f"{row.openings:,}",
            end,
        )
    console.print(table)
    clusters = Table("组团", "流向", "岗位", "招聘人数")
    for cluster in counted.clusters:
        if cluster.postings:
            direction = label(Direction(cluster.direction))
            clusters.add_row(cluster.name, direction, f"{cluster.postings:,}", f"{cluster.openings:,}")
    console.print(clusters)
    for reason, number in counted.uncounted.items():
        console.print(f"未计数 {label(Uncounted(reason))}：{number:,}", markup=False)


@click.command()
@as_json
def verify(as_json: bool) -> None:
    """从台账重算一切并与库、索引比对；有差异时列出最先发现的几处并以 1 退出。"""
    exchange = open_here()
    replay = Replay()
    with exchange.store.read() as session:
        differences = list(islice(verify_store(session, replay), _DIFFERENCES_SHOWN))
        if not differences:
            files = chain(
                verify_evidence(session, exchange.files_folder), compare_report_files(session, exchange.files_folder)
            )
            differences = list(islice(files, _DIFFERENCES_SHOWN))
        if not differences:
            differences = list(islice(verify_index(session, exchange.reader.ids()), _DIFFERENCES_SHOWN))
    if as_json:
        print_json({"ok": not differences, "pages": replay.pages, "events": replay.events, "differences": differences})
    elif differences:
        click.echo("\n".join(differences), err=True)
    else:
        click.echo(f"一致：{replay.pages:,} 页、{replay.events:,} 个事件，库、计数与索引都与台账相符。")
    if differences:
        raise click.exceptions.Exit(1)
