"""Tools that tests need and a laptop may lack: PostgreSQL, Chromium, a Chinese font.

In: the tool and why it cannot be used. Out: the test is skipped, or fails where GUANSHAO_TEST_REQUIRE names the tool.
"""

import os
from typing import NoReturn

import pytest


def miss(tool: str, reason: str) -> NoReturn:
    if tool in os.environ.get("GUANSHAO_TEST_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(f"{tool} is required (GUANSHAO_TEST_REQUIRE) but {reason}", pytrace=False)
    pytest.skip(f"{tool}: {reason}")
