"""References and areas as they read in the finished sheet, where rows and columns have come to lie."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kitgen.base.messages import said
from kitgen.render.excel.formulas import MAX_FORMULA, Reference, column_letters, column_number, parse_area
from kitgen.render.excel.layout import Frame, Layout, Span
from kitgen.render.tags.filters import OutOfBounds

LOST: Final = "#REF!"
_MOST_ARGUMENTS: Final = 254


class Copy(NamedTuple):
    """One of the places something comes to stand at: the iteration of its row and of its column, first and last row."""

    frame: Frame
    first: int
    last: int
    column_frame: Frame | None = None
    left: int = 0
    right: int = 0


def reference_text(reference: Reference, layout: Layout, frame: Frame, column_frame: Frame | None) -> str:
    """A reference as it reads seen from an iteration of rows, and one of columns where these are looped."""
    columns = layout.columns
    if columns is None:
        return text_by_rows(reference, layout, frame)
    if reference.end_row is None:
        row = layout.row(reference.row, layout.sheet if reference.is_fixed else frame)
        seen = columns.sheet if reference.names_fixed_column or column_frame is None else column_frame
        column = columns.row(column_number(reference.column), seen)
        if row is None or column is None:
            return LOST
        return f"{reference.sheet}{_named(reference.column, column)}{_row(reference, row)}"
    return _range_text(reference, layout, frame, column_frame)


def text_by_rows(reference: Reference, layout: Layout, frame: Frame) -> str:
    """The same on a sheet whose columns stay, without detours."""
    if reference.end_row is None:
        row = layout.row(reference.row, layout.sheet if reference.is_fixed else frame)
        return LOST if row is None else reference.text(row, None)
    first, last = reference.row, reference.end_row
    if reference.is_columns or (reference.may_list and layout.rows.torn(first, last)):
        return _range_text(reference, layout, frame, None)
    found = layout.span(first, last, reference.is_fixed, reference.end_is_fixed, frame)
    return LOST if found is None else reference.text(*found)


def _range_text(reference: Reference, layout: Layout, frame: Frame, column_frame: Frame | None) -> str:
    assert reference.end_row is not None
    ask = layout.spans if reference.may_list else layout.one_span
    if reference.is_columns:
        rows: list[Span] = [(1, reference.end_row)]
    else:
        rows = ask(reference.row, reference.end_row, reference.is_fixed, reference.end_is_fixed, frame)
    columns = _columns(reference, layout, column_frame)
    if not rows or columns == []:
        return LOST
    texts = [_area(reference, row, column) for row in rows for column in (columns if columns is not None else (None,))]
    if len(texts) == 1:
        return texts[0]
    listed = ",".join(texts)
    if len(listed) > MAX_FORMULA - 64:
        raise OutOfBounds(
            said(
                "a formula of more than {max_formula} characters: it names {texts} areas one by one",
                max_formula=MAX_FORMULA,
                texts=len(texts),
            )
        )
    return f"({listed})" if len(texts) > _MOST_ARGUMENTS else listed


def _columns(reference: Reference, layout: Layout, column_frame: Frame | None) -> list[Span] | None:
    """The output columns of a range; None: as they are written."""
    columns = layout.columns
    if columns is None or not reference.column:
        return None
    ask = columns.spans if reference.may_list else columns.one_span
    return ask(
        column_number(reference.column), column_number(reference.end_column), reference.names_fixed_column,
        reference.names_fixed_end_column, column_frame or columns.sheet,
    )  # fmt: skip


def _area(reference: Reference, rows: Span, columns: Span | None) -> str:
    if columns is None:
        return reference.text(*rows)
    first, last = _named(reference.column, columns[0]), _named(reference.end_column, columns[1])
    if reference.is_columns:
        return f"{reference.sheet}{first}:{last}"
    end = f"{last}{'$' if reference.end_is_fixed else ''}{rows[1]}"
    return f"{reference.sheet}{first}{_row(reference, rows[0])}:{end}"


def _named(written: str, column: int) -> str:
    return f"{'$' if written[:1] == '$' else ''}{column_letters(column)}"


def _row(reference: Reference, row: int) -> str:
    return f"{'$' if reference.is_fixed else ''}{row}"


def area_texts(written: str, layout: Layout) -> Iterator[str]:
    """One area of a list of areas: grown, or once for each iteration around it."""
    found = parse_area(written)
    if found is None:
        yield written
        return
    end = found.end_row if found.end_row is not None else found.row
    left = right = 0
    spans: list[Span] = [(0, 0)]
    if layout.columns is not None and found.column:
        left, right = column_number(found.column), column_number(found.end_column or found.column)
        spans = layout.columns.areas(left, right)
    for first, last in layout.areas(found.row, end):
        for start, stop in spans:
            start_column = column_letters(start) if left else found.column
            end_column = column_letters(stop) if left else found.end_column or found.column
            single = found.end_row is None and first == last and start == stop
            yield f"{start_column}{first}" if single else f"{start_column}{first}:{end_column}{last}"


def copies_of(layout: Layout, rows: Span, columns: Span) -> list[Copy]:
    """Where something that is never stretched over iterations comes to stand: once in each iteration around it."""
    by_rows = layout.copies(*rows)
    if layout.columns is None:
        return [Copy(frame, first, last, None, *columns) for frame, first, last in by_rows]
    by_columns = layout.columns.copies(*columns)
    return [
        Copy(frame, first, last, column_frame, left, right)
        for frame, first, last in by_rows
        for column_frame, left, right in by_columns
    ]
