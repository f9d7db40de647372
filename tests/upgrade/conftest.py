"""The project kitgen 0.1 left, and a kitgen of a later day that renders otherwise."""

import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import KitProject

from kitgen.render.compiled import CompiledTemplate, Rendered

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "zero_one"


@pytest.fixture(scope="session")
def left(tmp_path_factory: pytest.TempPathFactory) -> KitProject:
    """The project as 0.1 left it; tests that write take a copy."""
    root = tmp_path_factory.mktemp("dari-0.1") / "proyek"
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress((FIXTURE / "project.tar.xz").read_bytes()))) as archive:
        archive.extractall(root, filter="data")
    return KitProject(root)


@pytest.fixture
def project(left: KitProject, tmp_path: Path) -> KitProject:
    return left.copy_to(tmp_path / "proyek")


@pytest.fixture
def later_kitgen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes this kitgen a later one: another version, another renderer, and other parts of every page."""

    def switch() -> None:
        render = CompiledTemplate.render_parts

        def otherwise(self: CompiledTemplate, values: object) -> Rendered:
            rendered = render(self, values)  # type: ignore[arg-type]
            parts = {
                name: part.replace(b"</w:body>", b"<!-- 9.9 --></w:body>") for name, part in rendered.parts.items()
            }
            return rendered.with_parts(parts)

        monkeypatch.setattr(CompiledTemplate, "render_parts", otherwise)
        monkeypatch.setattr("kitgen.documents.kept.made_by.__version__", "9.9.0")
        monkeypatch.setattr("kitgen.documents.kept.made_by.RENDERER_VERSION", 99)

    return switch
