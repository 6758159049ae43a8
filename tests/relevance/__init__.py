"""How good the search is: invented postings with known truth, queries with known intent, grades by rule, three engines.

`make relevance` runs it (start.py); docs/relevance.md is the guide that the rules of grading.py write out.
"""
