"""Parameters of a request, checked: of the search (page, API, feed), of the change feed, of the counts.

In: the query string. Out: a dict of typed values, or ValidationError keyed by parameter with Chinese messages.
The filters come from search.filters, so a new filter needs no line here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

from search.filters import FACETS, FILTERS
from search.requests import SearchRequest

SORTS = ("relevance", "newest", "salary")
GROUPS = ("employer",)
MOST_ITEMS = 100
UNSPLIT = {"employer"}  # names may hold commas


class Values(fields.List):
    """Any of several values: `a,b` or the parameter given twice."""

    def __init__(self, splits: bool = True, **options: Any) -> None:
        super().__init__(fields.String(), **options)
        self._splits = splits

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        given: list[Any] = super()._deserialize([value] if isinstance(value, str) else value, attr, data, **options)
        parts = [part.strip() for text in given for part in (text.split(",") if self._splits else [text])]
        return tuple(dict.fromkeys(part for part in parts if part))


class QuerySchema(Schema):
    """Parameters given without a value count as not given: a form sends every one of its fields."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "没有这个参数"}  # noqa: RUF012

    @pre_load
    def _drop_blank(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: data[name] for name in data}
        return {name: value for name, value in given.items() if value not in ("", [], [""])}


def _whole(least: int, most: int, default: int | None, help: str) -> fields.Integer:
    return fields.Integer(
        load_default=default,
        allow_none=default is None,
        validate=validate.Range(least, most, error=f"应为 {least} 到 {most} 的整数"),
        error_messages={"invalid": f"应为 {least} 到 {most} 的整数"},
        metadata={"description": help},
    )


def _one_of(values: tuple[str, ...], default: str | None, help: str) -> fields.String:
    allowed = validate.OneOf(values, error="没有“{input}”这个选项，可用：" + "、".join(values))
    return fields.String(load_default=default, validate=allowed, metadata={"description": help})


def _text(most: int, help: str, default: str | None = None) -> fields.String:
    limit = validate.Length(max=most, error=f"最长 {most} 个字")
    return fields.String(load_default=default, validate=limit, metadata={"description": help})


def _known_facets(values: tuple[str, ...]) -> None:
    for value in values:
        if value not in FACETS:
            raise ValidationError(f"没有“{value}”这个统计项，可用：{'、'.join(FACETS)}")


class _WordsSchema(QuerySchema):
    q = _text(200, "what a person types: 长安 普工 5000以上 包住; read for places, pay, benefits, education", "")


class _PagedSchema(_WordsSchema):
    sort = _one_of(SORTS, "relevance", "order of the items")
    page = _whole(1, 1_000_000, 1, "from 1; use the cursor to walk far")
    page_size = _whole(1, MOST_ITEMS, 20, f"items a page, at most {MOST_ITEMS}")
    cursor = _text(500, "next_cursor of the answer before; walks every item once, at any depth")
    facets = Values(validate=_known_facets, metadata={"description": f"counts wanted: {', '.join(FACETS)}"})
    group = _one_of(GROUPS, None, "employer: one posting an employer, with the number of its others")


_FILTER_FIELDS = {
    name: Values(name not in UNSPLIT, metadata={"description": f"{found.name}: {found.help}"})
    for name, found in FILTERS.items()
}
SearchQuerySchema = _PagedSchema.from_dict(_FILTER_FIELDS, name="SearchQuerySchema")  # type: ignore[arg-type]
CompleteQuerySchema = _WordsSchema.from_dict(_FILTER_FIELDS, name="CompleteQuerySchema")  # type: ignore[arg-type]


class ChangesQuerySchema(QuerySchema):
    since = _whole(0, 2**53, 0, "the last ledger sequence the caller has; 0 for everything")
    limit = _whole(1, 1000, 100, "items at most")


class YearQuerySchema(QuerySchema):
    year = _whole(2000, 2100, None, "calendar year in Asia/Shanghai; this year when left out")


class NoQuerySchema(QuerySchema):
    """No parameters at all."""


def request_from(arguments: Mapping[str, Any], today: date) -> SearchRequest:
    """The search that these checked parameters ask for."""
    return SearchRequest(
        today=today,
        q=arguments.get("q", ""),
        filters={name: arguments[name] for name in FILTERS if arguments.get(name)},
        sort=arguments.get("sort", "relevance"),
        page=arguments.get("page", 1),
        page_size=arguments.get("page_size", 20),
        cursor=arguments.get("cursor"),
        facets=tuple(arguments.get("facets") or ()),
        group=arguments.get("group"),
    )
