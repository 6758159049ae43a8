"""Files that people bring: nothing to pull.

In: a source of adapter "file". Out: always a `PullFault` that says where its batches come from.
"""

from collections.abc import Iterator

from config.errors import ConfigurationError
from config.sources import Source
from ingest.adapters.contract import Page, PullFault
from ingest.http import HttpClient


class Upload:
    def check(self, source: Source) -> None:
        for key in source.options:
            raise ConfigurationError(
                f'sources.toml: {source.id}: options.{key}: 上传的来源没有选项 (adapter "file" has no options)'
            )

    def pull(self, source: Source, client: HttpClient) -> Iterator[Page]:
        raise PullFault(
            "pull.not_pulled", f"“{source.name}”由人上传文件，不能自动获取；请用上传页面或 guanshao ingest --file。"
        )
