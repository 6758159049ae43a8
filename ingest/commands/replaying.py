"""`guanshao replay BATCH`: read a pulled batch again from its kept answers, without network."""

import click

from exchange.store.batches import UnknownBatch
from exchange.store.captures import count_later, manifest_of
from ingest.commands.opening import as_json, open_here
from ingest.commands.taking import show
from ingest.pulling import replay as replay_batch

_ACTOR = "command"


@click.command()
@click.argument("batch")
@click.option("--dry-run", is_flag=True, help="只看会有什么结果，不保存。")
@as_json
def replay(batch: str, dry_run: bool, as_json: bool) -> None:
    """用现在的适配器和字段对应重读一批抓取时存下的原始回答，不上网；结果成为新的一批，不结束任何岗位。"""
    exchange = open_here()
    try:
        summary = replay_batch(exchange, batch, actor=_ACTOR, dry_run=dry_run)
    except UnknownBatch:
        raise click.ClickException(f"没有批次 {batch}；批次编号见 guanshao ingest --json 或批次页面。") from None
    show(summary, as_json)
    with exchange.store.read() as session:
        manifest = manifest_of(session, batch)
        later = count_later(session, manifest) if manifest is not None else 0
    if later:
        click.echo(f"注意：此后这个来源又抓取过 {later} 批，重放的是较旧的内容；下次抓取会再更新。", err=True)
