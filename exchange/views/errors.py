"""What went wrong, told once: as JSON under /api, as a Chinese page elsewhere.

In: domain errors and HTTP errors. Out: `{"error": {"code", "message", "details"}}` or a page that says what
happened and what to do. A new domain error is a handler here.
"""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from search.requests import SearchError

_WORDS = {
    400: ("request.invalid", "这个请求有误", "请检查网址或填写的内容，再试一次。"),
    404: ("not_found", "没有找到这个页面", "网址可能写错了，或者内容已经移走。"),
    405: ("method.not_allowed", "这个网址不接受这种请求", "请从页面上的链接或按钮进入。"),
    410: ("gone", "内容已经结束", "请看看其他岗位。"),
    413: ("request.too_large", "提交的内容太大", "请减少内容后再试。"),
    429: ("rate.limited", "请求太频繁", "请过一会儿再试。"),
    500: ("internal", "系统出错了", "不是您的问题，我们已经记下。请过几分钟再试。"),
}
_OTHER = ("request.refused", "无法处理这个请求", "请返回上一页再试。")


@dataclass(eq=False)
class Refused(Exception):
    """A request that cannot be granted: `message` says what is wrong, `remedy` what to do, both in Chinese."""

    status: int
    code: str
    message: str
    remedy: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def register_errors(app: Flask) -> None:
    app.register_error_handler(Refused, _answer)
    app.register_error_handler(SearchError, lambda e: _answer(Refused(400, e.code, e.message, details=e.details)))
    app.register_error_handler(ValidationError, lambda e: _answer(refused_parameters(e.messages)))
    app.register_error_handler(HTTPException, _http_error)


def refused_parameters(messages: Any) -> Refused:
    """The first of marshmallow's complaints about parameters, and all of them in the details."""
    faults = {str(name): _sentence(found) for name, found in dict(messages).items()}
    name, sentence = next(iter(faults.items()))
    code = "parameter.unknown" if sentence == "没有这个参数" else "parameter.invalid"
    details = {"parameter": name, "problems": faults}
    return Refused(400, code, f"参数 {name}：{sentence}", "请改正后再试，可用的参数见接口文档。", details)


def _sentence(found: Any) -> str:
    while isinstance(found, dict | list):
        found = next(iter(found.values() if isinstance(found, dict) else found), "")
    return str(found)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    messages = (getattr(error, "data", None) or {}).get("messages")  # what webargs found wrong with parameters
    if messages:
        return _answer(refused_parameters(next(iter(messages.values()))))
    code, message, remedy = _WORDS.get(status, _OTHER)
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return _answer(Refused(status, code, message, remedy, headers=headers))


def _answer(refused: Refused) -> Response:
    if request.path.startswith("/api/"):
        body = {"code": refused.code, "message": refused.message, "details": refused.details}
        response = jsonify({"error": body})
    else:
        response = make_response(render_template("errors/error.html", refused=refused))
    response.status_code = refused.status
    response.headers.update(refused.headers)
    if refused.status in {404, 410, 429, 500}:
        response.headers["Cache-Control"] = "no-store"
    return response
