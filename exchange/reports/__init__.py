"""Quarterly, half-yearly and yearly reports (报告): what they say, worked out from the ledger, and how they travel.

In: a period, a cluster or the office, the ledger up to one sequence number. Out: `ReportContent`, from which
exchange.documents makes Word, Excel and PDF. The single door to the numbers is `gathering.gather_content`.
"""
