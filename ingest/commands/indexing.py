"""`guanshao index rebuild` and `index status`."""

import time

import click

from exchange.indexing import rebuild
from exchange.store.ledger import head_sequence
from ingest.commands.opening import as_json, open_here, print_json


@click.group()
def index() -> None:
    """搜索索引：查看或重建。"""


@index.command("rebuild")
def rebuild_index() -> None:
    """从库里重写全部索引；写好后一次切换，搜索不中断。"""
    exchange = open_here()
    started = time.monotonic()
    sequence = rebuild(exchange)
    documents = exchange.reader.status().documents
    click.echo(f"已重建：{documents:,} 个岗位，到台账序号 {sequence}，用时 {time.monotonic() - started:.1f} 秒。")


@index.command()
@as_json
def status(as_json: bool) -> None:
    """索引到了哪个台账序号，落后多少。"""
    exchange = open_here()
    found = exchange.reader.status()
    with exchange.store.read() as session:
        behind = head_sequence(session) - found.sequence
    if as_json:
        print_json(
            {
                "sequence": found.sequence,
                "behind": behind,
                "documents": found.documents,
                "segments": found.segments,
                "healthy": found.healthy,
                "message": found.message,
            }
        )
    else:
        state = "正常" if found.healthy else found.message
        click.echo(f"{state}：{found.documents:,} 个岗位，{found.segments} 段，序号 {found.sequence}，落后 {behind}。")
