"""All SQL. `Store` opens the database; the other modules read it and change it through a `Transaction`."""

from exchange.store.database import Store
from exchange.store.transaction import Transaction

__all__ = ["Store", "Transaction"]
