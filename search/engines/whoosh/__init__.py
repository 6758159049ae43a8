"""Whoosh keeps the index on disk, in small segments; numpy searches what is read from it."""
