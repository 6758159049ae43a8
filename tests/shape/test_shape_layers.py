"""Imports go one way: ingest → exchange → search → config. The contracts are in setup.cfg."""

import subprocess
import sys
from pathlib import Path


def test_every_import_contract_is_kept(root: Path) -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "setup.cfg", "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
