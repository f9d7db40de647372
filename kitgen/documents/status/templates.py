"""The templates of a run: each read once and compiled once, and what is wrong with how they use the model."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kitgen.base.digests import Digest, digest
from kitgen.base.errors import Diagnostic, KitgenError
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.documents.disk.user_cache import UserCache
from kitgen.documents.status.kept_templates import (
    copy_name,
    keep_signers,
    keep_template,
    kept_signers,
    kept_template,
    user_cache,
)
from kitgen.kits.vocabulary import find_word
from kitgen.load.project_data import Data
from kitgen.load.template_files import block_folders, shared_files, shipped_file, template_file
from kitgen.model.body import PageStyle
from kitgen.model.forms import AUDIENCE_FOLDERS, Form
from kitgen.model.given import ALWAYS_GIVEN
from kitgen.render import PageLook, compile_template

if TYPE_CHECKING:
    from kitgen.render.compiled import CompiledTemplate


@dataclass(slots=True)
class Templates:
    """The templates of a run: each is read once for its digest and compiled once, when it is first needed.

    `look` is what all of them have in common.
    """

    project: Project
    look: PageStyle = field(default_factory=PageStyle)
    pictures: tuple[str, ...] = ()
    """Names of the identity's pictures, beside its file."""
    _digests: dict[str, Digest] = field(default_factory=dict)
    _shared: dict[str, str] = field(default_factory=dict)
    _signers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _compiled: dict[tuple[str, tuple[str, ...], bool], "CompiledTemplate | KitgenError"] = field(default_factory=dict)
    _misused: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    _copies: UserCache = field(default_factory=user_cache)

    def digest(self, form: Form) -> Digest:
        """Digest of a form's template and of the shared blocks beside it."""
        if form.template not in self._digests:
            path = template_file(self.project, form.template)
            shared = self._shared_by(form.template)
            self._digests[form.template] = digest(f"{digest(path.read_bytes())}{shared}".encode())
        return self._digests[form.template]

    def _shared_by(self, name: str) -> str:
        """Digests of what all templates of a folder may print: its blocks, and the identity's pictures."""
        folder = name.rpartition("/")[0]
        if folder not in self._shared:
            files = shared_files(self.project, name)
            files += [self.project.scheme_dir / name for name in self.pictures]
            self._shared[folder] = "".join(digest(file.read_bytes()) for file in files)
        return self._shared[folder]

    def signers(self, form: Form) -> tuple[str, ...]:
        """Who signs a form, read off its template."""
        if form.template not in self._signers:
            name = copy_name([self.digest(form)]) if self._copies.is_used else ""
            found = kept_signers(self._copies, name) if name else None
            if found is None:
                from kitgen.render.word.signing import signers_of

                path = template_file(self.project, form.template)
                found = signers_of(path, block_folders(self.project, form.template))
                if name and self._is_as_digested(form):
                    keep_signers(self._copies, name, found)
            self._signers[form.template] = found
        return self._signers[form.template]

    def compiled(self, form: Form, is_large: bool = False) -> "CompiledTemplate":
        """The form's template, ready to render, in large print or not. Raises `KitgenError` with every fault of it."""
        found = self._compiled.get((form.template, form.allow, is_large))
        if found is None:
            path, folders = template_file(self.project, form.template), block_folders(self.project, form.template)
            origin = shipped_file(self.project, form.template)
            shown, pictures = self.project.shown(path), self.project.scheme_dir
            try:
                look, allowed = replace(page_of(self.look), is_large=is_large), frozenset(form.allow)
                of_origin = digest(origin.read_bytes()) if origin is not None else ""
                made_of = [self.digest(form), of_origin, shown, repr(look), sorted(allowed)]
                name = copy_name(made_of) if self._copies.is_used else ""
                kept = kept_template(self._copies, name) if name else None
                if kept is not None:
                    kept.environment.pictures = pictures
                    found = kept
                else:
                    found = compile_template(path, shown, pictures, look, allowed, blocks=folders, origin=origin)
                    if name and self._is_as_digested(form):
                        keep_template(self._copies, name, found)
            except KitgenError as error:
                found = error
            self._compiled[form.template, form.allow, is_large] = found
        if isinstance(found, KitgenError):
            raise found
        if form.code not in self._misused:
            self._misused[form.code] = tuple(misuse(form, found))
        if self._misused[form.code]:
            raise KitgenError(self._misused[form.code])
        return found

    def _is_as_digested(self, form: Form) -> bool:
        """Whether nobody saved the template or a block while it was compiled."""
        return Templates(self.project, self.look, self.pictures).digest(form) == self.digest(form)

    def prepare(self, forms: Iterable[Form]) -> None:
        """Compile the templates of these forms; what is wrong with one is raised when it is asked for."""
        for form in forms:
            with contextlib.suppress(KitgenError):
                self.compiled(form)


def templates_of(project: Project, data: Data) -> Templates:
    """The templates of a run in the look of its body."""
    logos = (data.body.logo.picture, data.body.partner_logo.picture)
    return Templates(project, data.style, tuple(name for name in logos if isinstance(name, str)))


def misuse(form: Form, template: "CompiledTemplate") -> Iterator[Diagnostic]:
    """What a template reads that its form is not given, that does not exist, or that its audience may not see."""
    given = frozenset((*ALWAYS_GIVEN, *form.given))
    words = {path: find_word(path, given) for path in template.reads}
    if all(not word.message and form.audience in word.seen_by for word in words.values()):
        return  # as mostly; where each is read need not be known then
    told: set[tuple[str, str]] = set()
    for use in template.uses:
        looked = words[use.path]
        path = use.path.replace("[]", "")
        if looked.message:
            key = (looked.message, str(use.place))
            if key not in told:
                yield Diagnostic(looked.message, use.place, looked.help)
            told.add(key)
        elif form.audience not in looked.seen_by:
            folder = AUDIENCE_FOLDERS[form.audience]
            yield Diagnostic(
                said(
                    "template uses `{path}`, which must not be seen in `{folder}`, where {code} goes",
                    path=path,
                    folder=folder,
                    code=form.code,
                ),
                use.place,
                said("take it out, or change the audience of {code} in forms.yaml", code=form.code),
            )


def page_of(look: PageStyle) -> PageLook:
    """The paper, colour and letterhead of the body's pages, as templates are compiled with them."""
    return PageLook(look.paper == "F4", look.accent, look.letterhead, wording=look.wording)
