"""Everything a process of the exchange works with, opened once: configuration, store, search engine, locks.

In: the configuration in force. Out: `Exchange`, handed to the web, the worker and the commands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings
from config.startup import Configuration
from exchange.clock import Clock, local_day, utc_now
from exchange.locks import Lock, file_locks, store_locks
from exchange.store import Store
from exchange.store.labels import facet_names
from exchange.store.setup import open_store

if TYPE_CHECKING:
    from search.engines.contract import Reader, Writer


@dataclass(frozen=True, slots=True)
class Exchange:
    configuration: Configuration
    store: Store
    engine: "Callable[[], tuple[Reader, Writer]]"  # opened when it is asked for: counting needs no index
    lock: Lock  # between all processes that share the store
    local_lock: Lock  # between the processes of this machine, which share its index

    @property
    def settings(self) -> Settings:
        return self.configuration.settings

    @property
    def reader(self) -> "Reader":
        return self.engine()[0]

    @property
    def writer(self) -> "Writer":
        return self.engine()[1]

    @property
    def today(self) -> date:
        """The local day by the store's clock."""
        return local_day(self.store.clock())

    @property
    def files_folder(self) -> Path:
        """Uploaded files and pulled captures, by their hash."""
        return self.settings.data / "files"


def open_exchange(configuration: Configuration, clock: Clock = utc_now) -> Exchange:
    store = open_store(configuration, clock)
    folder = configuration.settings.data / "locks"

    @cache
    def engine() -> "tuple[Reader, Writer]":
        from search.opening import open_engine

        settings = configuration.settings
        return open_engine(settings.index_folder, facet_names(store), settings.search_cache_mb)

    return Exchange(configuration, store, engine, store_locks(store, folder), file_locks(folder))
