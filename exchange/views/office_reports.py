"""/office/reports: who has reported and who has not; one report to read, edit, send, return, accept and take home.

In: forms of the office and of cluster officers, who see their own cluster's. Out: pages and files. Every step is taken
on the version that was seen; what somebody else has changed meanwhile is shown again.
"""

import io
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from marshmallow import Schema, ValidationError

from config.words import Role
from exchange.documents.report_chart import caption, chart_svg
from exchange.documents.report_parts import (
    KINDS,
    attachments,
    file_name,
    heading_parts,
    notes,
    numeric_columns,
    title_lines,
)
from exchange.models import Report
from exchange.reports.content import ReportContent
from exchange.reports.editing import LONGEST, NumbersMissing, text_to_keep
from exchange.reports.period import Subject, parse_subject
from exchange.reports.states import ReportState, Step
from exchange.reports.steps import document, draft, send
from exchange.reports.tables import cell_text
from exchange.schemas.reports import DraftForm, EditForm, ReturnForm, StepForm
from exchange.store.overview import cluster_names
from exchange.store.report_basis import UnknownSnapshot, snapshots_to_choose
from exchange.store.reports import (
    StepNotPossible,
    UnknownReport,
    accept_report,
    content_of,
    edit_section,
    find_report,
    past_steps,
    return_report,
)
from exchange.views.bureau_files import attachment
from exchange.views.current import current_exchange, session, today
from exchange.views.errors import Refused
from exchange.views.guard import own_account, private_page, requires
from exchange.views.office_report_list import asked_year, report_rows, years

blueprint = Blueprint("office_reports", __name__, url_prefix="/office/reports")
_READERS = (Role.CLUSTER, Role.OFFICE, Role.ADMIN)
_DECIDERS = (Role.OFFICE, Role.ADMIN)
_STEP_WORDS = {
    Step.DRAFT: "起草", Step.EDIT: "编辑", Step.SEND: "报送", Step.RETURN: "退回", Step.ACCEPT: "采纳"
}  # fmt: skip
_FONTS = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"


@blueprint.get("")
@requires(*_READERS)
def listing() -> ResponseReturnValue:
    year = asked_year(request.args.get("year"), today())
    quarters, office = report_rows(session(), year, today(), _own_cluster())
    page = render_template("office/reports.html", year=year, years=years(today()), quarters=quarters, office=office)
    return private_page(page)


@blueprint.get("/<string:report_id>")
@requires(*_READERS)
def show(report_id: str) -> ResponseReturnValue:
    return _page(_subject(report_id))


@blueprint.get("/<string:report_id>/<string:kind>")
@requires(*_READERS)
def file(report_id: str, kind: str) -> ResponseReturnValue:
    report = find_report(session(), _subject(report_id).id)
    if report is None or kind not in KINDS:
        raise Refused(404, "report.not_found", "没有这份文件", "请从报告页面下载。")
    from exchange.documents.report_fonts import NoFont  # Typst: only where a file is made

    try:
        made = document(current_exchange(), session(), report, kind)
    except NoFont as fault:
        raise Refused(409, "report.no_font", "这台服务器做不出 PDF", str(fault)) from None
    if made is None:
        raise Refused(404, "report.not_made", "报送时没有这种文件", "请下载 Word 或 Excel。")
    return attachment(send_file(io.BytesIO(made), mimetype=KINDS[kind]), file_name(content_of(report), kind))


@blueprint.post("/<string:report_id>/draft")
@requires(*_READERS)
def draft_again(report_id: str) -> ResponseReturnValue:
    subject = _subject(report_id)
    return _take(
        subject,
        DraftForm(),
        lambda form: draft(current_exchange(), subject, own_account().name, form["seen"], form["snapshot"]),
        "已按台账起草。表格和数字由平台给出，文字可以改。",
    )


@blueprint.post("/<string:report_id>/sections/<string:key>")
@requires(*_READERS)
def edit(report_id: str, key: str) -> ResponseReturnValue:
    subject = _subject(report_id)

    def keep(form: dict[str, Any]) -> Report:
        report = find_report(session(), subject.id)
        section = next((s for s in content_of(report).sections if s.key == key), None) if report else None
        if section is None or not section.paragraphs:
            raise UnknownReport(subject.id)
        text = text_to_keep(section, form["text"])
        with current_exchange().store.write(own_account().name) as transaction:
            return edit_section(transaction, subject.id, form["seen"], key, text, own_account().name)

    return _take(subject, EditForm(), keep, "已保存。系统原来的文字留在旁边，可以随时换回。", key)


