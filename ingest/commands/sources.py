"""`guanshao sources`: how each source is doing; `sources pause`, `resume` and `run` order what the worker does.

In: a source's id. Out: a table for people, or JSON with the same. An order is followed within seconds by the worker.
"""

from typing import Any

import click

from config.words import Outcome, label
from exchange.clock import LOCAL, iso
from exchange.context import Exchange
from exchange.health import worker_is_alive
from exchange.models import RunState
from exchange.pull_words import SOURCE_WORDS, drop_sentence
from exchange.source_health import SourceHealth, sources_health
from exchange.store.pulls import BROKEN_OFF_WORDS
from exchange.store.sources import pause_source, resume_source, want_run
from ingest.commands.opening import as_json, find_source, open_here, print_json, print_table

_ACTOR = "command"


@click.group(invoke_without_command=True)
@as_json
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """每个来源：状态、上次成功、下次、上次结果、有什么问题；另可 pause、resume、run。"""
    if context.invoked_subcommand is not None:
        return
    exchange = open_here()
    with exchange.store.read() as session:
        found = sources_health(exchange, session)
    if as_json:
        print_json([_as_json(one) for one in found])
        return
    print_table(
        ("来源", "名称", "状态", "上次成功", "下次", "上次结果", "问题"),
        [
            (
                one.source.id,
                one.source.name,
                SOURCE_WORDS[one.state] if one.source.is_pulled else "上传",
                _moment(one.last_good_at),
                _moment(one.next_at),
                _outcomes(one),
                "\n".join(_problems(one)) or "—",
            )
            for one in found
        ],
    )


@sources.command()
@click.argument("source")
def pause(source: str) -> None:
    """暂停一个来源：不再自动抓取，已发布的岗位不受影响。"""
    exchange = open_here()
    _pulled(exchange, source)
    changed = pause_source(exchange.store, source, _ACTOR)
    click.echo(f"{source} 已暂停。" if changed else f"{source} 本来就是暂停的。")


@sources.command()
@click.argument("source")
def resume(source: str) -> None:
    """恢复一个来源：到下一个计划时间再抓。"""
    exchange = open_here()
    _pulled(exchange, source)
    changed = resume_source(exchange.store, source, _ACTOR)
    click.echo(f"{source} 已恢复。" if changed else f"{source} 没有暂停。")


@sources.command()
@click.argument("source")
def run(source: str) -> None:
    """请后台马上抓一次；后台没有在工作就说明，不排队。"""
    exchange = open_here()
    _pulled(exchange, source)
    if not worker_is_alive(exchange):
        raise click.ClickException(f"后台没有在工作，没有排队；可以在这里直接抓：guanshao ingest {source}")
    want_run(exchange.store, source, _ACTOR)
    click.echo(f"{source} 已排队，后台几秒内开始抓取。")


def _pulled(exchange: Exchange, id: str) -> None:
    source = find_source(exchange, id)
    if not source.is_pulled:
        raise click.UsageError(f"来源 {id} 是由人上传的，不抓取。")
    if not source.enabled:
        raise click.UsageError(f"来源 {id} 已停用；要启用请在 sources.toml 里写 enabled = true。")


def _as_json(one: SourceHealth) -> dict[str, Any]:
    run, drop = one.last_run, one.drop
    return {
        "id": one.source.id,
        "name": one.source.name,
        "organisation": one.source.organisation,
        "adapter": str(one.source.adapter),
        "enabled": one.source.enabled,
        "schedule": one.source.schedule,
        "counts": one.source.counts,
        "state": str(one.state) if one.source.is_pulled else "upload",
        "last_run_at": iso(one.last_run_at) if one.last_run_at else None,
        "last_good_at": iso(one.last_good_at) if one.last_good_at else None,
        "last_error": BROKEN_OFF_WORDS if one.is_broken_off else one.last_error,
        "next_run_at": iso(one.next_at) if one.next_at else None,
        "paused": one.is_paused,
        "last_run": {name: getattr(run, name) for name in ("state", "received", *Outcome, "closed", "parked")}
        if run
        else None,
        "parked": {"batch": drop.batch_id, "kind": drop.kind, "gone": drop.gone, "new": drop.new} if drop else None,
        "drift": [{"field": d.field, "missing": 1 - d.now, "before": 1 - d.before} for d in one.large_drifts],
        "breaker": one.breaker.words,
    }


def _outcomes(one: SourceHealth) -> str:
    run = one.last_run
    if run is None or run.state != RunState.DONE:
        return "—"
    told = [f"{label(outcome)} {number}" for outcome in Outcome if (number := getattr(run, outcome))]
    return " ".join([*told, f"结束 {run.closed}"] if run.closed else told) or "没有新内容"


def _problems(one: SourceHealth) -> list[str]:
    told = [BROKEN_OFF_WORDS] if one.is_broken_off else [one.last_error] if one.last_error else []
    if one.drop is not None:
        told.append(f"{drop_sentence(one.drop)}请在网页 /admin/sources 决定。")
    told += [f"字段变化：{drift.sentence}" for drift in one.large_drifts]
    return [*told, f"站点：{one.breaker.words}"] if one.breaker.is_open else told


def _moment(value: Any) -> str:
    return f"{value.astimezone(LOCAL):%m-%d %H:%M}" if value else "—"
