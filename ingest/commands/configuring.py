"""`guanshao config init` and `config diff`."""

import click

from config.initialise import difference, initialise
from config.settings import load_settings


@click.group()
def config() -> None:
    """配置文件：复制出来编辑，或查看改了什么。"""


@config.command()
def init() -> None:
    """把自带的配置复制到配置文件夹；已有的文件不覆盖。"""
    settings = load_settings()
    written = initialise(settings)
    for path in written:
        click.echo(str(path))
    if not written:
        click.echo(f"{settings.config} 里的配置文件都在，没有覆盖。")


@config.command()
def diff() -> None:
    """生效的配置与自带配置的差别。"""
    found = difference(load_settings())
    click.echo(found.rstrip("\n") if found else "没有差别。")
