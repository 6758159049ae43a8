"""The list of addresses, committed: a new one, or one that goes, is seen in review."""

from typing import Any

ROUTES = """
GET /
GET /account
GET /activities
GET /activities.ics
GET /activities/<string:activity_id>
GET /admin/accounts
GET /admin/peers
GET /admin/sources
GET /admin/sources/<string:source_id>
GET /admin/sources/<string:source_id>/drops/<string:batch_id>
GET /admin/tokens
GET /api/v1/batches/<string:batch_id>
GET /api/v1/batches/<string:batch_id>/problems
GET /api/v1/batches/<string:batch_id>/workbook
GET /api/v1/changes
GET /api/v1/clusters
GET /api/v1/commitments
GET /api/v1/complete
GET /api/v1/digest
GET /api/v1/docs
GET /api/v1/fairs
GET /api/v1/healthz
GET /api/v1/openapi.json
GET /api/v1/postings
GET /api/v1/postings/<string:posting_id>
GET /api/v1/postings/<string:posting_id>/contact
GET /api/v1/snapshot
GET /bureau/activities
GET /bureau/activities/<string:activity_id>
GET /bureau/activities/<string:activity_id>/edit
GET /bureau/activities/<string:activity_id>/evidence/<string:file_hash>
GET /bureau/activities/new
GET /bureau/batches
GET /bureau/batches/<string:batch_id>
GET /bureau/batches/<string:batch_id>/original
GET /bureau/batches/<string:batch_id>/problems
GET /bureau/batches/<string:batch_id>/problems.csv
GET /bureau/batches/<string:batch_id>/progress.json
GET /bureau/batches/<string:batch_id>/records/<string:outcome>
GET /bureau/batches/<string:batch_id>/workbook
GET /bureau/fairs
GET /bureau/fairs/<string:fair_id>
GET /bureau/fairs/<string:fair_id>/booths.pdf
GET /bureau/fairs/<string:fair_id>/day
GET /bureau/fairs/<string:fair_id>/day/sums.json
GET /bureau/fairs/<string:fair_id>/documents/<string:digest>
GET /bureau/fairs/<string:fair_id>/edit
GET /bureau/fairs/<string:fair_id>/exhibitors
GET /bureau/fairs/<string:fair_id>/exhibitors/<string:exhibitor_id>
GET /bureau/fairs/<string:fair_id>/results
GET /bureau/fairs/new
GET /bureau/handouts
GET /bureau/handouts/article.html
GET /bureau/handouts/article.txt
GET /bureau/handouts/code.png
GET /bureau/handouts/notice.pdf
GET /bureau/postings
GET /bureau/postings/<string:posting_id>
GET /bureau/postings/<string:posting_id>/edit
GET /bureau/shortage
GET /bureau/shortage/list.xlsx
GET /bureau/supply
GET /bureau/supply/<string:notice_id>
GET /bureau/supply/<string:notice_id>/edit
GET /bureau/supply/new
GET /bureau/template
GET /bureau/upload
GET /clusters/<string:code>
GET /fairs
GET /fairs.ics
GET /fairs/<string:fair_id>
GET /fairs/<string:fair_id>.ics
GET /fairs/<string:fair_id>/employers/<string:exhibitor_id>
GET /fairs/<string:fair_id>/employers/<string:exhibitor_id>/qr.svg
GET /fairs/<string:fair_id>/poster.pdf
GET /fairs/<string:fair_id>/qr.svg
GET /feed.atom
GET /healthz
GET /login
GET /metrics
GET /office
GET /office/circular
GET /office/circular.xlsx
GET /office/clusters/<string:code>
GET /office/commitments/<int:year>/<string:code>
GET /office/duplicates
GET /office/duplicates/<string:posting_id>
GET /office/figures/<string:figure_id>/<string:digest>
GET /office/policies
GET /office/policies/<string:code>
GET /office/policies/new
GET /office/reports
GET /office/reports/<string:report_id>
GET /office/reports/<string:report_id>/<string:kind>
GET /office/reviews
GET /policies
GET /policies/<string:code>
GET /postings
GET /postings/<string:posting_id>
GET /postings/<string:posting_id>/qr.svg
GET /robots.txt
GET /sitemap.xml
GET /static/<path:filename>
GET /targets
GET /targets.csv
GET /targets.xlsx
GET /targets/gap/<string:kind>
GET /targets/how
GET /targets/postings
GET /targets/postings.xlsx
POST /account
POST /admin/accounts
POST /admin/accounts/<string:name>/activate
POST /admin/accounts/<string:name>/deactivate
POST /admin/accounts/<string:name>/password
POST /admin/accounts/verify
POST /admin/sources/<string:source_id>/drops/<string:batch_id>/approve
POST /admin/sources/<string:source_id>/drops/<string:batch_id>/refuse
POST /admin/sources/<string:source_id>/pause
POST /admin/sources/<string:source_id>/resume
POST /admin/sources/<string:source_id>/run
POST /admin/tokens
POST /admin/tokens/<string:id>/revoke
POST /api/v1/batches
POST /api/v1/batches/<string:batch_id>/confirm
POST /api/v1/batches/<string:batch_id>/discard
POST /api/v1/batches/<string:batch_id>/withdraw
POST /api/v1/receipts
POST /bureau/activities
POST /bureau/activities/<string:activity_id>/cancel
POST /bureau/activities/<string:activity_id>/edit
POST /bureau/activities/<string:activity_id>/evidence
POST /bureau/activities/<string:activity_id>/held
POST /bureau/batches/<string:batch_id>/confirm
POST /bureau/batches/<string:batch_id>/discard
POST /bureau/batches/<string:batch_id>/headings
POST /bureau/batches/<string:batch_id>/records/<int:position>/objection
POST /bureau/batches/<string:batch_id>/withdraw
POST /bureau/fairs/<string:fair_id>/cancel
POST /bureau/fairs/<string:fair_id>/check
POST /bureau/fairs/<string:fair_id>/day
POST /bureau/fairs/<string:fair_id>/day/tallies
POST /bureau/fairs/<string:fair_id>/documents
POST /bureau/fairs/<string:fair_id>/documents/<string:digest>/remove
POST /bureau/fairs/<string:fair_id>/edit
POST /bureau/fairs/<string:fair_id>/exhibitors/<string:exhibitor_id>
POST /bureau/fairs/<string:fair_id>/exhibitors/add
POST /bureau/fairs/<string:fair_id>/exhibitors/remove
POST /bureau/fairs/<string:fair_id>/exhibitors/sheet
POST /bureau/fairs/<string:fair_id>/exhibitors/town
POST /bureau/fairs/<string:fair_id>/exhibitors/verify
POST /bureau/fairs/<string:fair_id>/hold
POST /bureau/fairs/<string:fair_id>/licence
POST /bureau/fairs/<string:fair_id>/publish
POST /bureau/fairs/<string:fair_id>/results
POST /bureau/fairs/new
POST /bureau/postings/<string:posting_id>/close
POST /bureau/postings/<string:posting_id>/edit
POST /bureau/postings/<string:posting_id>/extend
POST /bureau/postings/<string:posting_id>/withdraw
POST /bureau/shortage/relocations
POST /bureau/shortage/relocations/<string:relocation_id>/lift
POST /bureau/supply
POST /bureau/supply/<string:notice_id>/close
POST /bureau/supply/<string:notice_id>/edit
POST /bureau/supply/<string:notice_id>/outcome
POST /bureau/upload
POST /login
POST /logout
POST /office/clusters/<string:code>
POST /office/commitments/<int:year>/<string:code>
POST /office/commitments/<int:year>/<string:code>/figures
POST /office/commitments/<int:year>/<string:code>/figures/<string:figure_id>/correct
POST /office/commitments/<int:year>/<string:code>/next
POST /office/duplicates/<string:posting_id>/join
POST /office/duplicates/offers/<string:offer_id>/keep
POST /office/duplicates/offers/<string:offer_id>/split
POST /office/policies
POST /office/policies/<string:code>
POST /office/policies/<string:code>/withdraw
POST /office/reports/<string:report_id>/accept
POST /office/reports/<string:report_id>/draft
POST /office/reports/<string:report_id>/return
POST /office/reports/<string:report_id>/sections/<string:key>
POST /office/reports/<string:report_id>/send
POST /office/reviews/<string:posting_id>/refuse
POST /office/reviews/<string:posting_id>/release
POST /postings/<string:posting_id>/contact
"""


def test_the_addresses_are_the_ones_agreed(living: Any) -> None:
    found = [
        f"{method} {rule.rule}"
        for rule in living.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]
    assert sorted(found) == ROUTES.split("\n")[1:-1]


def test_every_call_of_the_api_is_documented(living: Any) -> None:
    documented = living.api("/openapi.json")["paths"]
    calls = [line.split()[1] for line in ROUTES.split("\n") if "/api/" in line]
    routes = {call.replace("<string:", "{").replace(">", "}") for call in calls}
    assert set(documented) == routes - {"/api/v1/docs", "/api/v1/openapi.json"}
    page = living.pages.get("/api/v1/docs")
    for path in documented:
        assert path in page.html
