"""Who may do what with batches (批次) and offers under /bureau.

In: the account behind a request. Out: the batch or the organisations it may see, or a refusal in Chinese. Contacts are
for the organisation that reported them: `owns` says whether a batch is the account's own.
"""

from config.words import Role
from exchange.models import Batch
from exchange.store.batches import UnknownBatch, find_batch, is_parked
from exchange.views.current import session
from exchange.views.errors import Refused
from exchange.views.guard import may_see, own_account, verification_of

READERS = (Role.BUREAU, Role.CLUSTER, Role.OFFICE, Role.ADMIN)
WRITERS = (Role.BUREAU, Role.OFFICE, Role.ADMIN)


def seen_batch(batch_id: str) -> Batch:
    """One that this account may see. To others it does not exist."""
    missing = Refused(404, "batch.not_found", "没有这个批次", "请从批次列表里打开。", {"id": batch_id})
    try:
        batch = find_batch(session(), batch_id.upper())
    except UnknownBatch:
        raise missing from None
    if not may_see(own_account(), batch.organisation):
        raise missing
    return batch


def owns(batch: Batch) -> bool:
    """Whether the account belongs to the organisation of the batch, or brought it itself: it may see its contacts."""
    account = own_account()
    return account.organisation == batch.organisation or account.name == batch.actor


def may_write() -> bool:
    return own_account().role in WRITERS


def refuse_while_parked() -> None:
    """核验过期: the account's organisation must be verified again before it uploads or publishes anything."""
    account = own_account()
    if account.role.is_verified_regularly and verification_of(account.organisation).parks_uploads:
        remedy = "请联系管理员重新核验单位账号。已经上传的批次都还在，核验后接着处理，不用重新上传。"
        raise Refused(409, "verification.overdue", "单位账号的核验已过期，暂时不能报送和发布", remedy)


def refuse_parked_batch(batch: Batch) -> None:
    """整批停下: a pull that a guard has stopped is the office's to decide."""
    if is_parked(session(), batch.id):
        remedy = "请指挥部办公室或管理员在“抓取来源”里看差异，再决定发布还是放弃。"
        raise Refused(409, "batch.parked", "这一批被整批停下，不能在这里处理", remedy)
