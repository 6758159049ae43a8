"""/admin/sources: how every source that is pulled is doing, and one source by itself; pausing it, and pulling it now.

In: the store. Out: pages for administrators and the office; orders of administrators, which the worker follows within
seconds. What a guard has parked is decided on the pages of admin_drops.
"""

from datetime import datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from config.words import Outcome, Role, label
from exchange.documents.problem_kinds import kind_of
from exchange.health import worker_is_alive
from exchange.models import DropState, PullRun, RunState
from exchange.pull_words import DROP_WORDS, RUN_WORDS, SOURCE_WORDS, SourceState, drop_sentence
from exchange.source_health import SourceHealth, source_health, sources_health
from exchange.store.overview import worker_heartbeat
from exchange.store.parked import drops_of
from exchange.store.pull_history import days_of_runs, recent_faults, runs_of
from exchange.store.pulls import BROKEN_OFF_WORDS
from exchange.store.sources import pause_source, resume_source, want_run
from exchange.views.bureau_paging import Paging, page_number
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires
from exchange.views.outcome_chart import DAYS, LARGE, SMALL, outcome_chart

blueprint = Blueprint("admin_sources", __name__, url_prefix="/admin/sources")
RUNS_AT_ONCE = 20
_FAULTS_SHOWN = 5
_COMPLETE = 0.995  # of a field: what is shown as 0 % missing
NO_WORKER = "后台没有在工作，所以没有排队；请先启动后台（guanshao run 或 guanshao worker）。"


@blueprint.app_template_filter()
def source_word(state: SourceState) -> str:
    return SOURCE_WORDS[state]


@blueprint.app_template_filter()
def run_word(run: PullRun) -> str:
    return RUN_WORDS[RunState(run.state)]


@blueprint.app_template_filter()
def drop_word(state: str) -> str:
    return DROP_WORDS[DropState(state)]


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def listing() -> ResponseReturnValue:
    pulled = [one for one in sources_health(current_exchange(), session()) if one.source.is_pulled]
    found = [one for one in pulled if one.source.enabled]
    days = days_of_runs(session(), [one.source.id for one in found], today() - timedelta(days=DAYS))
    page = render_template(
        "admin/sources.html",
        sources=found,
        disabled=[one.source for one in pulled if not one.source.enabled],
        charts={
            one.source.id: outcome_chart(days.get(one.source.id, ()), one.source.full_list, today(), SMALL)
            for one in found
        },
        worker=last_heartbeat(),
        alive=worker_is_alive(current_exchange()),
        drop_sentence=drop_sentence,
        broken_off=BROKEN_OFF_WORDS,
        outcomes=[(str(outcome), label(outcome)) for outcome in Outcome],
        may_order=own_account().role is Role.ADMIN,
        now=current_exchange().store.clock(),
    )
    return private_page(page)


@blueprint.get("/<string:source_id>")
@requires(Role.OFFICE, Role.ADMIN)
def source(source_id: str) -> ResponseReturnValue:
    found = known_source(source_id)
    days = days_of_runs(session(), [source_id], today() - timedelta(days=DAYS)).get(source_id, [])
    number = page_number()
    runs = runs_of(session(), source_id, RUNS_AT_ONCE + 1, (number - 1) * RUNS_AT_ONCE)
    page = render_template(
        "admin/source.html",
        one=found,
        chart_drawn=outcome_chart(days, found.source.full_list, today(), LARGE),
        runs=runs[:RUNS_AT_ONCE],
        paging=Paging(number, RUNS_AT_ONCE, (number - 1) * RUNS_AT_ONCE + len(runs)),
        drops=drops_of(session(), [run.batch_id for run in runs if run.batch_id]),
        faults=recent_faults(session(), source_id, _FAULTS_SHOWN),
        fields=[drift for drift in found.drifts if drift.is_large or min(drift.now, drift.before) < _COMPLETE],
        problems=[(kind_of(code), number) for code, number in _problems(found)],
        drop_sentence=drop_sentence,
        broken_off=BROKEN_OFF_WORDS,
        outcomes=[(str(outcome), label(outcome)) for outcome in Outcome],
        alive=worker_is_alive(current_exchange()),
        worker=last_heartbeat(),
        may_order=own_account().role is Role.ADMIN,
        now=current_exchange().store.clock(),
    )
    return private_page(page)


@blueprint.post("/<string:source_id>/run")
@requires(Role.ADMIN)
def run(source_id: str) -> ResponseReturnValue:
    found = known_source(source_id)
    if not worker_is_alive(current_exchange()):
        flash(NO_WORKER, "bad")
    elif not found.source.enabled:
        flash(f"“{found.source.name}”已停用，没有排队；在 sources.toml 里改为 enabled = true 并重启后台才抓。", "bad")
    elif found.state is SourceState.RUNNING:
        flash(f"“{found.source.name}”正在抓取，没有再排队。")
    else:
        want_run(current_exchange().store, source_id, own_account().name)
        flash(f"“{found.source.name}”已排队，后台几秒内开始抓取；刷新这一页看结果。")
    return _back()


@blueprint.post("/<string:source_id>/pause")
@requires(Role.ADMIN)
def pause(source_id: str) -> ResponseReturnValue:
    found = known_source(source_id)
    pause_source(current_exchange().store, source_id, own_account().name)
    flash(f"“{found.source.name}”已暂停，不再自动抓取；已发布的岗位不受影响。")
    return _back()


@blueprint.post("/<string:source_id>/resume")
@requires(Role.ADMIN)
def resume(source_id: str) -> ResponseReturnValue:
    found = known_source(source_id)
    resume_source(current_exchange().store, source_id, own_account().name)
    flash(f"“{found.source.name}”已恢复，到下一个计划时间再抓；现在就要抓，请点“立即抓取”。")
    return _back()


def known_source(source_id: str) -> SourceHealth:
    found = source_health(current_exchange(), session(), source_id)
    if found is None:
        raise Refused(404, "source.not_found", "没有这个抓取来源", "请从来源列表里打开。", {"id": source_id})
    return found


def last_heartbeat() -> datetime | None:
    return worker_heartbeat(session())


def _problems(found: SourceHealth) -> list[tuple[str, int]]:
    """Of the last run, the most frequent first."""
    problems = found.last_run.problems if found.last_run else {}
    return sorted(problems.items(), key=lambda item: (-item[1], item[0]))


def _back() -> ResponseReturnValue:
    return redirect(url_for("admin_sources.listing"), 303)
