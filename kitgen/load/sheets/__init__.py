"""Workbooks and lists people filled in, read with distrust; cells carry their places."""
