"""Alembic migrations, run by the program itself: `migrate(store)` brings a database to the newest revision."""
