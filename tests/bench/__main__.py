"""Makes `python tests/bench` work from the root of the project: see command.py."""

import sys
from pathlib import Path
from runpy import run_module

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    run_module("tests.bench.start", run_name="__main__")
