"""Archives of pulls: one that keeps what is read and goes on where an earlier pull broke, one that only remembers.

In: requests and replies. Out: captures, a manifest that is tied to its batch, validators for the next pull. Nothing is
lost when the process dies: the manifest is written line by line. A replay's archive never lets a request go out.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from exchange.captures import captures_folder, keep_capture, read_capture, sync_captures, unfinished_manifest
from exchange.clock import iso
from exchange.context import Exchange
from exchange.models import PullManifest
from exchange.store import captures
from ingest.http.answers import Answer, Reply, Request, masked
from ingest.http.contract import Known
from ingest.http.faults import HttpFault
from ingest.http.manifest import Line, bodies_of, read_lines
from ingest.http.recollection import Recollection

log = logging.getLogger(__name__)


def open_archive(exchange: Exchange, source: str, since: datetime | None = None) -> "PullArchive":
    """Of the pull of this source that broke, with what it has read not long ago; else a new one, which asks for what
    has changed `since` (None: for everything)."""
    folder = captures_folder(exchange)
    not_before = exchange.store.clock() - timedelta(hours=exchange.settings.pull_resume_hours)
    with exchange.store.read() as session:
        broken = captures.find_unfinished(session, source)
    if broken is not None and (path := unfinished_manifest(folder, broken.id)).exists():
        lines = read_lines(path.read_bytes())
        fresh = [line for line in lines if datetime.fromisoformat(line.at) > not_before]
        if fresh:
            log.info("source %s: goes on with pull %s, which broke", source, broken.id)
            return PullArchive(exchange, broken, lines, fresh)
    return PullArchive(exchange, captures.begin_manifest(exchange.store, source, since))


class PullArchive:
    """Of one pull. Ends in `tie`, when its answers became a batch, or in `leave`, when they did not."""

    def __init__(
        self, exchange: Exchange, manifest: PullManifest, lines: Sequence[Line] = (), fresh: Sequence[Line] = ()
    ) -> None:
        self._store = exchange.store
        self._folder: Path = captures_folder(exchange)
        self._manifest = manifest
        self.since = manifest.since
        self._lines = list(lines)
        self._earlier = Recollection(self._folder, fresh)
        self._validators: dict[str, dict[str, Any]] = {}
        with self._store.read() as session:
            self._validated = captures.validated_requests(session, manifest.source)
        path = unfinished_manifest(self._folder, manifest.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)
        if self._file.tell():
            self._file.write(b"\n")  # after a line that was cut off
        self.has_recalled = False
        self.is_broken = False  # the last request failed and may not fail again: the pull can go on there

    def recall(self, request: Request) -> Answer | None:
        answer = self._earlier.take(request)
        if answer is not None:
            self.has_recalled, self.is_broken = True, False
        return answer

    def known(self, request: Request) -> Known | None:
        if request.key not in self._validated:
            return None
        with self._store.read() as session:
            row = captures.find_validator(session, self._manifest.source, request.key)
        body = read_capture(self._folder, row.body_hash) if row is not None else None
        if row is None or body is None:
            return None
        headers = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
        conditions = {name: value for name, value in headers.items() if value}
        return Known(Answer(row.url or request.url, body, row.content_type), conditions)

    def keep(self, request: Request, reply: Reply, answer: Answer) -> None:
        self.is_broken = False
        digest = keep_capture(self._folder, answer.body)
        final = masked(answer.url) if answer.url != request.url else ""
        self._write(Line(self._now(), request.masked, request.key, reply.status, digest, answer.content_type, final))
        if reply.etag or reply.last_modified:
            self._validators[request.key] = {
                "request": request.key,
                "etag": reply.etag,
                "last_modified": reply.last_modified,
                "body_hash": digest,
                "content_type": answer.content_type,
                "url": final,
            }

    def miss(self, request: Request, fault: HttpFault) -> None:
        self.is_broken = fault.may_pass
        digest = keep_capture(self._folder, fault.body) if fault.body else ""
        self._write(Line(self._now(), request.masked, request.key, fault.status, digest, fault=fault.code))

    def seal(self) -> str:
        """Everything is on disk when this returns: the captures, then the manifest, whose hash it gives."""
        text = "".join(line.as_text() + "\n" for line in self._lines).encode()
        digest = keep_capture(self._folder, text)
        sync_captures(self._folder, {digest, *bodies_of(self._lines)})
        return digest

    def tie(self, manifest_hash: str, batch_id: str) -> None:
        """The answers became this batch; the next pull asks whether they still hold."""
        captures.keep_validators(self._store, self._manifest.source, list(self._validators.values()))
        self._finish(manifest_hash, batch_id)

    def leave(self) -> None:
        """The pull has come to nothing. The next one goes on with it only where a request has failed."""
        if not self._lines:
            self._file.close()
            captures.drop_manifest(self._store, self._manifest.id)
            Path(self._file.name).unlink(missing_ok=True)
        elif self.is_broken:
            self._file.close()
        else:
            self._finish(self.seal(), None)

    def _finish(self, manifest_hash: str, batch_id: str | None) -> None:
        captures.finish_manifest(self._store, self._manifest.id, manifest_hash, len(self._lines), batch_id)
        self._file.close()
        Path(self._file.name).unlink(missing_ok=True)

    def _write(self, line: Line) -> None:
        self._lines.append(line)
        self._file.write(line.as_text().encode() + b"\n")

    def _now(self) -> str:
        return iso(self._store.clock())


class ReplayArchive:
    """Answers from the captures of a batch only."""

    def __init__(self, exchange: Exchange, batch_id: str, manifest: PullManifest) -> None:
        self._batch_id = batch_id
        folder = captures_folder(exchange)
        lines = read_lines(read_capture(folder, manifest.manifest_hash) or b"")
        self._answers = Recollection(folder, lines)

    def recall(self, request: Request) -> Answer:
        answer = self._answers.find(request)
        if answer is None:
            raise HttpFault(
                "replay.missing",
                f"批次 {self._batch_id} 的存档里没有 {request.masked} 的回答：现在的适配器或配置要的内容与当时不同，"
                "或存档已过保留期；请重新抓取。",
            )
        return answer

    def known(self, request: Request) -> Known | None:
        return None

    def keep(self, request: Request, reply: Reply, answer: Answer) -> None:
        raise AssertionError("a replay goes nowhere")

    def miss(self, request: Request, fault: HttpFault) -> None:
        raise AssertionError("a replay goes nowhere")
