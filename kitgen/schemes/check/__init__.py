"""Is the data good enough? Items, fairness, workload, coverage.

Doors: check, lacks, review.
May import: what `schemes` may.
"""
