"""The command as a module, for `__main__.py`."""

import sys

from tests.bench.command import main

if __name__ == "__main__":
    sys.exit(main())
