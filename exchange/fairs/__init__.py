"""Fairs (供需对接会、招聘会) as rules: words, licence duty, steps, what is missing, booths, sheets, results.

In: plain values. Out: plain values; no database and no Flask. exchange.store.fairs* keeps them, exchange.views.*fair*
shows them. A new rule is a file here with a function that can be tried without either.
"""
