"""Word templates of strangers: each case of a kind that came out damaged or unfilled, and the commonest of its siblings."""

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from harness import within
from lxml import etree
from word_packages import (
    NAMESPACES,
    cell,
    paragraph,
    parts_of,
    story,
    table,
    text,
    word_parts,
    written,
    zipped,
)

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template

pytestmark = pytest.mark.fragments

CASES = Path(__file__).parent.parent / "fixtures" / "word"
W = f"{{{NAMESPACES['w']}}}"
NOTES = f'{story("footnotes", "")[:-14]}<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>{{}}</w:footnotes>'


def case(name: str, *allowed: str) -> dict[str, bytes]:
    """The parts a case is filled to."""
    (path,) = (found for found in CASES.glob(f"{name}*.docx") if found.stem.partition("-")[0] == name.partition("-")[0])
    values = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return parts_of(compile_template(path, path.name, allowed=frozenset(allowed)).render(values))


def made(tmp_path: Path, body: str, values: dict[str, Any] | None = None, **options: Any) -> dict[str, bytes]:
    """The parts a template with this body is filled to."""
    return parts_of(
        compile_template(written(tmp_path / "t.docx", word_parts(body, **options)), "t.docx").render(values or {})
    )


def told(tmp_path: Path, body: str, values: dict[str, Any] | None = None, **options: Any) -> str:
    """What is said of a template with this body."""
    with pytest.raises(KitgenError) as caught:
        made(tmp_path, body, values, **options)
    return str(caught.value)


def body_of(parts: dict[str, bytes]) -> str:
    """What stands between the beginning and the end of the body."""
    return parts["word/document.xml"].decode().partition("<w:body>")[2].removesuffix("</w:body></w:document>")


def lines(parts: dict[str, bytes]) -> list[str]:
    """The paragraphs python-docx reads."""
    return [each.text for each in docx.Document(io.BytesIO(zipped(parts))).paragraphs]


# Quoted texts in tags


def test_quoted_texts_stay_as_typed() -> None:
    """Dashes, no-break spaces, guillemets and tabs in a quoted text are the author's."""
    assert lines(case("F03")) == ["same | a – b | 10 kg".replace("10 kg", "10\u00a0kg")]
    assert lines(case("F03b")) == ["a«b»"]
    assert lines(case("F03c")) == ["x\ty"]


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{{ “it’s” }}", "it’s"), ('{{ "it’s" }}', "it’s"), ('{% if k == "Jum’at" %}ya{% endif %}', "ya"),
        ("{{ 3 − 1 }}{{ 3 ‒ 1 }}", "22"), ("{{ ‚x‘ }}{{ ‹x› }}{{ ″x″ }}{{ ＂x＂ }}", "xxxx"),
        ("{{ \u2067k\u2069\u200f }}{{\u200e k\u200d }}{{\ufeffk}}", "Jum’at" * 3), ('{{ "\u200f\u200d" | length }}', "2"),
        ("{{ ‘x’ }}", "x"), ("{{ „x“ }}", "x"), ("{{ „x” }}", "x"), ("{{ «x» }}", "x"), ('{{ "x” }}', "x"),
        ("{{ “a „b“” }}", "a „b“"), (r'{{ "a\"b" }}', 'a"b'), ('{{ "–" ~ "\u200b" }}', "–\u200b"), ("{{ 5 – 2 }}", "3"),
        ("{{\u00a0k\u00a0}}", "Jum’at"), ('{{ "%}" }}', "%}"), ("{{ '“' }}", "“"), ('{{ {"a": "–"}.a }}', "–"),
    ],
)  # fmt: skip
def test_only_the_quotes_of_a_tag_become_plain(tmp_path: Path, tag: str, shown: str) -> None:
    """The mark that opens a text is ended by its other half or by the straight one; all between is kept."""
    assert lines(made(tmp_path, paragraph(tag.replace("&", "&amp;")), {"k": "Jum’at"})) == [shown]


@pytest.mark.parametrize(("mark", "sign"), [("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad")])
def test_word_s_own_hyphens_in_quoted_texts_stay(tmp_path: Path, mark: str, sign: str) -> None:
    """Elsewhere in a tag the first is a minus; outside of tags both stay marks of Word."""
    typed = text('{% if k == "a').replace("</w:r>", f"<w:{mark}/></w:r>") + text('b" %}ya{{ "a').replace(
        "</w:r>", f"<w:{mark}/></w:r>"
    )
    parts = made(
        tmp_path,
        f"<w:p>{typed}{text(chr(98) + chr(34) + ' }}{% endif %}')}<w:r><w:{mark}/></w:r></w:p>",
        {"k": f"a{sign}b"},
    )
    assert "".join(re.findall("<w:t [^>]*>([^<]*)", body_of(parts))) == f"yaa{sign}b"
    assert body_of(parts).count(f"<w:{mark}/>") == 1
    minus = text("{{ 5 ").replace("</w:r>", "<w:noBreakHyphen/></w:r>") + text(" 2 }}")
    assert lines(made(tmp_path, f"<w:p>{minus}</w:p>")) == ["3"]


EMOJI = (
    '<mc:AlternateContent xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"><mc:Choice Requires='
    '"w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F600"/></mc:Choice><mc:Fallback><w:t>😀</w:t>'
    "</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("sign", "shown"),
    [('<w:sym w:font="Segoe UI Symbol" w:char="2713"/>', "✓"), (EMOJI, "😀"), ("<w:ptab/>", "\t")],
)
def test_symbols_in_quoted_texts_stay_in_their_place(tmp_path: Path, sign: str, shown: str) -> None:
    """Inserted as a symbol or an emoji, a letter is one; it goes neither behind the tag nor twice onto the page."""
    typed = text('{{ "a').replace("</w:r>", f"{sign}</w:r>") + text(f'b" }}}}{{% if k == "{shown}" %}}ya{{% endif %}}')
    assert lines(made(tmp_path, f"<w:p>{typed}</w:p>", {"k": shown})) == [f"a{shown}bya"]


@pytest.mark.parametrize("sign", ['<w:sym w:font="Wingdings" w:char="F0FC"/>', "<w:pgNum/>", "<w:dayLong/>"])
def test_signs_that_are_no_letters_are_refused_within_a_tag(tmp_path: Path, sign: str) -> None:
    """Beside a tag they stay where they are."""
    within_it = text('{{ "a').replace("</w:r>", f"{sign}</w:r>") + text('b" }}')
    assert "a symbol, page number or date stands within a tag" in told(tmp_path, f"<w:p>{within_it}</w:p>")
    beside = body_of(made(tmp_path, f"<w:p>{text('{{ 1 }}').replace('</w:r>', f'{sign}</w:r>')}</w:p>"))
    assert sign in beside


def test_breaks_in_quoted_texts_stay(tmp_path: Path) -> None:
    """A line break typed in a quoted text is one; one between the words of a tag is none."""
    broken = text('{{ "a').replace("</w:r>", "<w:br/></w:r>") + text('b" }}')
    apart = text("{{").replace("</w:r>", "<w:br/><w:tab/></w:r>") + text("k }}")
    assert lines(made(tmp_path, f"<w:p>{broken}{apart}</w:p>", {"k": 1})) == ["a\nb1"]


# What stands beside a lifted tag


