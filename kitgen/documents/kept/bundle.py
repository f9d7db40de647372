"""The templates of a release or delivery as one file, `templat.tar.xz`: the same templates, the same digest.

The digest is taken over the files in it, so that it does not depend on the version of the compressor.
"""

import atexit
import io
import lzma
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from kitgen.base.digests import PartsDigest, digest, digest_parts
from kitgen.base.errors import Place, failure, unreadable
from kitgen.base.messages import said
from kitgen.base.project import Project
from kitgen.kits.paths import safe_name
from kitgen.load.forms import FORMS_NAME, forms_text
from kitgen.load.template_files import shipped_file, template_tree
from kitgen.render.word.claims import with_claims

BUNDLE_NAME: Final = "templat.tar.xz"
ZERO_ONE_BUNDLE: Final = Path(__file__).with_name("zero_one.tar.xz")
"""The templates kitgen 0.1 came with: what it made of them is still made of them."""
_REPORTS: Final = "laporan"
_LARGEST: Final = 64 * 1024 * 1024
_LONGEST: Final = 120
_PUT_BACK: Final = said("put the file back from a copy, or take other templates: `kitgen edition retemplate`")


def template_files(project: Project) -> dict[str, bytes]:
    """The templates of a project with their list and blocks, by path; not those of kitgen's own reports."""
    tree = {name: path for name, path in template_tree(project).items() if _REPORTS not in name.split("/")}
    return {
        **{name: template_bytes(project, name, path) for name, path in tree.items()},
        FORMS_NAME: forms_text(project),
    }


def template_bytes(project: Project, name: str, path: Path) -> bytes:
    """A template as it is used where there is no shipped one below it."""
    data, origin = path.read_bytes(), shipped_file(project, name)
    return data if origin is None or path.suffix != ".docx" else with_claims(data, origin.read_bytes(), name)


def bundle_digest(files: Mapping[str, bytes]) -> PartsDigest:
    """One digest for the templates, whatever holds them."""
    return digest_parts({name: digest(content) for name, content in files.items()})


def packed_templates(files: Mapping[str, bytes]) -> bytes:
    """The bytes of the file that keeps templates: a compressed tar, equal for equal templates."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o644
            archive.addfile(entry, io.BytesIO(content))
    return lzma.compress(held.getvalue(), preset=6)


def read_templates(path: Path, shown: str) -> dict[str, bytes]:
    """The templates in a file, read with distrust; `shown` is what errors call it.

    Raises `KitgenError` if it is not there, is damaged, or holds what no kitgen puts in it.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise failure(said("the templates that were kept are gone"), Place(shown), _PUT_BACK) from error
    except OSError as error:
        raise unreadable(error, Place(shown)) from error
    try:
        whole = lzma.LZMADecompressor().decompress(data, _LARGEST)
        with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
            return {entry.name: _content(archive, entry, shown) for entry in archive.getmembers()}
    except (lzma.LZMAError, tarfile.TarError, EOFError, ValueError) as error:
        raise failure(said("the templates that were kept are damaged"), Place(shown), _PUT_BACK) from error


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo, shown: str) -> bytes:
    steps = PurePosixPath(entry.name).parts
    is_plain = all(safe_name(step, _LONGEST) == step and not step.startswith(".") for step in steps)
    held = archive.extractfile(entry) if entry.isreg() and steps and is_plain else None
    if held is None or "/".join(steps) != entry.name:
        spot = Place(shown, spot=said("file {name}", name=entry.name[:80]))
        raise failure(said("the templates that were kept hold what is no template"), spot, _PUT_BACK)
    return held.read()


def laid_out(path: Path, shown: str, wanted: str | None) -> Path:
    """A folder with the templates of a file, for as long as this process runs.

    Raises `KitgenError` as `read_templates` does, and if their digest is not the one `wanted`.
    """
    try:
        stamp = path.stat()
    except OSError as error:
        raise failure(said("the templates that were kept are gone"), Place(shown), _PUT_BACK) from error
    return _laid_out(path, shown, wanted, stamp.st_mtime_ns, stamp.st_size)


@cache
def _laid_out(path: Path, shown: str, wanted: str | None, written: int, size: int) -> Path:
    files = read_templates(path, shown)
    if wanted is not None and bundle_digest(files) != wanted:
        raise failure(said("the templates that were kept were changed since"), Place(shown), _PUT_BACK)
    folder = Path(tempfile.mkdtemp(prefix="kitgen-templat-"))
    atexit.register(_remove, folder, os.getpid())
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def _remove(folder: Path, owner: int) -> None:
    """Only by the process that made it, and not by its forked copies."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
