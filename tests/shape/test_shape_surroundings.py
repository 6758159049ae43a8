"""What every test can rely on: it cannot reach another machine, and the machine's clock setting does not help it."""

import os
import socket
import time

import pytest


def test_a_test_cannot_reach_another_machine() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="no network but loopback"):
        client.connect(("192.0.2.1", 80))


def test_a_test_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()


def test_the_local_zone_is_not_that_of_the_two_cities() -> None:
    assert time.localtime(0).tm_gmtoff < 0


def test_no_setting_comes_from_outside() -> None:
    given = [name for name in os.environ if name.startswith("GUANSHAO_")]
    assert [name for name in given if not name.startswith("GUANSHAO_TEST_")] == []
