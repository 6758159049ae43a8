"""The command line: `guanshao`. The top of the house: it sees everything, and turns faults into exit codes.

In: arguments. Out: 0 done, 1 failed and nothing changed, 2 wrong usage, 3 partly done. To add a command, write it
in ingest/commands/ and name it in COMMANDS. Nothing heavy is imported here: a command brings what it needs.
"""

import sys
from typing import Any, NoReturn

import click

from config.errors import ConfigurationError
from ingest.commands.lazy import LazyGroup

COMMANDS = {  # name: where it is, the first sentence of its help
    "run": ("ingest.commands.running:run", "启动网站和后台（一个命令，一个文件夹）。"),
    "serve": ("ingest.commands.running:serve", "只启动网站。"),
    "worker": (
        "ingest.commands.running:worker",
        "只启动后台：收批次、发布、抓取、快照。多开的会等着，前一个停了才接手。",
    ),
    "ingest": ("ingest.commands.taking:ingest", "抓取来源，或收一个文件并发布。有其他进程正在发布时排队等候。"),
    "replay": (
        "ingest.commands.replaying:replay",
        "用现在的适配器和字段对应重读一批抓取时存下的原始回答，不上网；结果成为新的一批，不结束任何岗位。",
    ),
    "search": ("ingest.commands.answering:search", '搜岗位，例如：guanshao search "长安 普工 5000以上 包住"。'),
    "count": ("ingest.commands.answering:count", "全年任务完成了多少，各组团多少，没计数的为什么。"),
    "report": (
        "ingest.commands.report:report",
        "季度、半年、年度报告，写成 Word、Excel 或 PDF。数据取期末快照；没有快照就按期末的台账重算。",
    ),
    "verify": (
        "ingest.commands.answering:verify",
        "从台账重算一切并与库、索引比对；有差异时列出最先发现的几处并以 1 退出。",
    ),
    "index": ("ingest.commands.indexing:index", "搜索索引：查看或重建。"),
    "sources": (
        "ingest.commands.sources:sources",
        "每个来源：状态、上次成功、下次、上次结果、有什么问题；另可 pause、resume、run。",
    ),
    "peers": (
        "ingest.commands.peering:peers",
        "互通平台：读到哪里，发出和收到的各有什么结果，最近一次对账是否一致。",
    ),
    "doctor": ("ingest.commands.looking:doctor", "检查数据文件夹、库、索引、后台和来源；有不正常的以 1 退出。"),
    "settings": ("ingest.commands.looking:settings", "全部设置：现在的值、从哪里来、是什么意思。"),
    "config": ("ingest.commands.configuring:config", "配置文件：复制出来编辑，或查看改了什么。"),
    "backup": ("ingest.commands.backing_up:backup", "把库、收到的文件和抓取的原始回答写成一个备份文件（.tar.gz）。"),
    "restore": (
        "ingest.commands.backing_up:restore",
        "从备份文件恢复到一个新的空数据文件夹（可以换数据库），再重建索引。",
    ),
    "user": ("ingest.commands.accounts:user", "账号：添加、查看、重设密码、停用。"),
    "token": ("ingest.commands.accounts:token", "接口令牌：发放、查看、作废。"),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
def guanshao() -> None:
    """莞韶岗位互通：东莞与韶关的岗位信息互通平台。"""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    try:
        code = guanshao.main(arguments, prog_name="guanshao", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except ConfigurationError as fault:
        _leave(str(fault))
    except _faults_with_code() as fault:
        _leave(f"{fault.code}: {fault.message}")
    except _faults_in_words() as fault:
        _leave(str(fault))
    sys.exit(code)


def _leave(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


# Python asks for these only once something was raised: what is imported here, was.
def _faults_with_code() -> tuple[Any, ...]:
    from ingest.adapters import PullFault
    from ingest.http import HttpFault
    from ingest.table import FileFault

    return FileFault, PullFault, HttpFault


def _faults_in_words() -> tuple[Any, ...]:
    from exchange.store.setup import StoreMismatch
    from ingest.pipeline import UnknownOrganisation

    return StoreMismatch, UnknownOrganisation
