"""Workbooks that clerks take home: their own file with its problems marked, and an empty template to fill in.

In: plain values and the original file. Out: .xlsx files whose cells hold values only, never a formula, a macro or a
link to the outside. To hand out another workbook: write its texts with `cells.put_text`.
"""
