"""The command line: `guanshao`. The top of the house: it sees everything, and turns faults into exit codes.

In: arguments. Out: 0 done, 1 failed and nothing changed, 2 wrong usage, 3 partly done. To add a command, write it
in ingest/commands/ and name it in COMMANDS.
"""

import sys

import click

from config.errors import ConfigurationError
from exchange.store.setup import StoreMismatch
from ingest.adapters import PullFault
from ingest.commands import accounts, answering, backing_up, configuring, indexing, looking, peering, running, taking
from ingest.http import HttpFault
from ingest.pipeline import UnknownOrganisation
from ingest.table import FileFault

COMMANDS = (
    running.run,
    running.serve,
    running.worker,
    taking.ingest,
    answering.search,
    answering.count,
    answering.verify,
    indexing.index,
    looking.sources,
    peering.peers,
    looking.doctor,
    looking.settings,
    configuring.config,
    backing_up.backup,
    backing_up.restore,
    accounts.user,
    accounts.token,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def guanshao() -> None:
    """莞韶岗位互通：东莞与韶关的岗位信息互通平台。"""


for command in COMMANDS:
    guanshao.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    try:
        sys.exit(guanshao.main(arguments, prog_name="guanshao", standalone_mode=False))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (FileFault, PullFault, HttpFault) as fault:
        click.echo(f"{fault.code}: {fault.message}", err=True)
        sys.exit(1)
    except (ConfigurationError, StoreMismatch, UnknownOrganisation) as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
