"""Cells merged over rows that lost their beginning are found in the text as they are found in the tree."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kitgen.render.package.xml import W
from kitgen.render.word.mending import mend_merges
from kitgen.render.word.merged_rows import may_lack_beginnings

MERGES: Final = ("", "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>')
PLAIN: Final = ("", "<w:tblPrEx/>", '<w:trPr><w:gridBefore w:val="1"/></w:trPr>')
ODD: Final = ("<w:tr/>", "<!-- </w:tr> -->", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:x>{}</w:x>",
              "<w:tbl>{}</w:tbl>", "</w:tbl><w:p/><w:tbl>")  # fmt: skip

cell = st.builds(
    lambda span, merge, start: f"{start}<w:tcPr>{span}{merge}</w:tcPr><w:p/></w:tc>",
    st.sampled_from(("", '<w:gridSpan w:val="2"/>')),
    st.sampled_from(MERGES),
    st.sampled_from(("<w:tc>", '<w:tc w:id="1">')),
)
row = st.builds(
    lambda head, cells: f"<w:tr>{head}{''.join(cells)}</w:tr>", st.sampled_from(PLAIN), st.lists(cell, max_size=3)
)
plain_row = st.builds(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>", st.lists(cell, max_size=3))
odd_row = st.builds(
    lambda odd, rows: odd.format("".join(rows)), st.sampled_from(ODD), st.lists(plain_row, min_size=1, max_size=2)
)
odd_cell = st.builds(
    lambda before, wrapper, cells, behind: f"<w:tr>{before}{wrapper.format(cells)}{behind}</w:tr>",
    cell, st.sampled_from(("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:x>{}</w:x>", "<w:tc><w:tbl><w:tr>{}"
                           "</w:tr></w:tbl></w:tc>", "<w:tc/>{}", "<mc:AlternateContent>{}</mc:AlternateContent>")),
    cell, cell,
)  # fmt: skip
changed = st.just('<w:tr><w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tcPrChange></w:tcPr>'
                  '<w:p/></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>')  # fmt: skip


def lost_in_tree(rows: list[str]) -> tuple[str, bool]:
    xml = f'<w:body xmlns:w="{W[1:-1]}" xmlns:mc="mc"><w:p/><w:tbl>{"".join(rows)}</w:tbl><w:p/></w:body>'
    return xml, mend_merges(etree.fromstring(xml))


@given(st.lists(row, max_size=5))
def test_of_plain_tables_the_text_tells_what_the_tree_tells(rows: list[str]) -> None:
    xml, is_lost = lost_in_tree(rows)
    assert may_lack_beginnings(xml) == is_lost


@given(st.lists(st.one_of(row, odd_row, odd_cell, changed), max_size=5))
def test_what_is_not_plain_is_never_taken_for_whole(rows: list[str]) -> None:
    xml, is_lost = lost_in_tree(rows)
    assert may_lack_beginnings(xml) or not is_lost
