"""Parameters of the pages about targets, checked: which year, as of when, whose, in which order, which postings.

In: the query string; strange parameters are ignored, for these are pages. Out: a dict, or ValidationError with Chinese
messages.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from marshmallow import EXCLUDE, ValidationError, fields, post_load, validate

from config.words import Direction, Uncounted
from exchange.clock import LOCAL
from exchange.credits import COUNTED
from exchange.schemas.query import QuerySchema, YearQuerySchema

SORTS = ("cluster", *Direction, *(f"{direction}-openings" for direction in Direction), "fair")
_REASONS = (COUNTED, *Uncounted)
_MOMENT = "应像 2026-06-30 或 2026-06-30T12:00:00+08:00 这样写"


class Moment(fields.Field[datetime]):
    """A day stands for its last moment; a time without an offset is local."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> datetime:
        text = str(value).strip().replace(" ", "+")  # a "+" in an address is a blank
        try:
            if len(text) == len("2026-06-30"):
                after = datetime.combine(date.fromisoformat(text) + timedelta(1), time(), LOCAL)
                return after - timedelta(microseconds=1)
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
        except (ValueError, OverflowError):
            raise ValidationError(_MOMENT) from None


class TargetsQuery(YearQuerySchema):
    class Meta:
        unknown = EXCLUDE

    as_of = Moment(load_default=None)
    sort = fields.String(load_default="cluster", validate=validate.OneOf(SORTS, error="没有“{input}”这个排序"))


class PostingsQuery(TargetsQuery):
    """Which postings behind a number. `after` is where the page before ended: direction,cluster,posting."""

    direction = fields.String(
        load_default=None, validate=validate.OneOf(list(Direction), error="流向只能是 dg-sg 或 sg-dg")
    )
    cluster = fields.String(load_default=None, validate=validate.Length(max=16, error="没有这个组团"))
    reason = fields.String(
        load_default=COUNTED, validate=validate.OneOf(_REASONS, error="没有“{input}”这个不计数原因")
    )
    after = fields.String(load_default="", validate=validate.Length(max=64, error="网址不完整"))
    page = fields.Integer(
        load_default=1, validate=validate.Range(1, 1_000_000, error="页码应为正整数"),
        error_messages={"invalid": "页码应为正整数"},
    )  # fmt: skip

    @post_load
    def _place(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        parts = tuple(data["after"].split(",")) if data["after"] else None
        if parts is not None and len(parts) != len(("direction", "cluster", "posting")):
            raise ValidationError("网址不完整，请从第一页翻起", "after")
        return {**data, "after": parts}


def asked(schema: type[QuerySchema], arguments: Any) -> dict[str, Any]:
    """Of a page's query string."""
    found: dict[str, Any] = schema(unknown=EXCLUDE).load(arguments)
    return found
