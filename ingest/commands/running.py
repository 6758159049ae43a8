"""`guanshao run`, `serve`, `worker`: the processes of the exchange.

`run` starts the web and the worker as children that end with it, also when it is killed: each child watches
the pipe that its parent holds open. Each reads only what it is: the worker knows no Flask.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from types import FrameType
from typing import TYPE_CHECKING

import click

from config.errors import ConfigurationError
from config.settings import environment_of
from config.startup import Configuration
from config.words import label
from exchange.context import Exchange, open_exchange
from exchange.indexing import follow
from exchange.store.setup import StoreMismatch, is_demonstration, mark_as_demonstration
from ingest.commands.opening import open_configuration, open_here

if TYPE_CHECKING:
    from ingest.sample.site import DemonstrationSite

_STOP_SECONDS = 15
_HANDED_ON = ("data", "host", "port", "demonstration_port")  # what the children cannot know from the environment
with_parent = click.option("--with-parent", is_flag=True, hidden=True)


@click.command()
@click.option("--host", help="监听的地址，默认 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="监听的端口，默认 8000。")
@click.option("--sample", is_flag=True, help="演示：把一个新的空数据文件夹标为演示数据，并收入两市样例岗位。")
def run(host: str | None, port: int | None, sample: bool) -> None:
    """启动网站和后台（一个命令，一个文件夹）。"""
    from ingest.sample.loading import load_sample, sample_day

    configuration = _configuration(host, port)
    settings = configuration.settings
    _check_port(settings.host, settings.port)
    with ExitStack() as stack:
        exchange = open_exchange(configuration)
        if sample:
            mark_as_demonstration(exchange.store)
            day = sample_day(exchange.store, exchange.today)
            site = stack.enter_context(_site(settings.demonstration_port, day))
            configuration = replace(configuration, settings=replace(settings, demonstration_port=site.port))
            load_sample(replace(exchange, configuration=configuration), tell=click.echo)
            _tell_accounts(exchange)
        else:
            _refuse_demonstration(exchange)
        follow(exchange)
        exchange.store.close()
        _run_children(configuration)


def _tell_accounts(exchange: Exchange) -> None:
    """Every start gives the demonstration's accounts new passwords, which are told here and nowhere else."""
    from exchange.accounts import demonstration_accounts

    click.echo("演示账号（每次启动换新密码）：")
    for name, password, role in demonstration_accounts(exchange.store):
        click.echo(f"  {name}  {password}  {label(role)}")


def _refuse_demonstration(exchange: Exchange) -> None:
    with exchange.store.read() as session:
        if is_demonstration(session):
            raise StoreMismatch(
                "这个数据文件夹里是演示数据：请加 --sample，或用 GUANSHAO_DATA 换一个文件夹存放正式数据。"
            )


@click.command()
@click.option("--host", help="监听的地址，默认 127.0.0.1。")
@click.option("--port", type=click.IntRange(1, 65535), help="监听的端口，默认 8000。")
@with_parent
def serve(host: str | None, port: int | None, with_parent: bool) -> None:
    """只启动网站。"""
    import waitress

    from exchange.app import create_app

    configuration = _configuration(host, port)
    settings = configuration.settings
    if with_parent:
        _end_with_parent()
    _check_port(settings.host, settings.port)
    exchange = open_exchange(configuration)
    follow(exchange, wait=0)
    click.echo(f"网站：http://{settings.host}:{settings.port}/")
    app = create_app(exchange)
    gc.collect()
    gc.freeze()  # the index and the vocabularies stay: searching them through for rubbish would make visitors wait
    waitress.serve(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.web_threads,
        max_request_body_size=settings.upload_max_bytes + 2**20,
        ident=None,
    )


@click.command()
@with_parent
def worker(with_parent: bool) -> None:
    """只启动后台：收批次、发布、抓取、快照。多开的会等着，前一个停了才接手。"""
    from ingest.scheduler import work

    exchange: Exchange = open_here()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        _end_with_parent()
    work(exchange, stop)


def _configuration(host: str | None, port: int | None) -> Configuration:
    configuration = open_configuration()
    settings = configuration.settings
    return replace(configuration, settings=replace(settings, host=host or settings.host, port=port or settings.port))


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise ConfigurationError(
                f"不能在 {host}:{port} 上启动网站（{fault.strerror}）：请用 --port 换一个端口。"
            ) from None


def _site(port: int, day: date) -> "DemonstrationSite":
    """The two cities' feeds on this machine; on a free port when the usual one is taken."""
    from ingest.sample.site import DemonstrationSite

    try:
        return DemonstrationSite(port, day)
    except ConfigurationError:
        return DemonstrationSite(0, day)


def _run_children(configuration: Configuration) -> None:
    """Web and worker, until one of them ends or this process is told to."""
    environment = {**environment_of(configuration.settings, _HANDED_ON), "PYTHONUNBUFFERED": "1"}
    children = [_child(name, environment) for name in ("serve", "worker")]
    told = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not told.is_set() and all(child.poll() is None for child in children):
        told.wait(0.2)
    fallen = next((child for child in children if child.poll() is not None), None)
    _end(children)
    if fallen is not None and not told.is_set():
        click.echo("网站或后台意外停止，已全部停下；请看上面的日志。", err=True)
        raise click.exceptions.Exit(1)


def _child(name: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # -P keeps the current folder off the import path: it may hold a `config` or `search` of its own.
    command = [sys.executable, "-P", "-m", "ingest", name, "--with-parent"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    end = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _end_with_parent() -> None:
    """Leave when the parent's end of our standard input closes, however the parent ended."""

    def watch() -> None:
        while os.read(0, 1):  # past the buffered reader, whose lock would be held when the process is told to end
            pass
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
