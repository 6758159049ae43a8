"""The tables. marshmallow (exchange.schemas) checks what goes in: a table model checks nothing."""

from exchange.models.batches import Batch, ProblemRow, Record
from exchange.models.commitments import ClusterRow, CommitmentRow, Pairing
from exchange.models.ledger import Credit, Event, LedgerPage, Snapshot, Tally
from exchange.models.organisations import Organisation, SourceRow, StoreFact
from exchange.models.postings import ContactRow, Employer, Offer, OfferState, Posting

__all__ = [
    "Batch",
    "ClusterRow",
    "CommitmentRow",
    "ContactRow",
    "Credit",
    "Employer",
    "Event",
    "LedgerPage",
    "Offer",
    "OfferState",
    "Organisation",
    "Pairing",
    "Posting",
    "ProblemRow",
    "Record",
    "Snapshot",
    "SourceRow",
    "StoreFact",
    "Tally",
]
