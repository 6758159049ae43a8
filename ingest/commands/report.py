"""`guanshao report`: a cluster's or the office's report of any quarter, half or year, as Word, Excel or PDF."""

from pathlib import Path

import click

from ingest.commands.opening import as_json, open_here, print_json


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="年份。")
@click.option("--quarter", type=click.IntRange(1, 4), help="季度；不写季度和半年就是全年。")
@click.option("--half", type=click.IntRange(1, 2), help="半年：1 上半年，2 下半年。")
@click.option("--cluster", default="", help="组团代码，例如 c01；不写就是指挥部办公室的两市汇总。")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help=".docx、.xlsx 或 .pdf。")
@as_json
def report(year: int, quarter: int | None, half: int | None, cluster: str, output: Path, as_json: bool) -> None:
    """季度、半年、年度报告，写成 Word、Excel 或 PDF。数据取期末快照；没有快照就按期末的台账重算。"""
    from exchange.clock import iso, local_day
    from exchange.documents.report_files import report_file
    from exchange.documents.report_fonts import NoFont
    from exchange.documents.report_parts import KINDS
    from exchange.periods import PeriodKind, period_of
    from exchange.reports.gathering import UnknownSubject, gather_content
    from exchange.reports.period import Subject
    from exchange.store.report_basis import find_basis

    if quarter and half:
        raise click.UsageError("--quarter 和 --half 只能写一个。")
    kind = output.suffix.lower().lstrip(".")
    if kind not in KINDS:
        raise click.BadParameter(f"{output.name} 应以 .docx、.xlsx 或 .pdf 结尾", param_hint="--output")
    word = PeriodKind.QUARTER if quarter else PeriodKind.HALF if half else PeriodKind.YEAR
    subject = Subject(period_of(year, word, quarter or half or 1), cluster)
    exchange = open_here()
    now = exchange.store.clock()
    if local_day(now) < subject.period.first:
        raise click.BadParameter(f"{subject.period.words}还没有开始", param_hint="--year")
    try:
        with exchange.store.read() as session:
            content = gather_content(session, subject, find_basis(session, subject.period, now), now)
        made = report_file(content, kind, exchange.settings.pdf_font)
    except UnknownSubject as fault:
        raise click.BadParameter(f"没有组团 {fault}", param_hint="--cluster") from None
    except NoFont as fault:
        raise click.ClickException(str(fault)) from None
    try:
        output.write_bytes(made)
    except OSError as fault:
        raise click.ClickException(f"{output} 写不进去：{fault.strerror}。") from fault
    told = {
        "report": content.id,
        "title": content.title,
        "file": str(output),
        "basis": content.basis.kind,
        "as_of": iso(content.basis.at),
        "ledger_sequence": content.basis.sequence,
        "page": content.basis.page,
        "page_hash": content.basis.page_hash,
        "postings": content.annex_size,
    }
    if as_json:
        print_json(told)
    else:
        click.echo(f"{content.title}：{output}\n{content.basis_words}")