@blueprint.post("/<string:report_id>/send")
@requires(*_READERS)
def send_on(report_id: str) -> ResponseReturnValue:
    subject = _subject(report_id)
    return _take(
        subject,
        StepForm(),
        lambda form: send(current_exchange(), subject.id, own_account().name, form["seen"]),
        "已报送。报送的文件已经存下，不会再变。",
    )


@blueprint.post("/<string:report_id>/return")
@requires(*_DECIDERS)
def send_back(report_id: str) -> ResponseReturnValue:
    subject = _subject(report_id)

    def give_back(form: dict[str, Any]) -> Report:
        with current_exchange().store.write(own_account().name) as transaction:
            return return_report(transaction, subject.id, form["seen"], form["remarks"])

    return _take(subject, ReturnForm(), give_back, "已退回，填报人可以修改后再报送。")


@blueprint.post("/<string:report_id>/accept")
@requires(*_DECIDERS)
def accept(report_id: str) -> ResponseReturnValue:
    subject = _subject(report_id)

    def take(form: dict[str, Any]) -> Report:
        with current_exchange().store.write(own_account().name) as transaction:
            return accept_report(transaction, subject.id, form["seen"])

    return _take(subject, StepForm(), take, "已采纳。这份报告从此不再改动。")


def _take(
    subject: Subject, schema: Schema, step: Callable[[dict[str, Any]], Report], done: str, key: str = ""
) -> ResponseReturnValue:
    """`key`: the section whose text is kept on the page when it cannot be saved."""
    try:
        step(schema.load(request.form))
    except ValidationError as fault:
        sentence = next(iter(fault.normalized_messages().values()))[0]
        return _page(subject, str(sentence), key, 400)
    except NumbersMissing as fault:
        return _page(subject, str(fault), key, 400)
    except UnknownReport:
        raise Refused(404, "report.not_found", "没有这份报告", "请从报告列表里操作。", {"id": subject.id}) from None
    except UnknownSnapshot:
        flash("没有起草：这个快照不在了，或者早于报告的时间。请从列表里选择。", "bad")
    except StepNotPossible as fault:
        flash(f"没有保存：{fault}", "bad")
    else:
        flash(done)
    return redirect(url_for("office_reports.show", report_id=subject.id), 303)


def _page(subject: Subject, fault: str = "", fault_at: str = "", status: int = 200) -> ResponseReturnValue:
    report = find_report(session(), subject.id)
    content = content_of(report) if report else None
    name = cluster_names(session()).get(subject.cluster, "指挥部办公室")
    page = render_template(
        "office/report.html",
        subject=subject,
        name=name,
        report=report,
        content=content,
        state=ReportState(report.state) if report else None,
        chart=Markup(chart_svg(content.chart, _FONTS)) if content else "",
        caption=caption(content.chart) if content else "",
        attachments=attachments(content) if content else (),
        notes=notes(content) if content else (),
        steps=[(_STEP_WORDS[one.step], one) for one in past_steps(session(), subject.id)],
        snapshots=snapshots_to_choose(session(), subject.period),
        may_decide=own_account().role in _DECIDERS,
        is_over=today() > subject.period.last,
        refill={"fault": fault, "key": fault_at, "text": request.form.get("text", "")},
        cell_text=cell_text,
        heading_parts=heading_parts,
        title_lines=title_lines(content) if content else (),
        numeric_columns=numeric_columns,
        longest=LONGEST,
        kinds=_kinds(report, content),
    )
    return private_page(page, status)


def _kinds(report: Report | None, content: ReportContent | None) -> list[tuple[str, str]]:
    """(kind, its name) of the files there are."""
    if report is None or content is None:
        return []
    names = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}
    made = names if ReportState(report.state).may_be_edited else report.documents
    return [(kind, name) for kind, name in names.items() if kind in made]


def _own_cluster() -> str | None:
    """The one cluster an account may see; None for all."""
    account = own_account()
    return account.organisation if account.role is Role.CLUSTER else None


def _subject(report_id: str) -> Subject:
    """Refused when nobody writes such a report, it is another cluster's, or its time has not begun."""
    own = _own_cluster()
    try:
        subject = parse_subject(report_id)
    except ValueError:
        raise Refused(404, "report.not_found", "没有这份报告", "请从报告列表里打开。", {"id": report_id}) from None
    known = not subject.cluster or subject.cluster in cluster_names(session())
    if not known or own not in {None, subject.cluster} or subject.period.first > today():
        raise Refused(404, "report.not_found", "没有这份报告", "请从报告列表里打开。", {"id": report_id})
    return subject