def sections(parts: dict[str, bytes]) -> list[str]:
    """The paragraphs and the ends of sections among them, in their order."""
    body = docx.Document(io.BytesIO(zipped(parts))).element.body
    found = []
    for element in body:
        if element.tag == f"{W}p":
            found.append(
                "".join(each.text or "" for each in element.iter(f"{W}t")) + "|" * len(list(element.iter(f"{W}sectPr")))
            )
    return found


def test_a_section_outlives_the_tag_in_its_last_paragraph() -> None:
    """At `endfor` it ends behind the loop, at `for` and at a note in the paragraph before."""
    assert sections(case("F02")) == ["a", "A", "B", "|", "b"]
    assert sections(case("F02b")) == ["a|", "A", "B"]
    assert sections(case("F02c")) == ["|", "b"]


SECTION = '<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr>'


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("{%p for i in items %}", "{%p endfor %}"), ("{%p if items %}", "{%p endif %}"),
     ("{%p with x = 1 %}", "{%p endwith %}")],
)  # fmt: skip
@pytest.mark.parametrize("at_end", [False, True])
def test_sections_are_kept_with_every_pair_of_tags(tmp_path: Path, opening: str, closing: str, at_end: bool) -> None:
    """None is lost and none comes twice, whichever tag its paragraph holds."""
    body = (
        paragraph("a")
        + paragraph(opening, inner="" if at_end else SECTION)
        + paragraph("x")
        + paragraph(closing, inner=SECTION if at_end else "")
        + paragraph("b")
    )
    found = sections(made(tmp_path, body, {"items": [1, 2]}))
    assert "".join(found).count("|") == 1
    assert ("|" in found[0]) is not at_end
    assert found[-1] == "b"


@pytest.mark.parametrize("tag", ["{%p set x = 1 %}", "{#p note #}", "{%p restart %}"])
def test_sections_are_kept_with_single_tags(tmp_path: Path, tag: str) -> None:
    """The section ends in the paragraph before."""
    assert sections(made(tmp_path, paragraph("a") + paragraph(tag, inner=SECTION) + paragraph("b"))) == ["a|", "b"]


def test_a_section_may_not_end_at_an_else(tmp_path: Path) -> None:
    """It would end before and behind."""
    body = (
        paragraph("{%p if x %}") + paragraph("a") + paragraph("{%p else %}", inner=SECTION) + paragraph("{%p endif %}")
    )
    assert "the end of a section stands in it" in told(tmp_path, body, {"x": 1})


def test_a_page_break_beside_a_lifted_tag_is_refused(tmp_path: Path) -> None:
    """It would go with the paragraph; one behind the tag begins the next paragraph, where that is no tag itself."""
    body = (
        f'<w:p><w:r><w:br w:type="page"/></w:r>{text("{%p if x %}")}</w:p>{paragraph("a")}{paragraph("{%p endif %}")}'
    )
    said = told(tmp_path, body, {"x": 1})
    assert "but a break stands in it" in said and "paragraph 1" in said and "a paragraph of its own" in said


@pytest.mark.parametrize("tag", ["{%p if x %}", "{%p for i in x %}", "{#p note #}", "{%p include 'b.docx' %}"])
def test_a_tag_s_paragraph_that_begins_a_page_is_refused(tmp_path: Path, tag: str) -> None:
    """Its *Page break before* would go with it; what a value gives is shaped like its paragraph and keeps it."""
    begins = "<w:pPr><w:pageBreakBefore/></w:pPr>"
    body = paragraph(tag, inner=begins) + (paragraph(f"{{%p end{tag[4:7].strip()} %}}") if " x" in tag else "")
    assert "but a page break" in told(tmp_path, body, {"x": [1]})
    off = body.replace("pageBreakBefore/", 'pageBreakBefore w:val="0"/')
    if "include" not in tag:
        made(tmp_path, off, {"x": [1]})
    assert "<w:pageBreakBefore/>" in body_of(made(tmp_path, paragraph("{{p x }}", inner=begins), {"x": ["a"]}))


def test_a_page_break_behind_a_lifted_tag_begins_the_next_paragraph() -> None:
    """LibreOffice writes so what Word calls a page break before a paragraph; each iteration has its own."""
    body = docx.Document(io.BytesIO(zipped(case("F02d")))).paragraphs
    assert [(each.text, bool(each.paragraph_format.page_break_before)) for each in body] == [("A", True), ("B", True)]


FIELD_HALF = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


@pytest.mark.parametrize(
    "tag", ["{%p if x %}", "{%p endif %}", "{#p note #}", "{%tr if x %}", "{%p include 'b.docx' %}"]
)
@pytest.mark.parametrize(
    ("beside", "what"),
    [
        ('<w:r><w:br w:type="page"/></w:r>', "a break"), ('<w:r><w:br w:type="column"/></w:r>', "a break"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "a footnote"), ('<w:r><w:endnoteReference w:id="2"/></w:r>', "an endnote"),
        ('<w:r><w:commentReference w:id="2"/></w:r>', "a comment"), (FIELD_HALF, "a field or part of one"),
        ('<w:fldSimple w:instr=" PAGE "/>', "a field"), ("<m:oMath/>", "an equation"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "a symbol"), ("<w:r><w:drawing/></w:r>", "a picture or shape"),
        ("<w:r><w:noBreakHyphen/></w:r>", "a hyphen"), ("<w:r><w:dayLong/></w:r>", "a date"), ('<w:subDoc r:id="a"/>', "a whole file"),
        ('<w:r><w:contentPart r:id="a"/></w:r>', "a picture or shape"),
    ],
)  # fmt: skip
def test_nothing_seen_goes_with_a_lifted_tag(tmp_path: Path, tag: str, beside: str, what: str) -> None:
    """Whatever a person sees beside such a tag is told, with the tag and its place."""
    held = paragraph(tag, inner="").replace("</w:p>", f"{beside}</w:p>")
    body = table((held,), (paragraph("{%tr endif %}"),)) if "tr" in tag else held + paragraph("{%p endif %}")
    said = told(tmp_path, body, {"x": 1})
    assert f"but {what} stands in it" in said
    assert ("table 1, row 1" if "tr" in tag else "paragraph 1") in said


@pytest.mark.parametrize("kind", ["bookmark", "perm", "moveFromRange", "commentRange"])
@pytest.mark.parametrize("tag", ["{%p if x %}", "{%p endif %}", "{#p note #}", "{%tr if x %}"])
def test_ends_of_ranges_outlive_a_lifted_tag(tmp_path: Path, kind: str, tag: str) -> None:
    """A range that begins in the paragraph of a tag still begins, and still ends where it did."""
    start, end = f'<w:{kind}Start w:id="3" w:name="m"/>', f'<w:{kind}End w:id="3"/>'
    if "tr" in tag:
        body = table(
            (paragraph(tag, inner=start),),
            (paragraph("a"),),
            (paragraph("{%tr endif %}"),),
            (paragraph("b", inner=end),),
        )
    elif "end" in tag:
        body = paragraph("{%p if x %}") + paragraph("a") + paragraph(tag, inner=start) + paragraph("b", inner=end)
    else:
        body = (
            paragraph(tag, inner=start) + paragraph("a", inner=end) + ("" if "#" in tag else paragraph("{%p endif %}"))
        )
    for on in (True, False):
        xml = body_of(made(tmp_path, body, {"x": on}))
        assert xml.count(f"<w:{kind}Start") == xml.count(f"<w:{kind}End") == 1
        assert xml.index(f"<w:{kind}Start") < xml.index(f"<w:{kind}End")


