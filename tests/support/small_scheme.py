"""A small made-up scheme: two units of a sewing workshop, five KUK, nothing but `scheme.yaml` and an identity."""

from pathlib import Path

from harness import KitProject

SMALL = "penjahit-rekaan"
CUT, SEW = "C.14REK01.001.1", "C.14REK01.002.1"
SCHEME = f"""\
# Skema: Penjahit Rekaan, edisi 2026
title: "Penjahit Rekaan"
number: "SKM-REK-01"           # nomor dari rapat komite
kind: "Klaster"
basic_requirements: ["Pernah bekerja di bengkel jahit"]
administrative_requirements:
  - "Salinan tanda pengenal"   # boleh digital
clusters:
  - number: 1
    title: "Memotong dan menjahit"
    units: ["{CUT}", "{SEW}"]
units:
  - code: "{CUT}"
    title: "Memotong kain"
    standard: "Standar rekaan 1"
    elements:
      - number: "1"
        title: "Menyiapkan kain"
        criteria:
          - number: "1.1"
            text: "Jenis kain dijelaskan"
          - number: "1.2"
            text: "Kain dipotong sesuai pola"
  # unit kedua
  - code: "{SEW}"
    title: "Menjahit baju"
    standard: "Standar rekaan 2"
    elements:
      - number: "1"
        title: "Menjahit"
        criteria:
          - number: "1.1"
            text: "Mesin jahit dioperasikan"
          - number: "1.2"
            text: "Laporan hasil jahitan dibuat"
      - number: "2"
        title: "Melayani"
        criteria:
          - number: "2.1"
            text: "Ukuran dikonfirmasi kepada pelanggan"
"""
IDENTITY = 'name: "LSP Rekaan"\nlicence: "BNSP-LSP-0000-ID"\naddress: "Jalan Rekaan 1"\n'


def small_project(root: Path, identity: str | None = IDENTITY, **files: str) -> KitProject:
    """The scheme in a new project with the shipped templates; `files` are more files of its edition, by their stem."""
    edition = root / "scheme" / SMALL / "2026"
    edition.mkdir(parents=True)
    (edition / "scheme.yaml").write_text(SCHEME, "utf-8")
    for name, text in files.items():
        (edition / f"{name}.yaml").write_text(text, "utf-8")
    if identity is not None:
        (root / "scheme" / "identity.yaml").write_text(identity, "utf-8")
    return KitProject(root)
