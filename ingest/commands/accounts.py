"""`guanshao user` and `guanshao token`: accounts of people, tokens of programs.

In: names, codes, a password from a prompt or the first line of standard input, never from the command line. Out: lines
for people, or JSON. A fault says what to change and leaves with 1.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from config.words import Role, TokenScope, label
from exchange import accounts
from exchange.accounts import AccountFault, NewAccount, normal_name
from exchange.clock import iso
from exchange.models import Account, ApiToken
from exchange.store.accounts import all_accounts, represented
from exchange.store.setup import organisation_of
from exchange.store.tokens import all_tokens, issue_token, revoke_token
from ingest.commands.opening import as_json, open_here, print_json

_ISSUER = "命令行"
from_stdin = click.option("--password-stdin", is_flag=True, help="从标准输入的第一行读密码，不提示。")


def _faults_told(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def told(*arguments: Any, **named: Any) -> None:
        try:
            command(*arguments, **named)
        except AccountFault as fault:
            raise click.ClickException(str(fault)) from fault

    return told


@click.group()
def user() -> None:
    """账号：添加、查看、重设密码、停用。"""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="角色。")
@click.option("--organisation", required=True, help="单位代码，例如 441900119；组团账号写组团代码，例如 c01。")
@click.option("--display-name", help="页面上显示的名字；不写就是登录名。")
@from_stdin
@_faults_told
def add_user(name: str, role: str, organisation: str, display_name: str | None, password_stdin: bool) -> None:
    """添加账号。密码会提示输入两次。"""
    exchange = open_here()
    new = NewAccount(
        name=normal_name(name),
        display_name=display_name or name,
        role=Role(role),
        organisation=organisation,
        password=_password(password_stdin),
    )
    accounts.add_account(exchange.store, new)
    click.echo(f"已添加账号 {new.name}（{label(new.role)}，{organisation}）。")


@user.command("list")
@as_json
def list_users(as_json: bool) -> None:
    """全部账号。"""
    exchange = open_here()
    with exchange.store.read() as session:
        rows, names = all_accounts(session), represented(session)
    found = [_account_to_json(row, names) for row in rows]
    if as_json:
        print_json(found)
        return
    table = Table("登录名", "名字", "角色", "单位或组团", "状态", "核验于", "上次登录")
    for row in found:
        state = "使用中" if row["active"] else "已停用"
        shown = (label(Role(row["role"])), row["organisation_name"], state, row["verified_on"])
        table.add_row(row["name"], row["display_name"], *shown, row["last_login_at"] or "—")
    Console(highlight=False).print(table)


@user.command("password")
@click.argument("name")
@from_stdin
@_faults_told
def set_password(name: str, password_stdin: bool) -> None:
    """重设密码，解除锁定，并退出这个账号的所有登录。"""
    exchange = open_here()
    accounts.set_password(exchange.store, normal_name(name), _password(password_stdin))
    click.echo(f"账号 {normal_name(name)} 的密码已重设。")


@user.command("deactivate")
@click.argument("name")
@_faults_told
def deactivate_user(name: str) -> None:
    """停用账号，并退出它的所有登录。"""
    accounts.set_active(open_here().store, normal_name(name), active=False)
    click.echo(f"账号 {normal_name(name)} 已停用。")


@click.group()
def token() -> None:
    """接口令牌：发放、查看、作废。"""


@token.command("issue")
@click.option("--organisation", required=True, help="单位代码，例如 441900119。")
@click.option(
    "--scope", "scopes", type=click.Choice([str(scope) for scope in TokenScope]), multiple=True, required=True,
    help="权限，可以写几次。",
)  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3660), help="有效天数，默认见设置 token_days。")
@click.option("--name", required=True, help="用途，例如 长安镇招聘系统。")
@as_json
def issue(organisation: str, scopes: tuple[str, ...], days: int | None, name: str, as_json: bool) -> None:
    """发一个令牌；令牌只显示这一次。"""
    exchange = open_here()
    with exchange.store.read() as session:
        if organisation_of(session, organisation) is None:
            raise click.BadParameter(f"没有单位 {organisation}：请写单位代码，例如 441900119（长安镇）。")
    secret, row = issue_token(
        exchange.store,
        name,
        organisation,
        [TokenScope(scope) for scope in scopes],
        days or exchange.settings.token_days,
        issued_by=_ISSUER,
    )
    if as_json:
        print_json({"token": secret, **_token_to_json(row)})
        return
    click.echo(secret)
    click.echo(f"编号 {row.id}，有效到 {iso(row.expires_at)}。令牌只显示这一次，请现在存好。", err=True)


@token.command("list")
@as_json
def list_tokens(as_json: bool) -> None:
    """全部令牌（不含令牌本身）。"""
    exchange = open_here()
    with exchange.store.read() as session:
        found = [_token_to_json(row) for row in all_tokens(session)]
    if as_json:
        print_json(found)
        return
    table = Table("编号", "用途", "单位", "权限", "有效到", "作废", "上次使用")
    for row in found:
        shown = (" ".join(row["scopes"]), row["expires_at"], row["revoked_at"] or "—", row["last_used_at"] or "—")
        table.add_row(row["id"], row["name"], row["organisation"], *shown)
    Console(highlight=False).print(table)


@token.command("revoke")
@click.argument("id")
def revoke(id: str) -> None:
    """作废一个令牌，立即生效。"""
    if revoke_token(open_here().store, id.upper()) is None:
        raise click.ClickException(f"没有令牌 {id}；用 guanshao token list 查看编号。")
    click.echo(f"令牌 {id.upper()} 已作废。")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("密码（输入时不显示）", hide_input=True, confirmation_prompt="再输一次")
    return typed


def _account_to_json(row: Account, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row.name,
        "display_name": row.display_name,
        "role": row.role,
        "organisation": row.organisation,
        "organisation_name": names.get(row.organisation, row.organisation),
        "active": row.active,
        "verified_on": row.verified_on.isoformat(),
        "last_login_at": iso(row.last_login_at) if row.last_login_at else None,
    }


def _token_to_json(row: ApiToken) -> dict[str, Any]:
    moments = {"created_at": row.created_at, "expires_at": row.expires_at}
    perhaps = {"revoked_at": row.revoked_at, "last_used_at": row.last_used_at}
    return {
        "id": row.id,
        "name": row.name,
        "organisation": row.organisation,
        "scopes": row.scopes.split(),
        **{name: iso(moment) for name, moment in moments.items()},
        **{name: iso(moment) if moment else None for name, moment in perhaps.items()},
    }