def test_a_break_of_a_page_in_a_tag_is_told(tmp_path: Path) -> None:
    """Bringing the tag together would lose it."""
    body = f'<w:p>{text("{{ na")}<w:r><w:br w:type="page"/></w:r>{text("me }}")}</w:p>'
    assert "a page or column break stands within a tag" in told(tmp_path, body, {"name": "N"})


# Ids and ranges that loops repeat


def ids_of(parts: dict[str, bytes], name: str) -> list[str]:
    """The ids of elements of the document."""
    return re.findall(rf'<w:{name}\b[^>]*w:id="([^"]*)"', parts["word/document.xml"].decode())


@pytest.mark.parametrize("name", ["F01-", "F01b", "F01c"])
def test_a_comment_in_a_loop_stays_at_the_first_iteration(name: str) -> None:
    """A comment is of one place; the second row has none."""
    parts = case(name)
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert ids_of(parts, mark) == ["5"]
    assert parts["word/document.xml"].index(b"commentReference") < parts["word/document.xml"].index(b">B<")


@pytest.mark.parametrize("name", ["F01d", "E-footnote"])
def test_a_note_in_a_loop_comes_with_each_iteration(name: str) -> None:
    """Each has an id of its own, and may print what the loop gives."""
    parts = case(name)
    references = ids_of(parts, "footnoteReference")
    notes = re.findall(r'<w:footnote w:id="(\d+)".*?<w:t[^>]*>([^<]*)</w:t>', parts["word/footnotes.xml"].decode())
    assert len(set(references)) == 2
    assert [id for id, _ in notes] == references
    assert [words for _, words in notes] == (["note on x"] * 2 if name == "F01d" else ["note on A", "note on B"])


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("loop", ["p", "tr", ""])
def test_notes_with_links_and_rich_text_are_repeated(tmp_path: Path, kind: str, loop: str) -> None:
    """In every kind of loop; what their links need is added to their own part."""
    note = f'<w:{kind} w:id="2">{paragraph("{{ i.n }} ", "{{r i.link }}")}</w:{kind}>'
    held = f'<w:p>{text("{{ i.n }}")}<w:r><w:{kind}Reference w:id="2"/></w:r></w:p>'
    opening, closing = f"{{%{loop} for i in items %}}", f"{{%{loop} endfor %}}"
    if loop == "tr":
        body = table((paragraph(opening),), (held,), (paragraph(closing),))
    elif loop == "p":
        body = paragraph(opening) + held + paragraph(closing)
    else:
        body = held.replace("<w:p>", f"<w:p>{text(opening)}").replace("</w:p>", f"{text(closing)}</w:p>")
    notes = story(f"{kind}s", f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>{note}')
    items = [{"n": n, "link": {"text": n, "link": f"https://x.id/{n}"}} for n in "AB"]
    parts = made(tmp_path, body, {"items": items}, parts={"n": (f"{kind}s", f"word/{kind}s.xml", notes)})
    assert ids_of(parts, f"{kind}Reference") == re.findall(
        rf'<w:{kind} w:id="(\d+)"', parts[f"word/{kind}s.xml"].decode()
    )
    assert b"https://x.id/B" in parts[f"word/_rels/{kind}s.xml.rels"]
    assert b"https://x.id" not in parts["word/_rels/document.xml.rels"]


def test_a_note_outside_of_loops_stays_as_it_is(tmp_path: Path) -> None:
    """It keeps its id and its place in its part."""
    body = f'<w:p>{text("a")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = NOTES.format(f'<w:footnote w:id="2">{paragraph("{{ n }}")}</w:footnote>')
    parts = made(tmp_path, body, {"n": 7}, parts={"n": ("footnotes", "word/footnotes.xml", notes)})
    assert ids_of(parts, "footnoteReference") == ["2"]
    assert b'<w:footnote w:id="2"><w:p><w:r><w:t xml:space="preserve">7<' in parts["word/footnotes.xml"]


@pytest.mark.parametrize("kind", ["perm", "moveFromRange", "moveToRange"])
def test_permissions_and_moves_in_loops_get_ids_of_their_own(tmp_path: Path, kind: str) -> None:
    """Both ends of one have the same, no two have one."""
    marked = f'<w:p><w:{kind}Start w:id="3" w:name="m"/>{text("{{ i }}")}<w:{kind}End w:id="3"/></w:p>'
    parts = made(tmp_path, paragraph("{%p for i in (1, 2) %}") + marked + paragraph("{%p endfor %}"))
    starts = ids_of(parts, f"{kind}Start")
    assert starts == ids_of(parts, f"{kind}End")
    assert len(set(starts)) == 2


def test_a_bookmark_in_a_loop_stays_at_the_first_iteration(tmp_path: Path) -> None:
    """A field that refers to it still finds it."""
    marked = f'<w:p><w:bookmarkStart w:id="3" w:name="m"/>{text("{{ i }}")}<w:bookmarkEnd w:id="3"/></w:p>'
    parts = made(tmp_path, paragraph("{%p for i in (1, 2) %}") + marked + paragraph("{%p endfor %}"))
    assert ids_of(parts, "bookmarkStart") == ids_of(parts, "bookmarkEnd") == ["3"]


@pytest.mark.parametrize("kind", ["bookmark", "commentRange", "perm"])
@pytest.mark.parametrize("begins_inside", [True, False])
@pytest.mark.parametrize("on", [True, False])
def test_a_range_cut_by_a_condition_stays_whole(tmp_path: Path, kind: str, begins_inside: bool, on: bool) -> None:
    """The end that the condition would take away stands outside of it."""
    start, end = f'<w:{kind}Start w:id="3" w:name="m"/>', f'<w:{kind}End w:id="3"/>'
    inside, outside = (start, end) if begins_inside else (end, start)
    choice = paragraph("{%p if x %}") + paragraph("a", inner=inside) + paragraph("{%p endif %}")
    body = choice + paragraph("b", inner=outside) if begins_inside else paragraph("b", inner=outside) + choice
    xml = body_of(made(tmp_path, body, {"x": on}))
    assert xml.count(start[:-15]) == xml.count(end) == 1
    assert xml.index(f"<w:{kind}Start") < xml.index(f"<w:{kind}End")


def test_a_range_cut_by_a_condition_in_a_line_stays_whole(tmp_path: Path) -> None:
    """Also where the tags stand in one paragraph."""
    body = (
        f'<w:p>{text("{% if x %}")}<w:bookmarkStart w:id="3" w:name="m"/>{text("a")}{text("{% endif %}")}{text("b")}'
        '<w:bookmarkEnd w:id="3"/></w:p>'
    )
    assert ids_of(made(tmp_path, body, {"x": False}), "bookmarkStart") == ["3"]


FIELD = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF m </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "closing"), [("{%p if x %}", "{%p endif %}"), ("{%p for i in x %}", "{%p endfor %}")]
)
@pytest.mark.parametrize("begins_inside", [True, False])
def test_a_field_cut_by_a_condition_or_loop_is_refused(
    tmp_path: Path, opening: str, closing: str, begins_inside: bool
) -> None:
    """Half a field would be left; a whole one may stand within, or around."""
    begin, end = FIELD
    inside, behind = (
        paragraph("a", inner=begin if begins_inside else end),
        paragraph("b", inner=end if begins_inside else ""),
    )
    before = paragraph("c", inner="" if begins_inside else begin)
    said = told(tmp_path, before + paragraph(opening) + inside + paragraph(closing) + behind, {"x": [1]})
    assert f"a field begins or ends in what `{opening}` takes or repeats" in said
    assert f"paragraph {2}" in said
    whole = paragraph(opening) + paragraph("a", inner=begin + end) + paragraph(closing)
    around = paragraph("a", inner=begin) + whole + paragraph("b", inner=end)
    assert body_of(made(tmp_path, around, {"x": [1]})).count("fldChar ") == 6


