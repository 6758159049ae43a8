"""/postings/<id>: one posting; 410 with what to do instead once it has ended.

In: an id. Out: the page, with its source label and, while it is open, schema.org's JobPosting. Contacts are shown
on demand: the button asks the API, or without scripts posts to this page.
"""

from flask import Blueprint, Response, make_response, render_template

from config.words import label
from exchange.content import Contact
from exchange.store.reading import PostingView
from exchange.views.current import today
from exchange.views.job_posting import job_posting
from exchange.views.lookup import contact_of, public_posting
from exchange.views.searching import Item, find
from search.requests import SearchRequest

blueprint = Blueprint("posting", __name__)
_SIMILAR = 4


@blueprint.get("/postings/<string:posting_id>")
def show(posting_id: str) -> Response:
    view = public_posting(posting_id)
    if view.is_open(today()):
        return _page(view)
    status = view.status_on(today())
    page = render_template(
        "posting/ended.html", view=view, status=status, status_word=label(status), similar=_similar(view)
    )
    response = make_response(page, 410)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/postings/<string:posting_id>/contact")
def show_contact(posting_id: str) -> Response:
    view = public_posting(posting_id)
    response = _page(view, contact_of(view))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(view: PostingView, contact: Contact | None = None) -> Response:
    return make_response(
        render_template(
            "posting/posting.html",
            view=view,
            content=view.content,
            offer=view.offers[0],
            contact=contact,
            job_posting=job_posting(view),
            similar=_similar(view),
        )
    )


def _similar(view: PostingView) -> list[Item]:
    """Others of the same kind, nearest words first; of the same place when there is no such word."""
    asked = SearchRequest(today=today(), q=view.content.title[:60], page_size=_SIMILAR + 1)
    found = [item for item in find(asked).items if item.view.id != view.id]
    if not found:
        asked = SearchRequest(today=today(), filters={"division": (view.content.division,)}, page_size=_SIMILAR + 1)
        found = [item for item in find(asked).items if item.view.id != view.id]
    return found[:_SIMILAR]
