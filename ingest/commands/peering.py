"""`guanshao peers`: how we stand with other exchanges; comparing now; reading a peer again from the beginning."""

from collections.abc import Callable
from typing import Any

import click

from config.sources import AdapterKind, Source
from exchange.context import Exchange
from exchange.locks import pulling
from ingest.commands.opening import as_json, find_source, open_here, print_json

_SIDES = {"sent": "我们发出", "received": "我们收到"}
_WAIT_SECONDS = 1.0
_WORDS = ("accepted", "refused", "pending", "own", "waiting")


@click.command()
@click.option("--compare", is_flag=True, help="现在就取一次并对账；有不一致的以 1 退出。")
@click.option("--again", metavar="SOURCE", help="从头重读一个互通来源，例如对方恢复过备份之后。")
@as_json
def peers(compare: bool, again: str | None, as_json: bool) -> None:
    """互通平台：读到哪里，发出和收到的各有什么结果，最近一次对账是否一致。"""
    from exchange.schemas.peers import standing_to_json
    from exchange.store.peers_listing import peer_standings

    exchange = open_here()
    if again:
        _start_again(exchange, _peer_source(exchange, again))
    differing = _differing(exchange) if compare else []
    with exchange.store.read() as session:
        found = [standing_to_json(standing) for standing in peer_standings(session)]
    show: Callable[[Any], None] = print_json if as_json else _show
    show(found)
    if differing:
        raise click.exceptions.Exit(1)


def _peer_source(exchange: Exchange, id: str) -> Source:
    source = find_source(exchange, id)
    if source.adapter is not AdapterKind.EXCHANGE:
        raise click.BadParameter(f"来源 {id} 不是互通平台。", param_hint="--again")
    return source


def _start_again(exchange: Exchange, source: Source) -> None:
    from exchange.store.peers_received import start_again

    with exchange.lock(pulling(source.id), _WAIT_SECONDS) as mine:
        if not mine:
            raise click.ClickException(f"来源 {source.id} 正在抓取，没有改动；请等它抓完再试。")
        start_again(exchange.store, source.organisation)
    click.echo(f"已忘记读过 {source.id} 的哪些变更，下次获取时从头读起。", err=True)


def _differing(exchange: Exchange) -> list[str]:
    """Ids of the peers that do not agree, or could not be compared."""
    from ingest.adapters import PullFault
    from ingest.peers_comparing import compare_peer, comparing_client, peer_sources

    differing = []
    for source in peer_sources(exchange, paused=True):
        with comparing_client(exchange, source) as client:
            try:
                agrees = compare_peer(exchange, source, client).agrees
            except PullFault as fault:
                click.echo(f"{source.id}: {fault.code}: {fault.message}", err=True)
                agrees = False
        if not agrees:
            differing.append(source.id)
    return differing


def _show(found: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    if not found:
        console.print('还没有与其他平台互通：请在 sources.toml 里加一个 adapter = "exchange" 的来源。', markup=False)
        return
    table = Table("平台", "方向", "共", "接收", "退回", "待审", "自有", "未回执", "最近对账")
    for peer in found:
        for side, words in _SIDES.items():
            told = peer[side]
            numbers = (str(told[word]) for word in _WORDS)
            name = f"{peer['name']} {peer['organisation']}"
            table.add_row(name, words, str(told["total"]), *numbers, _digest_words(told))
    console.print(table)
    for peer in found:
        for side, words in _SIDES.items():
            for entry in (*peer[side]["refusals"], *peer[side]["held"]):
                reasons = "；".join(f"{reason['code']} {reason['message']}" for reason in entry["problems"])
                console.print(f"  {words} {entry['id']}（序号 {entry['seq']}）：{reasons}", markup=False)


def _digest_words(told: dict[str, Any]) -> str:
    digest = told["digest"]
    if digest is None or digest["held"] is None:
        return "还没有"
    if digest["agrees"]:
        return f"{digest['day']} 一致，{digest['provided']} 个"
    shown = "、".join(entry["id"] for entry in digest["differences"][:5])
    return f"{digest['day']} 不一致：提供 {digest['provided']}，持有 {digest['held']}：{shown}"
