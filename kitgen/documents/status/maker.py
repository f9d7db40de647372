"""Makes the parts of documents: what each is given, what it depends on, what is printed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kitgen.base.digests import NO_FINGERPRINT, Fingerprint, Serial, digest_values, keyed, serial_of
from kitgen.documents.disk.branches import ENTRY, LOOK, TEMPLATE, VERSIONS, Provenance
from kitgen.documents.kept.made_by import MadeBy
from kitgen.documents.status.templates import Templates
from kitgen.documents.status.used_values import UsedValues
from kitgen.kits.plain import Plain, Values
from kitgen.kits.plan import PlannedDocument
from kitgen.kits.stamp import CODE_TOKEN, MARK, SERIAL_TOKEN, STATUS, as_draft, without_mark
from kitgen.kits.values import template_values
from kitgen.load.project_data import Data
from kitgen.model.forms import Form
from kitgen.model.manifest import KnownReads

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate, Rendered


@dataclass(slots=True)
class DocumentRenderer:
    """Makes the parts of documents; what is given to many of them is worked out once."""

    templates: Templates
    data: Data
    made_by: MadeBy = field(default_factory=MadeBy.now)
    """Of what a release or delivery keeps: who made it."""
    key: bytes = b""
    """The secret of an event: without it nobody can tell from a serial what a page with personal data says."""
    plain: Plain = field(default_factory=Plain)
    provenance: Provenance = field(default_factory=Provenance)
    used: UsedValues = field(default_factory=UsedValues)
    reads: dict[str, KnownReads] = field(default_factory=dict)
    """What the templates of forms read, by the code of the form."""
    _form_digests: dict[str, Fingerprint] = field(default_factory=dict)
    _first_forms: dict[str, Form] = field(default_factory=dict)
    _template_digests: dict[str, Fingerprint] = field(default_factory=dict)

    def values(self, document: PlannedDocument) -> Values:
        """What the template of a document is given, and the status of its edition."""
        values = template_values(document, self.data.body, self.plain, self._signers_of)
        if self.made_by.marks_behind_serial or STATUS not in values:
            return values
        return {name: value for name, value in values.items() if name != STATUS}

    def known_fingerprint(self, form: Form, values: Values) -> Fingerprint:
        """The fingerprint, if it is known what the form's template reads; empty if that must be compiled first."""
        return self.fingerprint(form, values) if self._known(form) is not None else NO_FINGERPRINT

    def fingerprint(self, form: Form, values: Values) -> Fingerprint:
        """All that rendering can use, in one digest: equal fingerprints make equal documents.

        Raises `KitgenError` with every fault of a template that must be compiled for it.
        """
        known = self._known(form)
        if known is None:
            known = self.learn(form, self.templates.compiled(form).reads, self.templates.signers(form))
        status = [values[STATUS]] if STATUS in values else []
        return digest_values([self._form_digest(form), self.used.digest(values, known.paths), *status])

    def learn(self, form: Form, reads: frozenset[str], signers: tuple[str, ...]) -> KnownReads:
        """Note what the template of a form reads and who signs it, as it is now."""
        known = self.reads[form.code] = KnownReads(self._made_of(form), reads, signers)
        return known

    def reads_of(self, form: Form) -> frozenset[str] | None:
        """What the form's template reads; None if that is not known without compiling it."""
        known = self._known(form)
        return known.paths if known is not None else None

    def unread_fingerprint(self, form: Form, values: Values) -> Fingerprint:
        """A name for what a document is given where its template cannot be compiled: of all of it."""
        return digest_values([form.code, values])

    def keep_values(self) -> None:
        """Let what was worked out up to now stay for all documents that follow."""
        for each in (self.plain, self.used, self.provenance):
            each.keep()

    def forget_values(self) -> None:
        """Forget what was worked out since: the documents that follow are of others."""
        for each in (self.plain, self.used, self.provenance):
            each.forget()

    def _known(self, form: Form) -> KnownReads | None:
        """What is known of a form's template as it is now, if anything is."""
        known = self.reads.get(form.code)
        return known if known is not None and known.template == self._made_of(form) else None

    def _made_of(self, form: Form) -> Fingerprint:
        if form.code not in self._template_digests:
            made_of = digest_values([*self.made_by.versions, self.templates.digest(form)])
            self._template_digests[form.code] = made_of
        return self._template_digests[form.code]

    def _signers_of(self, form: Form) -> tuple[str, ...]:
        known = self._known(form)
        return self.templates.signers(form) if known is None else known.signers

    def note_forms(self, forms: Iterable[Form]) -> None:
        """Take the forms in the order in which they are planned: the first of a code stands for all, as ever."""
        for form in forms:
            if form.code not in self._first_forms:
                self._first_forms[form.code] = form

    def _form_digest(self, form: Form) -> Fingerprint:
        if form.code not in self._form_digests:
            makers = [*self.made_by.versions, self.templates.digest(form)]
            first = self._first_forms.get(form.code, form)
            facts = [self.made_by.of_style(self.data.style), self.made_by.of_form(first)]
            self._form_digests[form.code] = digest_values([*makers, *facts])
        return self._form_digests[form.code]

    def note_provenance(self, fingerprint: Fingerprint, form: Form, values: Values) -> None:
        """Keep the branches of what a document is made of, to tell later what changed in it."""
        made_of = {VERSIONS: self.made_by.versions, TEMPLATE: self.templates.digest(form),
                   LOOK: self.plain(self.data.style), ENTRY: self.plain(form)}  # fmt: skip
        self.provenance.take(fingerprint, {**made_of, **values})

    def render(self, form: Form, values: Values) -> "tuple[Rendered, Serial]":
        """The parts of a document, serial and draft mark in place, and the serial.

        The mark stands behind the serial, which does not tell of it: pages that lose it are the same pages.
        Raises `KitgenError` with every fault of its template.
        """
        stamp = values["stamp"]
        assert isinstance(stamp, dict)
        template = self.templates.compiled(form, is_large=bool(stamp["large"]))
        given = _with_room_for_code(values)
        if not self.made_by.marks_behind_serial:
            return self._as_before(template, given)
        rendered = template.render_parts(without_mark(given))
        serial = serial_of(keyed(rendered.digest(), self.key))
        is_draft = STATUS in values or stamp["draft"] or rendered.missing
        with_serial = rendered.replaced({SERIAL_TOKEN: serial})
        if is_draft:
            with_serial = with_serial.followed(serial, MARK, rendered)
        return _with_code(with_serial, serial), serial

    def _as_before(self, template: "CompiledTemplate", given: Values) -> "tuple[Rendered, Serial]":
        """The same of what is kept from the time when templates printed the mark, and the serial told of it."""
        rendered = template.render_parts(given)
        if rendered.missing:  # only now it is known that the page must say so
            rendered = template.render_parts(as_draft(given))
        serial = serial_of(keyed(rendered.digest(), self.key))
        return _with_code(rendered.replaced({SERIAL_TOKEN: serial}), serial), serial


def _with_room_for_code(values: Values) -> Values:
    """The same values with a picture of no code where that of the serial is wanted, which is not known yet."""
    stamp = values["stamp"]
    assert isinstance(stamp, dict)
    if stamp["picture"]["picture"] != CODE_TOKEN:
        return values
    from kitgen.render.made.code_picture import code_picture

    picture = {**stamp["picture"], "picture": code_picture("")}
    return {**values, "stamp": {**stamp, "picture": picture}}


def _with_code(rendered: "Rendered", serial: Serial) -> "Rendered":
    """The same with the serial's picture in the place that was kept for it."""
    media = [name for name in rendered.parts if name.startswith("word/media/")]
    if not media:
        return rendered
    from kitgen.render.made.code_picture import code_picture

    empty = code_picture("")
    return rendered.with_parts({name: code_picture(serial) for name in media if rendered.parts[name] == empty})
