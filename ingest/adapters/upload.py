"""Files that people bring: nothing to pull.

In: a source of adapter "file". Out: always a `PullFault` that says where its batches come from.
"""

from collections.abc import Iterator
from datetime import datetime

from config.sources import Source
from ingest.adapters.contract import Adapter, Item, Listing, PullCode, PullFault, Reference, Site
from ingest.adapters.options import OptionFault, Options


class Upload(Adapter[Options]):
    needs = Options

    def check(self, source: Source, options: Options) -> None:
        for key in source.options:
            raise OptionFault(key, '上传的来源没有选项 (adapter "file" has no options)')

    def list_since(self, site: Site[Options], since: datetime | None) -> Iterator[Listing]:
        raise PullFault(
            PullCode.NOT_PULLED,
            f"“{site.source.name}”由人上传文件，不能自动获取；请用上传页面或 guanshao ingest --file。",
        )

    def fetch(self, site: Site[Options], reference: Reference) -> list[Item]:
        return []
