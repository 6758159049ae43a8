"""`guanshao doctor`, `settings`: how things stand."""

import click

from config.settings import describe, load_settings
from ingest.commands.opening import as_json, open_here, print_json, print_table


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
