"""`python -P -m ingest`: the same as the command `guanshao`; how the children of `guanshao run` are started."""

from ingest.cli import main

main()
