"""/targets/how: how things are counted (怎样计数), in plain words drawn from the rules in force.

In: a year. Out: what counts and what does not, paces, forecasts, sources, and how anybody recounts it.
"""

from flask import Blueprint, render_template

from exchange.counting_rules import (
    counting_sources,
    direction_words,
    other_reasons,
    reversing_withdrawals,
    state_words,
    trials,
)
from exchange.forecasting import METHOD, METHOD_WITH_SHAPE
from exchange.store.ledger import head_page
from exchange.store.overview import commitment_years
from exchange.views.current import current_exchange, demonstration, session
from exchange.views.targets import wanted_year
from exchange.views.targets_shown import asked_of

blueprint = Blueprint("targets_how", __name__)


@blueprint.get("/targets/how")
def page() -> str:
    counted = wanted_year()
    configuration = current_exchange().configuration
    forecasts = {one.forecast.method for one in counted.by_postings if one.forecast}
    return render_template(
        "targets/how.html",
        counted=counted,
        count=counted.count,
        asked=asked_of(counted),
        years=commitment_years(session()),
        trials=trials(),
        others=other_reasons(),
        withdrawals=reversing_withdrawals(),
        sources=counting_sources(configuration.sources.values(), demonstration()),
        states=state_words(configuration.thresholds),
        directions=direction_words(),
        validity_days=current_exchange().settings.validity_days,
        methods=[(method, method in forecasts) for method in (METHOD, METHOD_WITH_SHAPE)],
        head=head_page(session()),
    )
