"""The local page: what the command line does, in a browser on the same computer, for those who use no terminal.

It parses, calls and shows, and decides nothing. Whatever writes is a run of the command line (`children`).

Doors: server.
May import: schemes, events, verify, documents, load, changes, render, kits, model, base.
"""
