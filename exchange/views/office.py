"""/office: every commitment with its state, clusters beside their reports, what waits; the list for 通报.

In: a year, perhaps a past moment. Out: pages, and the list as Excel. Changing anything is office_commitments' and
office_clusters' work.
"""

import io
from dataclasses import dataclass

from flask import Blueprint, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from config.words import Direction, Role
from exchange.accounts import verification_state
from exchange.circular import circular
from exchange.clock import LOCAL
from exchange.reports.states import ReportState
from exchange.store.accounts import all_accounts
from exchange.store.objecting import open_objections
from exchange.store.overview import commitment_years
from exchange.store.parked import waiting_drops
from exchange.store.reports import report_years, reports_of
from exchange.store.reviewing import ReviewFilter, count_held
from exchange.verification import Verification
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, demonstration, session, today
from exchange.views.guard import own_account, private_page, requires
from exchange.views.office_report_list import report_rows
from exchange.views.targets import XLSX, wanted_year
from exchange.views.targets_shown import asked_of, cluster_lines

blueprint = Blueprint("office", __name__, url_prefix="/office")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits for somebody of the office, and where it is done."""

    words: str
    number: int
    address: str


@blueprint.get("")
@requires(Role.OFFICE, Role.ADMIN)
def overview() -> ResponseReturnValue:
    counted = wanted_year()
    quarters, office = report_rows(session(), counted.year, today(), None)
    page = render_template(
        "office/office.html",
        counted=counted,
        count=counted.count,
        asked=asked_of(counted),
        years=commitment_years(session()),
        lines=cluster_lines(counted),
        reports={row.name: row.cells for row in quarters},
        office=office,
        waiting=_waiting(),
        directions=list(Direction),
    )
    return private_page(page)


@blueprint.get("/circular")
@requires(Role.OFFICE, Role.ADMIN)
def listed() -> ResponseReturnValue:
    counted = wanted_year()
    page = render_template(
        "office/circular.html",
        counted=counted,
        count=counted.count,
        asked=asked_of(counted),
        years=commitment_years(session()),
        groups=circular(counted.clusters, counted.others),
    )
    return private_page(page)


@blueprint.get("/circular.xlsx")
@requires(Role.OFFICE, Role.ADMIN)
def workbook() -> ResponseReturnValue:
    from exchange.documents.circular_workbook import write_circular  # openpyxl: only where a file is made

    counted = wanted_year()
    moment = counted.count.as_of.astimezone(LOCAL)
    notes = [
        f"{counted.year} 年十组团进展（供通报用）",
        f"来源：莞韶岗位互通台账，数据截至 {moment:%Y-%m-%d %H:%M}，台账序号 {counted.count.ledger_sequence}",
    ]
    if demonstration():
        notes.append("演示数据：全部岗位均为虚构，不得用作依据")
    target = io.BytesIO()
    write_circular(target, notes, circular(counted.clusters, counted.others))
    target.seek(0)
    return attachment(send_file(target, mimetype=XLSX), f"{counted.year}年组团进展通报清单.xlsx")


def _waiting() -> list[Waiting]:
    sent = sum(
        ReportState(report.state) is ReportState.SENT
        for year in report_years(session())
        for report in reports_of(session(), year)
    )
    found = [
        Waiting("待审岗位", count_held(session(), ReviewFilter()), url_for("reviews.listing")),
        Waiting("停下的减少", len(waiting_drops(session())), url_for("admin_sources.listing")),
        Waiting("重复的异议", len(open_objections(session())), url_for("office_duplicates.listing")),
        Waiting("待采纳的报告", sent, url_for("office_reports.listing")),
    ]
    unverified = len(_unverified())
    if own_account().role is Role.ADMIN:
        return [*found, Waiting("待核验的单位", unverified, url_for("accounts.listing"))]
    return [*found, Waiting("待核验的单位（请管理员办）", unverified, "")]


def _unverified() -> list[str]:
    """Organisations with accounts that are due to be verified again."""
    settings, day = current_exchange().settings, today()
    reporting = {
        account.organisation
        for account in all_accounts(session())
        if account.active and Role(account.role).is_verified_regularly
    }
    return [
        code
        for code in sorted(reporting)
        if verification_state(session(), settings, code, day).state is not Verification.VERIFIED
    ]
