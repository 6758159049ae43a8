"""`guanshao ingest`: pull sources now, or take one file."""

from pathlib import Path

import click

from config.words import BatchState, Outcome, label
from ingest.adapters import PullFault
from ingest.commands.opening import as_json, find_source, open_here, print_json
from ingest.intake import Summary, take_file, try_file
from ingest.table import FileFault

_PROBLEMS_SHOWN = 20
_ACTOR = "command"
_LOOK = "请在网页 /admin/sources 看差异。"


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "everything", is_flag=True, help="抓取全部可抓取的来源。")
@click.option("--file", "file", type=click.Path(path_type=Path), help="收一个文件（.xlsx .xls .csv）。")
@click.option("--source", "source_id", help="文件属于哪个来源，例如 dg-upload。")
@click.option("--organisation", help="报送单位代码，例如 441900119（长安镇）；不写就是该来源的单位。")
@click.option("--dry-run", is_flag=True, help="只试读、检查，不保存；停用的来源也可以试。")
@click.option("--limit", type=click.IntRange(1), help="试读来源时最多取多少条。")
@click.option("--await-confirmation", is_flag=True, help="保存但不发布，等人确认。")
@as_json
def ingest(
    sources: tuple[str, ...],
    everything: bool,
    file: Path | None,
    source_id: str | None,
    organisation: str | None,
    dry_run: bool,
    limit: int | None,
    await_confirmation: bool,
    as_json: bool,
) -> None:
    """抓取来源，或收一个文件并发布。有其他进程正在发布时排队等候。"""
    if file is None:
        if await_confirmation or source_id or organisation:
            raise click.UsageError("--source、--organisation、--await-confirmation 要和 --file 一起用。")
        if limit and not dry_run:
            raise click.UsageError("--limit 要和 --dry-run 一起用：真正抓取总是取全部。")
        _pull_all(sources, everything, dry_run, limit, as_json)
        return
    if sources or everything or limit or source_id is None:
        raise click.UsageError("收文件请写：guanshao ingest --file 文件 --source 来源 [--organisation 单位代码]")
    if dry_run and await_confirmation:
        raise click.UsageError("--dry-run 和 --await-confirmation 只能选一个。")
    if not file.is_file():
        raise FileFault("file.missing", f"找不到文件“{file}”。请检查文件名和所在文件夹。")
    exchange = open_here()
    source = find_source(exchange, source_id)
    if source.is_pulled:
        raise click.UsageError(f"来源 {source.id} 是自动抓取的，不能用来收文件；请用 dg-upload 或 sg-upload。")
    code = organisation or source.organisation
    if dry_run:
        summary = try_file(exchange, file, source, code)
    else:
        summary = take_file(exchange, file, source, code, actor=_ACTOR, await_confirmation=await_confirmation)
    show(summary, as_json)


def _pull_all(ids: tuple[str, ...], everything: bool, dry_run: bool, limit: int | None, as_json: bool) -> None:
    if bool(ids) == everything:
        raise click.UsageError("请写出要抓取的来源，或用 --all 抓取全部；收文件请用 --file。")
    from ingest.http import HttpFault, client_for
    from ingest.pulling import pull
    from ingest.scheduler import sources_in_force
    from ingest.trying import try_source

    exchange = open_here()
    chosen = [find_source(exchange, id) for id in ids] or [s for s in sources_in_force(exchange) if s.is_active]
    failed = parked = 0
    for source in chosen:
        with client_for(exchange, source) as client:
            try:
                if dry_run:
                    summary = try_source(exchange, source, client, limit)
                else:
                    summary = pull(exchange, source, client, actor=_ACTOR)
                show(summary, as_json)
                if summary.state == BatchState.STAGED:
                    parked += 1
                    click.echo(f"{source.id}: run.parked: 整批停下，没有发布；{_LOOK}", err=True)
            except (PullFault, HttpFault, FileFault) as fault:
                failed += 1
                click.echo(f"{source.id}: {fault.code}: {fault.message}", err=True)
    if failed or parked:
        raise click.exceptions.Exit(1 if failed == len(chosen) else 3)


def show(summary: Summary, as_json: bool) -> None:
    if as_json:
        print_json(summary.as_json())
        return
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    counts = " · ".join(f"{label(outcome)} {summary.outcomes.get(outcome, 0)}" for outcome in Outcome)
    console.print(f"{summary.file}：收到 {summary.received} 条，用时 {summary.seconds:.1f} 秒", markup=False)
    console.print(f"  {counts}" + (f" · 结束 {summary.closed}" if summary.closed else ""), markup=False)
    if summary.parked_closures:
        parked = f"  有 {summary.parked_closures} 个岗位在来源里消失，数量异常，暂不结束；{_LOOK}"
        console.print(parked, markup=False)
    for problem in summary.problems[:_PROBLEMS_SHOWN]:
        place = " ".join(
            part
            for part in (
                f"[{problem['sheet']}]" if problem["sheet"] else "",
                f"第 {problem['row']} 行" if problem["row"] else "",
                problem["column"] or "",
            )
            if part
        )
        evidence = f"（{problem['evidence']}）" if problem["evidence"] else ""
        console.print(f"  {place}：{problem['message']}{evidence}  {problem['code']}", markup=False)
    if len(summary.problems) > _PROBLEMS_SHOWN:
        console.print(f"  还有 {len(summary.problems) - _PROBLEMS_SHOWN} 个问题，用 --json 查看全部。", markup=False)
    if summary.batch is None and not summary.received:
        console.print("  自上次以来没有新的或改过的岗位。", markup=False)
    elif summary.batch is None:
        console.print("  这是试读，没有保存任何内容。", markup=False)
    elif summary.state == BatchState.STAGED:
        console.print(f"  批次 {summary.batch} 已保存，等待确认后发布。", markup=False)
