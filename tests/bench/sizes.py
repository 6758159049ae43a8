"""Who sends and how much is measured: the full run, and a quick one that only shows that everything still works."""

from dataclasses import dataclass

ORGANISATION, SOURCE = "441900", "dg-upload"  # the city bureau of Dongguan, who collects from all its towns


@dataclass(frozen=True, slots=True)
class Sizes:
    repeats: int
    batch_rows: int
    memory_rows: int
    postings: tuple[int, ...]  # sizes of the index
    questions: int
    plain_seconds: float  # how long each of the slow engines may answer
    pulled_records: int
    most_postings: int  # of the part search-million
    credits: tuple[int, int]  # how many the targets are shown with


FULL = Sizes(3, 10_000, 20_000, (10_000, 100_000), 1_000, 60, 100_000, 1_000_000, (15_000, 1_500_000))
QUICK = Sizes(1, 200, 400, (1_000,), 50, 5, 1_000, 2_000, (500, 5_000))
