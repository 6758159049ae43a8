"""What every command starts with: the configuration in force, logging, the exchange.

In: the environment. Out: an `Exchange`; a command that needs none does not read what makes one.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from config.errors import ConfigurationError
from config.logging import configure
from config.sources import Source
from config.startup import Configuration, load_configuration

if TYPE_CHECKING:
    from exchange.context import Exchange

as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")


def open_configuration() -> Configuration:
    """Everything is checked before anything starts. Raises ConfigurationError."""
    from ingest.adapters import check_sources

    configuration = load_configuration()
    configure(configuration.settings)
    check_sources(configuration.sources.values())
    return configuration


def open_here() -> "Exchange":
    from exchange.context import open_exchange

    return open_exchange(open_configuration())


def find_source(exchange: "Exchange", id: str) -> Source:
    """Raises click.BadParameter (exit 2) naming the sources there are."""
    from exchange.store.setup import is_demonstration

    sources = exchange.configuration.sources
    if id not in sources:
        raise click.BadParameter(f"没有来源 {id}；现有：{', '.join(sources)}")
    with exchange.store.read() as session:
        if sources[id].demonstration and not is_demonstration(session):
            raise ConfigurationError(f"来源 {id} 只用于演示数据，这个数据文件夹里是正式数据。")
    return sources[id]


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings)
    table.columns[-1].overflow = "fold"
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