def test_a_field_cut_within_a_line_is_refused(tmp_path: Path) -> None:
    """Also where its code and its result stand in two branches."""
    begin, end = FIELD
    body = f"<w:p>{text('{% if x %}')}{begin}{text('a')}{text('{% else %}')}{text('b')}{end}{text('{% endif %}')}</w:p>"
    assert "a field begins or ends in what `{% if x %}`" in told(tmp_path, body, {"x": 1})


@pytest.mark.parametrize("kind", ["rPr", "pPr"])
def test_tracked_changes_of_looks_in_loops_get_ids_of_their_own(tmp_path: Path, kind: str) -> None:
    """As insertions and deletions do."""
    change = f'<w:{kind}><w:{kind}Change w:id="9" w:author="a"><w:{kind}/></w:{kind}Change></w:{kind}>'
    held = f"<w:p>{change}{text(chr(120))}</w:p>" if kind == "pPr" else f"<w:p><w:r>{change}<w:t>x</w:t></w:r></w:p>"
    parts = made(tmp_path, paragraph("{%p for i in (1, 2) %}") + held + paragraph("{%p endfor %}"))
    assert len(set(ids_of(parts, f"{kind}Change"))) == 2


# Objects (allowed by name)


def test_objects_in_loops_keep_their_shapes() -> None:
    """Each names the shape it is shown in, and is refused unless it is allowed."""
    for name in ("F06-", "F06b"):
        with pytest.raises(KitgenError, match="--allow ole"):
            case(name)
        xml = case(name, "ole")["word/document.xml"].decode()
        shapes = re.findall(r'<v:shape id="([^"]*)"', xml)
        assert shapes == re.findall(r'ShapeID="([^"]*)"', xml)
        assert len(set(shapes)) == 2
    objects = re.findall(r'ObjectID="([^"]*)"', case("F06-", "ole")["word/document.xml"].decode())
    assert len(set(objects)) == 2


def test_controls_in_loops_keep_their_shapes(tmp_path: Path) -> None:
    """ActiveX names its shape otherwise."""
    held = '<w:p><w:r><w:object><v:shape id="_x1"/><w:control w:shapeid="_x1" w:name="c"/></w:object></w:r></w:p>'
    path = written(
        tmp_path / "t.docx", word_parts(paragraph("{%p for i in (1, 2) %}") + held + paragraph("{%p endfor %}"))
    )
    xml = parts_of(compile_template(path, allowed=frozenset({"activex"})).render({}))["word/document.xml"].decode()
    shapes = re.findall(r'<v:shape id="([^"]*)"', xml)
    assert shapes == re.findall(r'w:shapeid="([^"]*)"', xml)
    assert len(set(shapes)) == 2


# Parts beside the text


@pytest.mark.parametrize(
    ("name", "part", "shown"),
    [
        ("F04e", "word/charts/chart1.xml", b"Nilai Sari<"), ("F04f", "word/diagrams/data1.xml", b">Sari<"),
        ("F04g", "word/document.xml", b">x=Sari<"), ("F04i", "customXml/item1.xml", b"<addr>Sari<"),
        ("F04i", "word/document.xml", b">Sari<"), ("F04c", "word/_rels/document.xml.rels", b'Target="https://x.id/77"'),
    ],
)  # fmt: skip
def test_tags_beside_the_text_are_filled(name: str, part: str, shown: bytes) -> None:
    """Charts, diagrams, equations, bound data and the addresses of links."""
    parts = case(name)
    if name == "F04c":
        assert re.search(rb'Target="[^"]*77[^"]*" TargetMode="External"', parts[part])
    else:
        assert shown in parts[part]
    assert not any(b"{{" in content or b"%7B%7B" in content for content in parts.values())


def test_a_file_put_into_the_text_is_refused() -> None:
    """Allowed by name, it is still refused for the tags in it, which nothing fills."""
    with pytest.raises(KitgenError, match="--allow altchunk"):
        case("F04h")
    with pytest.raises(KitgenError, match=r"a tag stands in a part of the file(.|\n)*afchunk.html"):
        case("F04h", "altchunk")


@pytest.mark.parametrize("address", ["https://x.id/{{ i }}?a=b", "https://x.id/%7B%7B%20i%20%7D%7D?a=b"])
def test_links_in_loops_lead_where_each_iteration_says(tmp_path: Path, address: str) -> None:
    """Typed plainly or as Word writes it; what the value holds is encoded."""
    link = f'<w:p><w:hyperlink r:id="l1">{text("{{ i }}")}</w:hyperlink></w:p>'
    body = paragraph("{%p for i in items %}") + link + paragraph("{%p endfor %}")
    parts = made(tmp_path, body, {"items": ["a b", 'c"&']}, links={"l1": ("hyperlink", address)})
    found = re.findall(rb'Id="([^"]*)"[^>]*Target="([^"]*)"', parts["word/_rels/document.xml.rels"])
    assert [target for _, target in found] == [b"https://x.id/a%20b?a=b", b"https://x.id/c%22&amp;?a=b"]
    assert re.findall(rb'<w:hyperlink r:id="([^"]*)"', parts["word/document.xml"]) == [id for id, _ in found]


def test_a_value_cannot_make_a_link_a_script(tmp_path: Path) -> None:
    """The address a tag gives is looked at like that of a rich text; so is that of a field."""
    link = f'<w:p><w:hyperlink r:id="l1">{text("x")}</w:hyperlink></w:p>'
    said = told(tmp_path, link, {"a": "javascript:alert(1)"}, links={"l1": ("hyperlink", "{{ a }}")})
    assert "what is to be a link is none" in said
    field = '<w:p><w:fldSimple w:instr=" HYPERLINK &quot;{{ a }}&quot; "/></w:p>'
    assert "lead elsewhere than to a web page" in told(tmp_path, field, {"a": "javascript:alert(1)"})
    assert b"https://x.id" in made(tmp_path, field, {"a": "https://x.id"})["word/document.xml"]


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/settings.xml", '<w:settings xmlns:w="a"><w:docVar w:val="{{ x }}"/></w:settings>'),
        ("word/glossary/document.xml", '<w:document xmlns:w="a"><w:t>{{</w:t><w:t> x }}</w:t></w:document>'),
        ("word/numbering.xml", '<w:numbering xmlns:w="a"><w:lvlText w:val="{% if x %}"/></w:numbering>'),
        ("word/notes.txt", "{{ x }}"),
        ("word/styles.xml", '<w:styles xmlns:w="a"><w:name w:val="{# x #}"/></w:styles>'),
        ("word/_rels/settings.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         '<Relationship Id="a" Type="a/hyperlink" Target="https://x.id/%7b%7b%20x%20%7d%7d" TargetMode="External"/></Relationships>'),
        ("word/embeddings/data.xlsx", zipped({"xl/sharedStrings.xml": b"<sst><t>{{ x }}</t></sst>"})),
    ],
)  # fmt: skip
def test_a_tag_that_nothing_fills_is_refused(tmp_path: Path, part: str, content: str | bytes) -> None:
    """With the part it stands in; it would be printed as it is typed, without a word."""
    parts = word_parts(paragraph("{{ x }}"))
    parts[part] = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(KitgenError, match=rf"a tag stands in a part of the file(.|\n)*{part}"):
        compile_template(written(tmp_path / "t.docx", parts))


