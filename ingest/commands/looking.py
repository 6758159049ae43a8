"""`guanshao sources`, `doctor`, `settings`: how things stand."""

import click

from config.settings import describe, load_settings
from ingest.commands.opening import as_json, open_here, print_json, print_table


@click.command()
@as_json
def sources(as_json: bool) -> None:
    """每个来源：上次成功、上次运行、有什么问题。"""
    from exchange.clock import iso
    from exchange.store.sources import all_sources
    from ingest.scheduler import sources_in_force

    exchange = open_here()
    in_force = {source.id: source for source in sources_in_force(exchange)}
    with exchange.store.read() as session:
        rows = [row for row in all_sources(session) if row.id in in_force]
    found = [
        {
            "id": row.id,
            "name": row.name,
            "organisation": row.organisation,
            "adapter": str(in_force[row.id].adapter),
            "schedule": in_force[row.id].schedule,
            "counts": row.counts,
            "last_run_at": iso(row.last_run_at) if row.last_run_at else None,
            "last_good_at": iso(row.last_good_at) if row.last_good_at else None,
            "last_error": row.last_error,
        }
        for row in rows
    ]
    if as_json:
        print_json(found)
        return
    columns = ("id", "name", "adapter", "schedule", "last_good_at", "last_error")
    print_table(
        ("来源", "名称", "方式", "计划", "上次成功", "问题"),
        [[str(entry[column] or "—") for column in columns] for entry in found],
    )


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """检查数据文件夹、库、索引、后台和来源；有不正常的以 1 退出。"""
    from exchange.health import examine

    checks = examine(open_here())
    if as_json:
        print_json([{"name": check.name, "ok": check.ok, "message": check.message} for check in checks])
    else:
        for check in checks:
            click.echo(f"{'正常' if check.ok else '异常'}  {check.name}：{check.message}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)


@click.command()
@as_json
def settings(as_json: bool) -> None:
    """全部设置：现在的值、从哪里来、是什么意思。"""
    rows = describe(load_settings())
    if as_json:
        print_json(
            [
                {"name": row.name, "variable": row.variable, "value": row.value, "origin": row.origin, "help": row.help}
                for row in rows
            ]
        )
        return
    print_table(("设置", "值", "来自", "说明"), [(row.variable, row.value, row.origin, row.help) for row in rows])
