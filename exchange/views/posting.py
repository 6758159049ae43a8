"""/postings/<id>: one posting; 410 with what to do instead once it has ended.

In: an id. Out: the page, with its source label and, while it is open, schema.org's JobPosting. Contacts are shown
on demand: the button asks the API, or without scripts posts to this page.
"""

from flask import Blueprint, Response, make_response, render_template

from config.words import label
from exchange.content import Contact
from exchange.store.reading import PostingView
from exchange.take_home import take_home
from exchange.views.current import today
from exchange.views.job_posting import job_posting
from exchange.views.lookup import contact_of, public_posting
from exchange.views.similar import similar_postings
from search.occupations import find_occupation, occupation_of

blueprint = Blueprint("posting", __name__)


@blueprint.get("/postings/<string:posting_id>")
def show(posting_id: str) -> Response:
    view = public_posting(posting_id)
    if view.is_open(today()):
        return _page(view)
    status = view.status_on(today())
    page = render_template(
        "posting/ended.html", view=view, status=status, status_word=label(status), similar=similar_postings(view)
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
            left=take_home(view.content),
            occupation=find_occupation(occupation_of(view.content.title, view.content.description)),
            job_posting=job_posting(view),
            similar=similar_postings(view),
        )
    )
