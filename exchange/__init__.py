"""The exchange: store, ledger, credits, pages and API."""
