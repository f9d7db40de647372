"""The zip of each parcel of a delivery with its sheet, *Lembar Serah Terima*."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from kitgen.base.errors import Findings, Place
from kitgen.base.messages import agreeing, counted, said
from kitgen.base.project import Project
from kitgen.documents.disk.document import find_document
from kitgen.documents.disk.files import write_whole
from kitgen.documents.disk.locked import write_locked
from kitgen.documents.disk.zips import write_bundle
from kitgen.documents.pdf.beside import pdf_of, state_of
from kitgen.documents.pdf.seal import Seal, read_seal
from kitgen.documents.status.reports import HANDOVER_TEMPLATE, compiled_report, heading_of, render_sheet
from kitgen.documents.status.status import RunStatus
from kitgen.events.handover.parcels import (
    Outgoing,
    Parcel,
    pack_paths,
    parcel_title,
    recipient_of,
    sealed_of,
    sheet_lines,
)
from kitgen.kits.kit import EventParts, Kit
from kitgen.model.audience import KEYS
from kitgen.model.forms import Form
from kitgen.model.handover import HandedZip, HandoverSheet

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate

SHEET: Final = PurePosixPath(HANDOVER_TEMPLATE).stem


def files_of(parcel: Parcel) -> tuple[str, str]:
    """The names of a parcel's zip and sheet in the folder of a delivery."""
    return f"{parcel.name}.zip", f"{SHEET} {parcel.name}.docx"


class ParcelZips:
    """Penulis berkas serah terima: writes the zips of one delivery, with what its sheets have in common."""

    def __init__(
        self,
        project: Project,
        run: RunStatus,
        kit: Kit,
        parts: EventParts,
        secret: bytes,
        number: int,
        packs: Mapping[str, tuple[str, ...]],
        forms: Iterable[Form],
        passphrase: str = "",
    ) -> None:
        """`run` tells how the documents of the event stand, `forms` which forms they are of.

        `packs` is what each pack of the event is to hold (`wanted_packs`). A `passphrase` locks the zips.
        """
        self._passphrase = passphrase
        self._project = project
        self._parts = parts
        self._scheme = kit.scheme
        self._body = run.body
        self._secret = secret
        self._number = number
        self._packs = packs
        self._template: CompiledTemplate = compiled_report(project, HANDOVER_TEMPLATE, run.style)
        self._titles: Mapping[str, str] = {form.code: form.title for form in forms}

    def hand_over(self, going: Outgoing, folder: Path, target: Path, findings: Findings) -> HandedZip:
        """Write zip and sheet of a parcel; gives what the record says of them."""
        zip_name, sheet_name = files_of(going.parcel)
        sheet, serial = self._sheet(going)
        files = {sheet_name: sheet}
        for path in self._to_go(going, folder, findings):
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
        write_whole(target / sheet_name, sheet)
        if self._passphrase:
            write_locked(target / zip_name, files.items(), self._passphrase)
        else:
            write_bundle(target / zip_name, files.items())
        parcel = going.parcel
        return HandedZip(
            folder=parcel.folder,
            audience=parcel.audience,
            assessor=parcel.assessor,
            holder=parcel.holder,
            file=f"{target.name}/{zip_name}",
            sheet=serial,
            documents=tuple(handed for _, handed in going.documents),
            withdrawn=going.withdrawn,
            surplus=going.surplus,
        )

    def _to_go(self, going: Outgoing, folder: Path, findings: Findings) -> Iterator[Path]:
        """The documents of a parcel, with their PDFs and packs where those say what the documents say now."""
        unsound = 0
        for document, _ in going.documents:
            yield folder / document.path
            pdf = pdf_of(folder / document.path)
            found = find_document(folder / document.path) if pdf.is_file() else None
            if found is not None:
                is_sound = state_of(pdf, found.digest) == "same"
                unsound += not is_sound
                if is_sound:
                    yield pdf
        for pack in pack_paths(going, self._parts):
            if not (folder / pack).is_file():
                continue
            seal = read_seal(folder / pack)
            is_sound = seal is not None and seal.kind == "pack" and seal.is_whole and self._is_as_wanted(pack, seal)
            unsound += not is_sound
            if is_sound:
                yield folder / pack
        if unsound:
            what = agreeing(
                unsound, said("says something else than its document"), said("say something else than their documents")
            )
            stays = agreeing(unsound, said("is not kitgen's; it stays"), said("are not kitgen's; they stay"))
            told = said("{pdfs} {what}, or {stays} here", pdfs=counted(unsound, "PDF"), what=what, stays=stays)
            findings.warning(
                told, Place(going.parcel.folder), said("`kitgen build --pdf` and `kitgen pack` make them anew")
            )

    def _is_as_wanted(self, pack: str, seal: Seal) -> bool:
        """Whether a pack holds what one of its name is to hold now, and not what another was made to hold."""
        return bool(seal.holds) and seal.holds == self._packs.get(pack)

    def _sheet(self, going: Outgoing) -> tuple[bytes, str]:
        """The sheet of a parcel, and its serial."""
        schedule = self._parts.schedule
        lines = tuple(sheet_lines((handed for _, handed in going.documents), self._titles))
        form, stamp = heading_of(SHEET)
        given = HandoverSheet(
            form=form,
            stamp=stamp,
            body=self._body,
            scheme=self._scheme,
            event=schedule.facts,
            venue=schedule.venue,
            delivery=self._number,
            is_supplement=self._number > 1,
            is_secret=going.parcel.audience in KEYS,
            parcel=parcel_title(going.parcel),
            recipient=recipient_of(going.parcel, self._parts),
            lines=lines,
            withdrawn=tuple(sheet_lines(going.withdrawn, self._titles)),
            surplus=tuple(sheet_lines(going.surplus, self._titles)),
            copies=sum(line.copies for line in lines),
            spare=sum(line.spare for line in lines),
            sealed=sealed_of(document for document, _ in going.documents),
        )
        sheet = render_sheet(self._template, given, SHEET, self._secret)
        return sheet.data, sheet.record.serial
