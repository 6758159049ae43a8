"""`guanshao backup F` and `restore F`: the whole store in one file, the same for every database."""

from pathlib import Path

import click

from exchange.captures import captures_folder
from exchange.context import Exchange
from exchange.indexing import rebuild
from exchange.store.copying import BackupFault, read_backup, write_backup
from ingest.commands.opening import open_here


def _folders(exchange: Exchange) -> dict[str, Path]:
    return {"files": exchange.files_folder, "captures": captures_folder(exchange)}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """把库、收到的文件和抓取的原始回答写成一个备份文件（.tar.gz）。"""
    if file.exists():
        raise click.ClickException(f"{file} 已存在，没有覆盖；请换一个文件名。")
    exchange = open_here()
    rows = write_backup(exchange.store, _folders(exchange), file)
    click.echo(f"已备份 {rows:,} 行到 {file}。")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """从备份文件恢复到一个新的空数据文件夹（可以换数据库），再重建索引。"""
    exchange = open_here()
    try:
        rows = read_backup(exchange.store, _folders(exchange), file)
    except BackupFault as fault:
        raise click.ClickException(str(fault)) from fault
    rebuild(exchange)
    click.echo(f"已恢复 {rows:,} 行，索引已重建。")
