"""The watched folder (收件夹): files in DATA/inbox/<source>/[<organisation>/] become batches of that source.

In: an exchange, `poll` called again and again. Out: batches; each file is moved to done/ with its marked workbook, or
to failed/ with a .txt that says why. A file is taken once it has not changed between two polls. The batch's key is
made of the file itself, so whoever is killed anywhere finds the same batch again: nothing twice, nothing lost.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.sources import Source
from config.words import BatchState
from exchange.context import Exchange
from exchange.documents.batch_workbook import NoWorkbook, marked_workbook_of
from exchange.models import Batch
from exchange.receiving import receive
from exchange.store.batches import find_batch
from exchange.store.previews import ProblemFilter, count_problems
from exchange.store.setup import organisation_of

DONE, FAILED = "done", "failed"
_ACTOR = "inbox"
_UNFINISHED_NAMES = (".part", ".partial", ".tmp", ".crdownload", ".filepart")
_HIDDEN = (".", "~$")  # Excel leaves ~$name.xlsx beside a workbook that somebody has open
log = logging.getLogger(__name__)


class NotTaken(Exception):
    """The file lies where no batch can be made of it. The message is Chinese, for whoever dropped it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looked like at one poll."""

    size: int
    modified: int  # nanoseconds
    inode: int


def inbox_of(exchange: Exchange) -> Path:
    return exchange.settings.data / "inbox"


class Watcher:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._inbox = inbox_of(exchange)
        self._looks: dict[Path, Look] = {}
        self._taken: dict[Path, tuple[Look, str]] = {}  # which batch a file that still lies here has become
        for source in _upload_sources(exchange):
            (self._inbox / source.id).mkdir(parents=True, exist_ok=True)

    def poll(self) -> None:
        """Take what is complete, put away what has been handled."""
        before, self._looks = self._looks, dict(_looks(self._inbox))
        self._taken = {path: taken for path, taken in self._taken.items() if path in self._looks}
        for path, look in self._looks.items():
            if before.get(path) != look:
                continue
            try:
                self._handle(path, look)
            except FileNotFoundError:
                log.info("inbox: %s was taken away", path)
            except PermissionError as fault:
                log.warning("inbox: %s cannot be read or moved: %s", path, fault.strerror)

    def _handle(self, path: Path, look: Look) -> None:
        known = self._taken.get(path)
        if known is None or known[0] != look:
            try:
                known = look, self._take(path, look)
            except NotTaken as fault:
                _put_away(path, FAILED, _name(path, ""), f"{fault}\n")
                log.warning("inbox: %s: %s", path, fault)
                return
            self._taken[path] = known
        self._finish(path, known[1])

    def _take(self, path: Path, look: Look) -> str:
        source, organisation = self._belongs_to(path)
        with path.open("rb") as content:
            key = _key(path.relative_to(self._inbox), look, hashlib.file_digest(content, "sha256").hexdigest())
            content.seek(0)
            receipt = receive(
                self._exchange,
                content,
                path.name,
                source=source.id,
                organisation=organisation,
                actor=_ACTOR,
                automatic=self._exchange.settings.watch_confirm == "yes",
                idempotency_key=key,
            )
        log.info("inbox: %s is batch %s", path, receipt.batch.id)
        return receipt.batch.id

    def _belongs_to(self, path: Path) -> tuple[Source, str]:
        """Source and organisation, by the folders it lies in."""
        folders = path.relative_to(self._inbox).parts[:-1]
        sources = {source.id: source for source in _upload_sources(self._exchange)}
        if not folders or folders[0] not in sources:
            where = "、".join(f"inbox/{id}" for id in sources)
            raise NotTaken(f"这个文件没有收：不知道它属于哪个来源。请放进下面的文件夹之一：{where}。")
        source = sources[folders[0]]
        organisation = folders[1] if len(folders) > 1 else source.organisation
        with self._exchange.store.read() as session:
            known = organisation_of(session, organisation)
        if known is None:
            raise NotTaken(
                f"这个文件没有收：不认识单位 {organisation}。"
                "文件夹的名字应为单位代码，例如长安镇 441900119、翁源县 440229。"
            )
        if known.city != source.city:
            raise NotTaken(f"这个文件没有收：{known.name}不在来源“{source.name}”的市里，请放进另一个市的文件夹。")
        return source, organisation

    def _finish(self, path: Path, batch_id: str) -> None:
        with self._exchange.store.read() as session:
            batch = find_batch(session, batch_id)
            has_problems = count_problems(session, batch_id, ProblemFilter()) > 0
        match batch.state:
            case BatchState.DONE:
                self._put_marked(path, batch, has_problems)
                _put_away(path, DONE, _name(path, batch.id))
            case BatchState.FAILED:
                _put_away(path, FAILED, _name(path, batch.id), f"{batch.error}\n")
            case BatchState.DISCARDED:
                _put_away(path, FAILED, _name(path, batch.id), f"这一批（{batch.id}）在网页上被放弃，没有发布。\n")

    def _put_marked(self, path: Path, batch: Batch, has_problems: bool) -> None:
        if not has_problems:
            return
        try:
            _, content = marked_workbook_of(self._exchange, batch.id)
        except NoWorkbook as missing:
            log.warning("inbox: %s: no marked workbook: %s", path, missing)
            return
        stem = Path(_name(path, batch.id)).stem
        _write(path.parent / DONE / f"{stem}_已标注.xlsx", content)


def _upload_sources(exchange: Exchange) -> list[Source]:
    return [source for source in exchange.configuration.sources.values() if not source.is_pulled]


def _looks(inbox: Path) -> Iterator[tuple[Path, Look]]:
    """Every file that may be meant: in the inbox itself, in a source's folder, in an organisation's folder there."""
    for pattern in ("*", "*/*", "*/*/*"):
        for path in sorted(inbox.glob(pattern)):
            folders = path.relative_to(inbox).parts[:-1]
            if {DONE, FAILED} & set(folders) or path.is_symlink() or not _is_complete_name(path.name):
                continue
            try:
                if path.is_file():
                    about = path.stat()
                    yield path, Look(about.st_size, about.st_mtime_ns, about.st_ino)
            except OSError as fault:
                log.warning("inbox: %s: %s", path, fault.strerror)


def _is_complete_name(name: str) -> bool:
    return not name.startswith(_HIDDEN) and not name.lower().endswith(_UNFINISHED_NAMES)


def _key(place: Path, look: Look, digest: str) -> str:
    """The same for this very file at this place, another for the next one of the same name."""
    told = "|".join((place.as_posix(), str(look.size), str(look.modified), str(look.inode), digest))
    return f"inbox:{hashlib.sha256(told.encode()).hexdigest()}"


def _name(path: Path, batch_id: str) -> str:
    """With the batch's number, so that next week's file of the same name finds its place free."""
    return f"{path.stem}_{batch_id or path.stat().st_mtime_ns}{path.suffix}"


def _put_away(path: Path, where: str, name: str, why: str = "") -> None:
    """What goes beside the file first, the file last: whoever is killed in between does it once more."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    if why:
        _write(folder / f"{Path(name).stem}_原因.txt", why.encode("utf-8-sig"))
    path.rename(folder / name)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
