"""The tables. marshmallow (exchange.schemas) checks what goes in: a table model checks nothing."""

from exchange.models.accounts import Account, ApiToken, LoginAttempts, LoginSession
from exchange.models.batches import Batch, ProblemRow, Record
from exchange.models.commitments import ClusterRow, CommitmentRow, Pairing
from exchange.models.fairs import Exhibitor, Fair, FairDocument, FairResult, FairTally, LeftOutPosting
from exchange.models.headings import HeadingChoice
from exchange.models.hosts import Host, PullManifest, Validator
from exchange.models.ledger import Credit, Event, LedgerPage, Snapshot, Tally
from exchange.models.organisations import Organisation, SourceRow, StoreFact
from exchange.models.peers import Peer, PeerChange, PeerDigest, PeerSide, Receipt
from exchange.models.postings import ContactRow, Employer, Offer, OfferState, Posting
from exchange.models.pulls import DropKind, DropReason, DropState, ParkedDrop, PullPlan, PullRun, RunState

__all__ = [
    "Account",
    "ApiToken",
    "Batch",
    "ClusterRow",
    "CommitmentRow",
    "ContactRow",
    "Credit",
    "DropKind",
    "DropReason",
    "DropState",
    "Employer",
    "Event",
    "Exhibitor",
    "Fair",
    "FairDocument",
    "FairResult",
    "FairTally",
    "HeadingChoice",
    "Host",
    "LedgerPage",
    "LeftOutPosting",
    "LoginAttempts",
    "LoginSession",
    "Offer",
    "OfferState",
    "Organisation",
    "Pairing",
    "ParkedDrop",
    "Peer",
    "PeerChange",
    "PeerDigest",
    "PeerSide",
    "Posting",
    "ProblemRow",
    "PullManifest",
    "PullPlan",
    "PullRun",
    "Receipt",
    "Record",
    "RunState",
    "Snapshot",
    "SourceRow",
    "StoreFact",
    "Tally",
    "Validator",
]
