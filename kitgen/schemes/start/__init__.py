"""How a project begins: its folders, the identity of the LSP, the first steps, and what starts kitgen.

Doors: all modules.
May import: what `schemes` may.
"""