def test_a_tag_in_a_text_the_engine_does_not_know_is_refused(tmp_path: Path) -> None:
    """In the document itself, too."""
    assert "a tag stands in `q`" in told(tmp_path, "<w:p><w:r><w:q>{{ x }}</w:q></w:r></w:p>", {"x": 1})


def test_a_value_that_looks_like_a_tag_prints_as_typed(tmp_path: Path) -> None:
    """The guard looks at the template, never at what people wrote."""
    body = paragraph("{{ x }}") + paragraph("{_{ x }_}") + "<w:p><m:oMath><m:r><m:t>{{ x }}</m:t></m:r></m:oMath></w:p>"
    parts = made(tmp_path, body, {"x": "{{ y }} {% if %} {# n #}"})
    assert lines(parts)[:2] == ["{{ y }} {% if %} {# n #}", "{{ x }}"]


def test_what_is_bound_is_unbound_in_a_loop(tmp_path: Path) -> None:
    """Word would print the one text of the data in every iteration."""
    control = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    held = control.replace("{}", paragraph("{{ i }}"))
    xml = body_of(
        made(
            tmp_path,
            paragraph("{%p for i in (1, 2) %}") + held + paragraph("{%p endfor %}") + held.replace("{{ i }}", "z"),
        )
    )
    assert xml.count("dataBinding") == 1


# Fields


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("F09-", r' IF "PT \"Maju\" \\* Upper" = "PT" "ya" "tidak" '),
        ("F09b", r' HYPERLINK "https://x/a\" \\o \"evil" '),
        ("F09c", r' IF "PT \"Maju\" \\" = "x" "a" "b" '),
    ],
)
def test_a_value_in_a_field_stays_within_its_quotes(name: str, code: str) -> None:
    """It adds no switch and ends no text."""
    document = docx.Document(io.BytesIO(zipped(case(name)))).element
    codes = [
        "".join(each.text or "" for each in document.iter(f"{W}instrText")),
        *(each.get(f"{W}instr") for each in document.iter(f"{W}fldSimple")),
    ]
    assert code in codes


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        (" = {{ v }} * 2 ", 12.5, " = 12.5 * 2 "), (" IF {{ v }} = 1 2 3 ", "a b", ' IF "a b" = 1 2 3 '),
        (" DOCPROPERTY {{ v }} ", "Klien", " DOCPROPERTY Klien "), (' SET a "{{ v }}" ', "x\ny\tz", ' SET a "x y z" '),
        (' IF "{{ v }}" = "“" ', "“", r' IF "\"" = "“" '), (" IF {{ v }} = 1 ", "", ' IF  = 1 '),
        (' QUOTE "{{ v }}', r"C:\a", r' QUOTE "C:\\a'),
    ],
)  # fmt: skip
def test_values_in_fields_are_words_or_quoted(tmp_path: Path, code: str, value: object, shown: str) -> None:
    """Bare where they are one word, in quotes where they are not, their own quotes and backslashes told apart."""
    body = f'<w:p>{FIELD_HALF}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r></w:p>'
    document = docx.Document(io.BytesIO(zipped(made(tmp_path, body, {"v": value})))).element
    assert [each.text for each in document.iter(f"{W}instrText")] == [shown]


def test_quotes_are_counted_over_nested_fields(tmp_path: Path) -> None:
    """Where a field stands within the text of another, the rest of that text is still quoted."""
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    def code(words: str) -> str:
        return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'

    body = f"<w:p>{FIELD_HALF}{code(chr(32) + 'IF 1 = 1 &quot;')}{FIELD_HALF}{code(' PAGE ')}{end}{code(' {{ v }}&quot; ')}{end}</w:p>"
    assert b'"> a \\&quot;b\\&quot;" </w:instrText>' in made(tmp_path, body, {"v": 'a "b"'})["word/document.xml"]


def test_a_value_cannot_name_a_field(tmp_path: Path) -> None:
    """Else a value could be DDEAUTO."""
    body = '<w:p><w:fldSimple w:instr=" {{ v }} x "/></w:p>'
    assert "a value cannot say which field it is" in told(tmp_path, body, {"v": "DDEAUTO"})


# Properties, lists, tables, lines, boxes


def test_the_custom_properties_of_a_template_are_kept() -> None:
    """Filled where they hold tags, with kitgen's own beside them."""
    custom = case("F11")["docProps/custom.xml"].decode()
    assert re.findall(r'name="([^"]*)"><vt:lpwstr>([^<]*)<', custom) == [("Klien", "Sari")]


