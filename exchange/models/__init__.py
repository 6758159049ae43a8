"""The tables. marshmallow (exchange.schemas) checks what goes in: a table model checks nothing."""

from exchange.models.accounts import Account, ApiToken, LoginAttempts, LoginSession
from exchange.models.activities import Activity
from exchange.models.batches import Batch, ProblemRow, Record
from exchange.models.commitments import ClusterRow, CommitmentRow, Figure, Pairing
from exchange.models.fairs import Exhibitor, Fair, FairDocument, FairResult, FairTally, LeftOutPosting
from exchange.models.headings import HeadingChoice
from exchange.models.hosts import Host, PullManifest, Validator
from exchange.models.ledger import Credit, DayTally, Event, LedgerPage, Snapshot, Tally
from exchange.models.organisations import Organisation, SourceRow, StoreFact
from exchange.models.peers import Peer, PeerChange, PeerDigest, PeerSide, Receipt
from exchange.models.policies import Policy
from exchange.models.postings import ContactRow, Employer, Offer, OfferState, Posting
from exchange.models.pulls import DropKind, DropReason, DropState, ParkedDrop, PullPlan, PullRun, RunState
from exchange.models.reports import Report
from exchange.models.supply import Relocation, SupplyNotice

__all__ = [
    "Account",
    "Activity",
    "ApiToken",
    "Batch",
    "ClusterRow",
    "CommitmentRow",
    "ContactRow",
    "Credit",
    "DayTally",
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
    "Figure",
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
    "Policy",
    "Posting",
    "ProblemRow",
    "PullManifest",
    "PullPlan",
    "PullRun",
    "Receipt",
    "Record",
    "Relocation",
    "Report",
    "RunState",
    "Snapshot",
    "SourceRow",
    "StoreFact",
    "SupplyNotice",
    "Tally",
    "Validator",
]
