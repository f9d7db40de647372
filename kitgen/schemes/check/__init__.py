"""Is the data good enough? Items, fairness, workload, coverage."""
