"""`make relevance`: build the set, ask three engines, print, and fail when ours is worse than it was.

In: `--ours` asks ours alone (quick, for tuning). Out: exit status 1 when something fell.
"""

import sys
import tempfile
from pathlib import Path

from tests.relevance.drawing import TODAY, postings
from tests.relevance.measuring import grade_all, measure
from tests.relevance.ours import Ours
from tests.relevance.queries import queries
from tests.relevance.reporting import fallen, table, worst
from tests.relevance.sqlite_fts5 import SqliteFts5


def main(arguments: list[str]) -> int:
    there, asked = postings(), queries()
    graded = grade_all(asked, there)
    print(f"{len(there):,} postings, {len(asked)} queries, {sum(len(g.grades) for g in graded):,} grades above 0\n")
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(Ours(Path(folder) / "ours", there, TODAY), graded)]
        if "--ours" not in arguments:
            from tests.relevance.stock_whoosh import StockWhoosh

            measured.append(measure(SqliteFts5(there), graded))
            measured.append(measure(StockWhoosh(Path(folder) / "whoosh", there), graded))
    print("\n".join([*worst(measured[0], there), "", *table(measured), ""]))
    faults = fallen(measured)
    print("\n".join(faults) if faults else "nothing fell")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
