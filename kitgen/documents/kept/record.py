"""What a release or delivery keeps besides its templates, `tetap.json`: versions, look, and what there was then.

No name of a person is in it: documents of an event are called by their forms and by numbers, digests of its data are
under its secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kitgen.base.digests import Serial, digest_values, keyed
from kitgen.base.errors import KitgenError, Place, failure
from kitgen.base.messages import said
from kitgen.documents.kept.made_by import MadeBy
from kitgen.load.json_file import json_text, read_json
from kitgen.model.body import PageStyle

RECORD_NAME: Final = "tetap.json"
FORMAT: Final = 1
_PUT_BACK: Final = said("put the file back from a copy, or take other templates: `kitgen edition retemplate`")


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Catatan yang tetap: with what documents were made, and the state of data in which they were right.

    `style` is the look of then, `templates` the digest of the templates, `data` that of all data the documents are made
    of. `documents` are those there were, by name, with the serial each had (empty: not made yet). `held` are those of
    them that a later kitgen would not plan any more of the same data, `left_out` those it would plan besides: nobody
    asked for either.
    """

    made_by: MadeBy
    style: Mapping[str, Any]
    templates: str
    data: str
    documents: Mapping[str, Serial]
    held: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def page_style(self) -> PageStyle:
        """The look, as far as this kitgen knows it."""
        known = {name: self.style[name] for name in PageStyle.__dataclass_fields__ if name in self.style}
        if "wording" in known:
            known["wording"] = tuple(tuple(each) for each in known["wording"])
        return PageStyle(**known)


def read_record(home: Path, shown: str, key: bytes = b"") -> KeptRecord | None:
    """The record beside an edition or event; None if there is none. `shown` is what errors call it.

    Raises `KitgenError` if it is damaged, was changed by hand, or is of a later kitgen.
    """
    found = read_json(home / RECORD_NAME, shown, FORMAT, _PUT_BACK, said("record of what was kept"))
    if found is None:
        return None
    try:
        seal = found.pop("digest")
        made_by = MadeBy(
            str(found["kitgen"]),
            int(found["renderer"]),
            tuple(map(str, found["form_facts"])),
            tuple(map(str, found["style_facts"])),
        )
        documents = {str(name): Serial(str(serial)) for name, serial in found["documents"].items()}
        record = KeptRecord(made_by, dict(found["style"]), str(found["templates"]), str(found["data"]), documents,
                            tuple(map(str, found["held"])), tuple(map(str, found["left_out"])))  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused(said("is damaged"), shown) from error
    if seal != _seal(found, key):
        raise _refused(said("was changed since"), shown)
    return record


def record_text(record: KeptRecord, key: bytes = b"") -> str:
    """The whole file; equal records, equal text."""
    content = {
        "format": FORMAT,
        "kitgen": record.made_by.kitgen,
        "renderer": record.made_by.renderer,
        "form_facts": list(record.made_by.form_facts),
        "style_facts": list(record.made_by.style_facts),
        "style": dict(record.style),
        "templates": record.templates,
        "data": record.data,
        "documents": dict(sorted(record.documents.items())),
        "held": sorted(record.held),
        "left_out": sorted(record.left_out),
    }
    return json_text({**content, "digest": _seal(content, key)})


def _seal(content: Mapping[str, Any], key: bytes) -> str:
    return keyed(digest_values(dict(content)), key)


def _refused(what: str, shown: str) -> KitgenError:
    return failure(said("record of what was kept {what}", what=what), Place(shown), _PUT_BACK)
