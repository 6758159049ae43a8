"""Forms about accounts and tokens, checked: login, a new password, a new account, a new token.

In: form fields. Out: a dict of typed values, or ValidationError keyed by field with Chinese messages. What is already
taken or unknown to the store is said by exchange.accounts.
"""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate, validates_schema

from config.words import Role
from exchange.accounts import NAME, NAME_RULE
from exchange.passwords import LONGEST

_LONGEST_NAME = 40
_LONGEST_LIFE = 3660  # days
_PASSWORDS = {"password", "old_password", "again"}


def _text(missing: str, most: int, *more: Any) -> fields.String:
    limits = [validate.Length(min=1, error=missing), validate.Length(max=most, error=f"最长 {most} 个字符。"), *more]
    return fields.String(required=True, validate=limits, error_messages={"required": missing})


class _Form(Schema):
    class Meta:
        unknown = EXCLUDE  # the CSRF token has its own check

    @pre_load
    def _trim(self, data: Any, **_: Any) -> dict[str, str]:
        """Blanks around a name are slips, those of a password may be meant."""
        return {name: value if name in _PASSWORDS else value.strip() for name, value in data.items()}


class LoginForm(_Form):
    name = _text("请填写登录名。", 200)
    password = _text("请填写密码。", 4 * LONGEST)


class PasswordForm(_Form):
    old_password = _text("请填写现在的密码。", LONGEST)
    password = _text("请填写新密码。", LONGEST)
    again = _text("请再填一次新密码。", LONGEST)

    @validates_schema(skip_on_field_errors=True)
    def _same_twice(self, data: dict[str, Any], **_: Any) -> None:
        if data["password"] != data["again"]:
            raise ValidationError("两次填的新密码不一样。", "again")


class AccountForm(_Form):
    name = _text("请填写登录名。", 32, validate.Regexp(NAME.pattern + r"\Z", error=NAME_RULE))
    display_name = _text("请填写经办人或单位的名字。", _LONGEST_NAME)
    role = fields.Enum(
        Role, by_value=True, required=True, error_messages={"unknown": "请选择角色。", "required": "请选择角色。"}
    )
    organisation = _text("请选择单位或组团。", 32)


class TokenForm(_Form):
    name = _text("请写明这个令牌给哪个系统用。", _LONGEST_NAME)
    organisation = _text("请选择单位。", 32)
    days = fields.Integer(
        required=True,
        validate=validate.Range(1, _LONGEST_LIFE, error=f"应为 1 到 {_LONGEST_LIFE} 的整数。"),
        error_messages={"required": "请填写有效天数。", "invalid": f"应为 1 到 {_LONGEST_LIFE} 的整数。"},
    )


def form_faults(error: ValidationError) -> dict[str, str]:
    """The first complaint about each field."""
    messages = error.messages if isinstance(error.messages, dict) else {}
    return {name: str(found[0] if isinstance(found, list) else found) for name, found in messages.items()}
