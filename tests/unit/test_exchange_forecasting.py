"""The forecast on years that are played through: how often its range held, and what it may never say."""

from datetime import date

import pytest

from exchange.forecasting import METHOD, METHOD_WITH_SHAPE, forecast
from exchange.paces import year_shape
from tests.unit.simulated_years import simulate

_YEARS = 120
_DAYS = [date(2026, 2, 28), date(2026, 5, 31), date(2026, 8, 31), date(2026, 11, 30)]


@pytest.mark.parametrize("with_shape", [False, True])
@pytest.mark.parametrize("day", _DAYS, ids=str)
def test_the_range_holds_in_about_eight_years_of_ten(day: date, with_shape: bool) -> None:
    held, wide = 0, 0.0
    for seed in range(_YEARS):
        years = simulate(seed)
        so_far = {when: number for when, number in years.this.items() if when <= day}
        shape = year_shape(years.before, 2025) if with_shape else None
        found = forecast(sum(so_far.values()), day, 2026, so_far, shape)
        assert found is not None
        total = sum(years.this.values())
        held += found.low <= total <= found.high
        wide += (found.high - found.low) / 2 / total
    assert 0.74 <= held / _YEARS <= 0.98, held  # 120 years tell 80 % from 74 % just so
    assert wide / _YEARS < (1.0 if day.month < 3 else 0.6)


def test_the_method_is_said() -> None:
    years, day = simulate(1), date(2026, 8, 31)
    done = sum(number for when, number in years.this.items() if when <= day)
    so_far = {when: number for when, number in years.this.items() if when <= day}
    plain = forecast(done, day, 2026, so_far)
    blended = forecast(done, day, 2026, so_far, year_shape(years.before, 2025))
    assert plain is not None
    assert blended is not None
    assert (plain.method, blended.method) == (METHOD, METHOD_WITH_SHAPE)
    assert min(plain.low, blended.low) >= done
