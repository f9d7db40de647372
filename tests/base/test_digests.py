"""Digests under a secret are HMACs, and two that are told apart are never taken for each other."""

import hmac

import pytest

from kitgen.base.digests import digest, keyed, masked
from kitgen.base.holes import BLANK, Missing
from kitgen.documents.disk.branches import Provenance


@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_a_digest_under_a_key_is_its_hmac(length: int) -> None:
    key, text = bytes(range(length)), digest(b"content")
    assert keyed(text, key) == hmac.digest(key, text.encode(), "sha256").hex()
    pad = hmac.digest(key, b"name\0file", "sha256")
    assert masked("0" * 64, key, "name", "file") == pad.hex()


def test_what_is_equal_to_python_and_not_on_paper_has_branches_of_its_own() -> None:
    told = []
    for value in (1, True, 1.0, "1", 0, False, 0.0, -0.0, None, "", BLANK, Missing("nomor"), Missing("tanggal")):
        origins = Provenance(b"key")
        origins.take("0" * 64, {"value": value, "again": value})
        told.append(next(iter(origins.nodes.values())))
    one = Provenance(b"key")
    for number, value in enumerate((1, True, 1.0, "1", 0, False, 0.0, -0.0, None, "", BLANK, Missing("nomor"))):
        one.take(f"{number:064}", {"value": value, "again": value})
    assert len(set(told)) == len(told)
    assert list(one.nodes.values()) == told[:-1]
