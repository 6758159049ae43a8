"""Finding postings: plain values in, plain values out. Knows no database and no Flask."""
