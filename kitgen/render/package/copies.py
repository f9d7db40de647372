"""What a part is called that comes several times."""

from pathlib import PurePosixPath


def copy_name(part: str, number: int) -> str:
    """The part of a copy of a sheet, or of what belongs to it; the first is that of the template."""
    if not number:
        return part
    path = PurePosixPath(part)
    return str(path.with_name(f"{path.stem}-kit{number + 1}{path.suffix}"))