def test_the_record_stands_beside_the_template_s_properties(tmp_path: Path) -> None:
    """Numbered on, without what programs note about people, and without another file's record."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    names = ("Tetap", "kitgen.digest", "_AuthorEmail", "MSIP_Label_1_Owner", "Kedua")
    entries = "".join(
        f'<property fmtid="{{1}}" pid="{number}" name="{name}"><vt:lpwstr>x</vt:lpwstr></property>'
        for number, name in enumerate(names, 2)
    )
    content = f'<Properties xmlns="{space}" xmlns:vt="urn:v">{entries}</Properties>'.replace(
        "urn:v", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    )
    parts = word_parts(paragraph("x")) | {"docProps/custom.xml": content.encode()}
    custom = parts_of(compile_template(written(tmp_path / "t.docx", parts)).render({}, {"kitgen.form": "A"}))[
        "docProps/custom.xml"
    ]
    assert re.findall(rb'pid="(\d+)" name="([^"]*)"', custom) == [
        (b"2", b"Tetap"),
        (b"3", b"Kedua"),
        (b"4", b"kitgen.form"),
    ]


def test_lists_go_on_over_iterations_unless_they_restart(tmp_path: Path) -> None:
    """As with docxtpl; with `{%p restart %}` each iteration counts from the start."""
    assert set(re.findall(rb'<w:numId w:val="(\d+)"', case("F12")["word/document.xml"])) == {b"1"}
    path = CASES / "F12-numbering-in-loop.docx"
    parts = parts_of(path.read_bytes())
    for tag in ("{%p restart %}", "{% restart %}"):
        opened = parts["word/document.xml"].replace(
            b"{{ i.n }}</w:t></w:r></w:p>", b"{{ i.n }}</w:t></w:r></w:p>" + paragraph(tag).encode()
        )
        template = compile_template(written(tmp_path / "t.docx", parts | {"word/document.xml": opened}))
        values = json.loads(path.with_suffix(".json").read_text())
        filled = parts_of(template.render(values))
        numbers = re.findall(rb'<w:numId w:val="(\d+)"', filled["word/document.xml"])
        assert numbers == [b"1001"] * 3 + [b"1002"] * 3
        for number in (b"1001", b"1002"):
            (definition,) = re.findall(
                rb'<w:num [^>]*w:numId="' + number + rb'".*?</w:num>', filled["word/numbering.xml"]
            )
            assert b'<w:abstractNumId w:val="0"/>' in definition
            assert definition.count(b'<w:startOverride w:val="1"/>') == 9
        assert parts_of(template.render(values)) == filled


def test_lists_that_come_with_a_style_restart_too(tmp_path: Path) -> None:
    """A paragraph of such a style gets the number of its own list."""
    style = (
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M"><w:basedOn w:val="L"/></w:style>'
    )
    number = '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="5"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    held = '<w:p><w:pPr><w:pStyle w:val="M"/><w:spacing/></w:pPr><w:r><w:t>{{ i }}</w:t></w:r></w:p>'
    body = paragraph("{%p for i in (1, 2) %}") + paragraph("{%p restart %}") + held + paragraph("{%p endfor %}")
    parts = made(tmp_path, body, parts={"s": ("styles", "word/styles.xml", story("styles", style)),
                                        "n": ("numbering", "word/numbering.xml", story("numbering", number))})  # fmt: skip
    assert re.findall(
        rb'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="(\d+)"/></w:numPr><w:spacing', parts["word/document.xml"]
    ) == [b"1004", b"1005"]
    assert parts["word/numbering.xml"].count(b'<w:startOverride w:val="5"/>') == 2


def tables_touch(parts: dict[str, bytes]) -> bool:
    """Whether a table follows another with nothing between them."""
    return b"</w:tbl><w:tbl>" in parts["word/document.xml"]


def test_notes_taken_out_of_a_part_that_holds_no_others_stand_in_it(tmp_path: Path) -> None:
    """A part left empty is still one that notes are added to."""
    start, end = LOOPED
    note = story("footnotes", f'<w:footnote w:id="2">{paragraph("{{ x }}")}</w:footnote>')
    body = start + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + end
    parts = made(tmp_path, body, {"xs": [1, 2]}, parts={"r9": ("footnotes", "word/footnotes.xml", note)})
    notes = etree.fromstring(parts["word/footnotes.xml"])
    assert ["".join(each.itertext()) for each in notes] == ["1", "2"]


def test_looped_tables_stay_apart() -> None:
    """Word would make one of them."""
    parts = case("F13")
    assert not tables_touch(parts)
    assert len(docx.Document(io.BytesIO(zipped(parts))).tables) == 2


def test_a_cell_that_ends_with_looped_tables_ends_with_a_paragraph(tmp_path: Path) -> None:
    """Word calls a file damaged whose cell ends with a table; the tag was the only paragraph behind it."""
    loop = paragraph("{%p for i in x %}") + table((paragraph("{{ i }}"),)) + paragraph("{%p endfor %}")
    for x in ([1, 2], [1], []):
        xml = body_of(made(tmp_path, table((loop,)) + paragraph(), {"x": x}))
        assert "</w:tbl></w:tc>" not in xml and xml.count("<w:tbl>") == 1 + len(x)


@pytest.mark.parametrize("x", [True, False])
def test_tables_that_only_a_tag_stood_between_stay_apart(tmp_path: Path, x: bool) -> None:
    """Before and behind a condition, and in cells."""
    one = table((paragraph("a"),))
    choice = one + paragraph("{%p if x %}") + one + paragraph("{%p endif %}") + one
    parts = made(tmp_path, choice + paragraph() + table((choice + paragraph(),)), {"x": x})
    assert not tables_touch(parts)


LOOPED = paragraph("{%p for x in xs %}"), paragraph("{%p endfor %}")
MARK = '<w:bookmarkStart w:id="0" w:name="b"/><w:bookmarkEnd w:id="0"/>'
CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'


@pytest.mark.parametrize(
    "block",
    [CONTROL, '<w:customXml w:element="x">{}</w:customXml>', f"{{}}{MARK}", f"{MARK}{{}}",
     f"<w:sdt><w:sdtContent>{CONTROL}{MARK}</w:sdtContent></w:sdt>"],
)  # fmt: skip
def test_looped_tables_stay_apart_whatever_wraps_them(tmp_path: Path, block: str) -> None:
    """Word makes one of two tables that only a content control, custom XML or ends of ranges stand between."""
    start, end = LOOPED
    body = body_of(made(tmp_path, start + block.format(table((paragraph("{{ x }}"),))) + end, {"xs": [1, 2]}))
    root = etree.fromstring(f'<x xmlns:w="{NAMESPACES["w"]}">{body}</x>')
    assert [each.tag for each in root.iter(f"{W}tbl", f"{W}p") if each.getparent().tag != f"{W}tc"] == [
        f"{W}tbl", f"{W}p", f"{W}tbl",
    ]  # fmt: skip


def test_tables_a_note_stood_between_stay_apart(tmp_path: Path) -> None:
    """The note goes, an empty paragraph stays."""
    one = table((paragraph("1"),))
    body = body_of(made(tmp_path, one + paragraph("{#p a note #}") + paragraph("{#p another #}") + one))
    assert body.count("</w:tbl><w:p/><w:tbl>") == 1


@pytest.mark.parametrize("root", ["hdr", "ftr"])
def test_a_header_that_ends_with_looped_tables_ends_with_a_paragraph(tmp_path: Path, root: str) -> None:
    """The tag that ends the loop stood in its last paragraph; Word wants one there."""
    kind, (start, end) = {"hdr": "header", "ftr": "footer"}[root], LOOPED
    content = story(root, start + table((paragraph("{{ x }}"),)) + end)
    parts = made(tmp_path, "<w:p/>", {"xs": [1]}, parts={"r9": (kind, f"word/{kind}1.xml", content)})
    assert parts[f"word/{kind}1.xml"].decode().endswith(f"</w:tbl><w:p/></w:{root}>")


REFERENCE = '<w:r><w:commentReference w:id="5"/></w:r>'
BEGIN, FINISH = '<w:commentRangeStart w:id="5"/>', '<w:commentRangeEnd w:id="5"/>'


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{BEGIN}{text('x')}{FINISH}{text('{% if no %}')}{REFERENCE}{text('{% endif %}')}</w:p>",
        f"<w:p>{BEGIN}{text('x{% if no %}')}{FINISH}{REFERENCE}{text('{% endif %}')}</w:p>",
        f"<w:p>{BEGIN}{text('x')}</w:p>{paragraph('{%p if no %}')}<w:p>{text('y')}{FINISH}{REFERENCE}</w:p>"
        f"{paragraph('{%p endif %}')}",
        f"<w:p>{BEGIN}{text('x')}{FINISH}</w:p>{table((paragraph('{%tr if no %}'),), (f'<w:p>{REFERENCE}</w:p>',), (paragraph('{%tr endif %}'),))}",
    ],
)
@pytest.mark.parametrize("no", [False, True])
def test_a_comment_whose_text_stays_keeps_its_reference(tmp_path: Path, body: str, no: bool) -> None:
    """A condition that takes the reference alone would leave the range of a comment that is not there."""
    made_of = body_of(made(tmp_path, body, {"no": no}))
    assert (made_of.count(BEGIN), made_of.count(FINISH), made_of.count("commentReference")) == (1, 1, 1)


def test_tables_as_the_author_put_them_are_left_alone(tmp_path: Path) -> None:
    """What stood side by side in the template does so in the document."""
    one = table((paragraph("{{ x }}"),))
    assert tables_touch(made(tmp_path, one + one + paragraph(), {"x": 1}))


def merged(words: str, go_on: bool = False) -> str:
    """A cell merged over rows."""
    return cell(paragraph(words)).replace(
        "</w:tcPr>", f"<w:vMerge{'' if go_on else ' w:val=' + chr(34) + 'restart' + chr(34)}/></w:tcPr>"
    )


@pytest.mark.parametrize("x", [True, False])
def test_a_merge_whose_beginning_goes_begins_anew(tmp_path: Path, x: bool) -> None:
    """Cells that go on with a row a condition took away do not hang in the air."""
    rows = [cell(paragraph("{%tr if x %}")) + cell(paragraph()), merged("a") + cell(paragraph("1")),
            cell(paragraph("{%tr endif %}")) + cell(paragraph()), merged("", True) + cell(paragraph("2"))]  # fmt: skip
    body = "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>" + paragraph()
    merges = re.findall(rb"<w:vMerge([^/]*)/>", made(tmp_path, body, {"x": x})["word/document.xml"])
    assert merges == ([b' w:val="restart"', b""] if x else [b' w:val="restart"'])


def test_dashes_join_at_breaks_spelled_out() -> None:
    """`textWrapping` is what a break is without a type."""
    assert lines(case("F14")) == ["xy"]


def test_every_kind_of_break_in_a_value_is_one() -> None:
    """A vertical tab, a lone carriage return, both together."""
    assert lines(case("F18")) == ["baris1\nbaris2\nbaris3"]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\v", "\u2028", "\u2029", "\x85"])
def test_a_break_glues_no_words(tmp_path: Path, mark: str) -> None:
    """In texts a break of a line, in alternative texts one that XML can hold."""
    drawing = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="{{ k }}"/></wp:inline></w:drawing></w:r></w:p>'
    parts = made(tmp_path, paragraph("{{ k }}") + drawing, {"k": f"a{mark}b"})
    assert lines(parts)[0] == "a\nb"
    assert b'descr="ab"' not in parts["word/document.xml"]


def test_a_box_ticked_in_the_template_stays_ticked() -> None:
    """Without a claim a check box is printed as it stands in the template."""
    xml = body_of(case("F19"))
    assert 'w14:checked w14:val="1"' in xml
    assert "☒" in xml


# Pictures and boxes in looped rows


def test_pictures_and_boxes_in_looped_rows_and_tables(tmp_path: Path) -> None:
    """A photo of its own and a box of its own in each row, in each table of a loop."""
    import struct
    import zlib

    def png(size: int) -> bytes:
        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

        rows = b"".join(b"\0" + bytes(size) for _ in range(size))
        head = struct.pack(">LLBBBBB", size, size, 8, 0, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    box = (
        '<w:p><w:sdt><w:sdtPr><w:tag w:val="{{ i.ok }}"/><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    rows = table(
        (paragraph("{%tr for i in unit %}"), paragraph()),
        (paragraph("{{r i.photo }}"), box),
        (paragraph("{%tr endfor %}"), paragraph()),
    )
    body = paragraph("{%p for unit in units %}") + rows + paragraph("{%p endfor %}")
    units = [
        [{"photo": {"picture": png(n), "width_mm": 9}, "ok": n % 2 == 0} for n in (first, first + 1)]
        for first in (1, 3)
    ]
    parts = made(tmp_path, body, {"units": units})
    xml = parts["word/document.xml"].decode()
    assert len({*re.findall(r'r:embed="([^"]*)"', xml)}) == 4
    assert len({*re.findall(r'<wp:docPr id="(\d+)"', xml)}) == 4
    assert re.findall(r'w14:checked w14:val="(\d)"', xml) == ["0", "1", "0", "1"]
    assert len([name for name in parts if name.startswith("word/media/")]) == 4
    assert len(docx.Document(io.BytesIO(zipped(parts))).tables) == 2
    assert not tables_touch(parts)


# Mistakes of authors: the case, what is said, and what to do


@pytest.mark.parametrize(
    ("name", "message", "help"),
    [
        (
            "E-c4",
            "asks for `c` of a value that is empty",
            "`a.b` is given, but holds nothing; write `{% if a.b %}` before",
        ),
        ("E-c6", "`{%tr for i in items %}` stands in no table row", "write `{%p`, or move it into a table"),
        ("E-c7b", '`"` begins a quoted text that does not end before `%}`', "end the text with the same mark"),
        ("E-c8", "expected token 'end of statement block', got '='", "`==` compares"),
        ("E-c9", "tag cannot be read", "`else if` is written `elif`"),
        ("E-c11", "tag cannot be read", "names have no blanks: write `nama_lengkap`"),
        ("E-c11b", "template uses `lengkap`", "`-` is a minus: names have no dashes"),
        ("E-c14", "`>` cannot compare a text with a number", "make a number of a text with `| int`"),
        ("E-c18", "`p` is no statement kitgen knows", "write `{%p for i in items %}` with no blank before the `p`"),
    ],
)
def test_a_mistake_is_told_in_the_author_s_words(name: str, message: str, help: str) -> None:
    """What is wrong, the tag and its place, and what to write."""
    path = CASES / f"{name}.docx"
    with pytest.raises(KitgenError) as caught:
        compile_template(path, path.name).render(json.loads(path.with_suffix(".json").read_text()))
    problem = caught.value.diagnostics[0]
    assert message in problem.message
    assert help in problem.help
    assert problem.place is not None
    assert problem.place.spot == "paragraph 1"
    assert problem.place.text


VALUES: dict[str, Any] = {
    "name": "Zubaidah Rahasia",
    "nik": "3171",
    "items": [{"n": "A"}],
    "n": 0,
    "g": {"a": 1},
    "none": None,
}


@pytest.mark.parametrize(
    ("tag", "message", "help"),
    [
        ("{{ none[0].n }}", "asks for `0` of a value that is empty", "`none` is given, but holds nothing"),
        ("{{ items[3].n }}", "template uses `3`", "the list is shorter"),
        ("{% if a && b %}{% endif %}", "tag cannot be read", "write `and` for `&&`"),
        ("{% if a || b %}{% endif %}", "tag cannot be read", "write `or` for `||`"),
        ("{% if !name %}{% endif %}", "tag cannot be read", "write `not` for `!`"),
        ("{% elseif a %}", "no statement", "write `elif a` for"),
        ("{% if n <> 3 %}{% endif %}", "tag cannot be read", "write `!=` for `<>`"),
        ("{% if n === 3 %}{% endif %}", "tag cannot be read", "write `==` for `===`"),
        ("{% if n => 3 %}{% endif %}", "tag cannot be read", "write `>=` for `=>`"),
        ("{% if n ≤ 3 %}{% endif %}", "tag cannot be read", "write `<=` for `≤`"),
        ("{{ n × 2 }}", "tag cannot be read", "write `*` for `×`"),
        ("{% if name AND n %}{% endif %}", "tag cannot be read", "write `and` for `AND`"),
        ("{% if name equals n %}{% endif %}", "tag cannot be read", "write `==` for `equals`"),
        ("{% IF name %}", "`IF` is no statement", "write `if` for `IF`"),
        ("{% EndIf %}", "`EndIf` is no statement", "write `endif` for `EndIf`"),
        ("{% foreach i in items %}", "no statement", "write `for i in items` for"),
        ("{%P for i in items %}", "`P` is no statement", "write `{%p for i in items %}`"),
        ("{%TR for i in items %}", "`TR` is no statement", "write `{%tr for i in items %}`"),
        ("{% %}", "the tag is empty", "take it out"),
        ("{{ 1 / n }}", "division by zero", "whether the number is 0"),
        ("{{ name + 1 }}", "`+` cannot work with a text and a number", "put texts together with `~`"),
        ("{{ n + name }}", "`+` cannot work with a number and a text", "put texts together with `~`"),
        ("{{ name() }}", "what is called here is no macro", "check the kinds"),
        ("{{ g.items() }}", "template uses `items`", "write `{% for key, value in group | items %}`"),
        ("{{ name.upper() }}", "template uses `upper`", "write `name | upper` for"),
        ("{{ n | rupiah }}", "there is no filter `rupiah`", "there are abs, at_least"),
        ("{{ n | format }}", "there is no filter `format`", "one after the other with `~`"),
        ("{{ g | tojson }}", "there is no filter `tojson`", "loop over the values"),
        ("{{ name | wordwrap }}", "there is no filter `wordwrap`", "break lines themselves"),
        ("{{ name's }}", "begins a quoted text that does not end", "end the text with the same mark"),
        ("{% for i in items %}{% endfor %}{{ i.n }}", "template uses `i`", "stands outside of that loop"),
        ("{{ nmae }}", "template uses `nmae`", "did you mean `name`?"),
        ("{{ g[name] }}", "template uses `[name]`", ""), ("{{ items | map(attribute=nik) | join }}", "template uses", ""),
        ('{{ g["x"] }}', "template uses `x`", ""),
        ("{% for x in name.split() %}{% endfor %}", "template uses `split`", ""), ("{{ (name ~ n) | int + items }}", "`+` cannot", ""),
    ],
)  # fmt: skip
def test_every_mistake_has_its_remedy_and_none_tells_a_value(tmp_path: Path, tag: str, message: str, help: str) -> None:
    """Kinds of values are named, and names as the tag has them; never what a person is called."""
    with pytest.raises(KitgenError) as caught:
        made(tmp_path, paragraph(tag.replace("&", "&amp;").replace("<", "&lt;")), VALUES)
    found = [(problem.message, problem.help) for problem in caught.value.diagnostics]
    assert any(message in each and help in advice for each, advice in found), found
    assert "Zubaidah" not in str(caught.value)
    assert "3171" not in str(caught.value)


def test_an_absent_block_is_told_once(tmp_path: Path) -> None:
    """And not a second time as something that cannot be included."""
    with pytest.raises(KitgenError) as caught:
        made(tmp_path, paragraph('{%p include "blocks/x.docx" %}'))
    assert len(caught.value.diagnostics) == 1


def test_faults_come_in_the_order_of_the_document(tmp_path: Path) -> None:
    """The first one first."""
    with pytest.raises(KitgenError) as caught:
        made(tmp_path, paragraph("{%tr if x %}") + paragraph("{%tr endif %}"))
    spots = [problem.place.spot for problem in caught.value.diagnostics if problem.place]
    assert spots == ["paragraph 1", "paragraph 2"]


# Bounds


DEEP = {
    "parentheses": ("(" * 3000, "1", ")" * 3000), "brackets": ("[" * 3000, "1", "]" * 3000), "not": ("not " * 5000, "1"),
    "minus": ("- " * 5000, "1"), "filters": ("1", " | int" * 5000), "plus": ("1", " + 1" * 5000), "dots": ("a", ".b" * 5000),
    "and": ("1", " and 1" * 5000), "choices": ("1 if 1 else " * 3000, "1"),
}  # fmt: skip
NESTED = {
    "if": "{% if 1 %}" * 500 + "{% endif %}" * 500, "for": "{% for a in (1, 2) %}" * 25 + "{% endfor %}" * 25,
    **{kind: f"{{{{ {''.join(pieces)} }}}}" for kind, pieces in DEEP.items()},
}  # fmt: skip


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_nested_too_deep_is_a_fault_of_the_template(tmp_path: Path, kind: str) -> None:
    """With its place, soon."""
    with within(seconds=2, megabytes=300):
        said = told(tmp_path, paragraph(NESTED[kind]), {"a": {}})
    assert "within each other" in said
    assert "paragraph 1" in said


def test_many_steps_in_a_row_are_not_deep(tmp_path: Path) -> None:
    """What people write is far from the bound."""
    tags = "{% for a in (1,) %}" * 10 + "{{ " + " ~ ".join(["a"] * 30) + " }}" + "{% endfor %}" * 10
    assert lines(made(tmp_path, paragraph(tags))) == ["1" * 30]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ns.s == ns.t }}", "{{ ns.s in [ns.t] }}", "{{ [ns.s, ns.t] | sort | length }}", "{{ [ns.s, ns.t] | max }}",
        "{{ [ns.s, ns.t] | unique | list | length }}", "{{ ns.s is eq(ns.t) }}", "{{ ns.s &lt; ns.t }}", "{{ g[ns.s] }}",
        "{{ {ns.p: 1} }}", "{{ [ns.s, ns.t] | select('eq', ns.s) | list | length }}", "{{ [ns.p, ns.p] | groupby(0) | list | length }}",
    ],
)  # fmt: skip
def test_comparing_what_was_doubled_ends(tmp_path: Path, tag: str) -> None:
    """A list that holds itself twice, sixty times, is a small thing to make and an endless one to compare."""
    grow = (
        "{% set ns = namespace(s=[1], t=[1], p=(1,)) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}"
        "{% set ns.t = [ns.t, ns.t] %}{% set ns.p = (ns.p, ns.p) %}{% endfor %}"
    )
    with within(seconds=2, megabytes=300):
        said = told(tmp_path, paragraph(grow + tag), {"g": {}})
    assert "asks for too much" in said or "is no key" in said


def test_grouping_many_by_nothing_ends(tmp_path: Path) -> None:
    """A hundred thousand faults of one tag are one."""
    with within(seconds=2, megabytes=300):
        assert "template" in told(
            tmp_path, paragraph("{{ xs | groupby('a') | list | length }}"), {"xs": list(range(100_000))}
        )


def test_too_many_tags_and_marks_are_refused_soon(tmp_path: Path) -> None:
    """With the part that holds them."""
    with within(seconds=2, megabytes=300):
        assert "more than 10000 tags" in told(tmp_path, paragraph("{{ n }}" * 30_000), {"n": 1})
        said = told(tmp_path, f"<w:p>{'<w:r/>' * 2_000_000}</w:p>")
    assert "holds more than" in said
    assert "word/document.xml" in said


@pytest.mark.parametrize(
    "name",
    ["format", "tojson", "pprint", "urlencode", "urlize", "wordwrap", "striptags", "xmlattr", "forceescape", "filesizeformat",
     "random", "attr"],
)  # fmt: skip
def test_what_is_not_taken_of_jinja_is_told(tmp_path: Path, name: str) -> None:
    """With what to write instead, and it stands in the docs."""
    with pytest.raises(KitgenError) as caught:
        made(tmp_path, paragraph(f"{{{{ n | {name} }}}}"), {"n": 1})
    (problem,) = caught.value.diagnostics
    assert problem.message == f"there is no filter `{name}`"
    assert problem.help and "did you mean" not in problem.help
    assert f"`{name}`" in (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
