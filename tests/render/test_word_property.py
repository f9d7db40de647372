"""Random templates with tags in every kind of part, packages written in other ways: filled everywhere, or refused.

Never a tag is left, and never anything of the template is lost but the paragraphs of its tags.
"""

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from word_packages import (
    HEAD,
    NAMESPACES,
    PAGE,
    cell,
    paragraph,
    parts_of,
    relations,
    story,
    table,
    text,
    word_parts,
    written,
)

from kitgen.base.errors import KitgenError
from kitgen.render import compile_template
from kitgen.render.word import kept_ends

pytestmark = pytest.mark.fragments

W = f"{{{NAMESPACES['w']}}}"
COUNTED = ("sectPr", "tbl", "drawing", "pict", "footnoteReference", "fldSimple", "fldChar", "bookmarkStart", "bookmarkEnd",
           "commentReference", "permStart", "permEnd", "sdt", "hyperlink")  # fmt: skip
"""What must be in the document as often as in the template, each repeated as often as its loop says."""
VALUES = {"name": "Sari & {{ x }}", "yes": True, "no": False, "items": [{"n": "A"}, {"n": "B"}], "id": "77", "one": [1]}


class Maker:
    """One random template: pieces of a body with what each adds to the package, and counts of what must be found."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.number = 100
        self.parts: dict[str, tuple[str, str, str | bytes]] = {}
        self.links: dict[str, tuple[str, str]] = {}
        self.notes: list[str] = []
        self.expected: Counter[str] = Counter()

    def next(self) -> int:
        """A number no other piece has."""
        self.number += 1
        return self.number

    def value(self) -> str:
        """A tag, whole or cut over runs."""
        tag = self.random.choice(
            ("{{ name }}", "{{ id }}", "{{ “a – b” }}", "{% if yes %}ya{% else %}tidak{% endif %}")
        )
        at = self.random.randrange(len(tag))
        return text(tag[:at]) + text(tag[at:]) if self.random.random() < 0.4 and at else text(tag)

    def leaf(self) -> str:
        """A piece that is looked for in the document."""
        n = self.next()
        kind = self.random.choice(("text", "note", "field", "long field", "box", "drawing", "link", "mark", "range", "equation",
                                   "control", "table", "chart", "smartart", "moved"))  # fmt: skip
        if kind == "note":
            self.notes.append(f'<w:footnote w:id="{n}">{paragraph("catatan {{ id }}")}</w:footnote>')
            self.expected["footnoteReference"] += 1
            return f'<w:p>{self.value()}<w:r><w:footnoteReference w:id="{n}"/></w:r></w:p>'
        if kind == "field":
            self.expected["fldSimple"] += 1
            return (
                f'<w:p><w:fldSimple w:instr=" IF &quot;{{{{ name }}}}&quot; = 1 a b ">{text("x")}</w:fldSimple></w:p>'
            )
        if kind == "long field":
            self.expected["fldChar"] += 2
            return (
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE "{{ na</w:instrText></w:r>'
                '<w:r><w:instrText>me }}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            )
        if kind == "box":
            self.expected["pict"] += 1
            return f'<w:p><w:r><w:pict><v:shape id="s{n}"><v:textbox><w:txbxContent>{paragraph("{{ name }}")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
        if kind == "drawing":
            self.expected["drawing"] += 1
            return f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="{n}" name="g" descr="{{{{ name }}}}"/></wp:inline></w:drawing></w:r></w:p>'
        if kind == "link":
            self.expected["hyperlink"] += 1
            self.links[f"l{n}"] = (
                "hyperlink",
                self.random.choice(("https://x.id/{{ id }}", "https://x.id/%7B%7B%20id%20%7D%7D")),
            )
            return f'<w:p><w:hyperlink r:id="l{n}">{self.value()}</w:hyperlink></w:p>'
        if kind in ("mark", "range"):
            name = "bookmark" if kind == "mark" else "perm"
            self.expected[f"{name}Start"] += 1
            self.expected[f"{name}End"] += 1
            return f'<w:p><w:{name}Start w:id="{n}" w:name="m{n}"/>{self.value()}<w:{name}End w:id="{n}"/></w:p>'
        if kind == "equation":
            return "<w:p><m:oMath><m:r><m:t>x={{ na</m:t></m:r><m:r><m:t>me }}</m:t></m:r></m:oMath></w:p>"
        if kind == "control":
            self.expected["sdt"] += 1
            return f'<w:sdt><w:sdtPr><w:id w:val="{n}"/><w:alias w:val="{{{{ id }}}}"/></w:sdtPr><w:sdtContent><w:p>{self.value()}</w:p></w:sdtContent></w:sdt>'
        if kind == "table":
            self.expected["tbl"] += 1
            return table((f"<w:p>{self.value()}</w:p>", paragraph("x"))) + paragraph("sesudah")
        if kind == "chart":
            title = f"{HEAD}<c:chartSpace xmlns:c='{NAMESPACES['c']}' xmlns:a='{NAMESPACES['a']}'><a:p><a:r><a:t>{{{{ na</a:t></a:r><a:r><a:t>me }}}}</a:t></a:r></a:p></c:chartSpace>"
            self.parts[f"c{n}"] = ("chart", f"word/charts/chart{n}.xml", title)
        if kind == "smartart":
            data = f"{HEAD}<dgm:dataModel xmlns:dgm='{NAMESPACES['dgm']}' xmlns:a='{NAMESPACES['a']}'><a:p><a:r><a:t>{{{{ name }}}}</a:t></a:r></a:p></dgm:dataModel>"
            self.parts[f"d{n}"] = ("diagramData", f"word/diagrams/data{n}.xml", data)
        if kind == "moved":
            return f'<w:p><w:del w:id="{n}"><w:r><w:delText>{{{{ lama }}}}</w:delText></w:r></w:del><w:ins w:id="{self.next()}">{self.value()}</w:ins></w:p>'
        return f"<w:p>{self.value()}</w:p>"

    def block(self, depth: int = 0) -> str:
        """A piece, or pieces in a loop, a condition or rows; some tags stand where a section ends."""
        choice = self.random.random()
        if depth > 2 or choice < 0.5:
            return self.leaf()
        before = Counter(self.expected)
        inner = "".join(self.block(depth + 1) for _ in range(self.random.randint(1, 2)))
        added = self.expected - before
        opening, closing, times = self.random.choice((
            ("for i in items", "endfor", 2), ("for i in one", "endfor", 1), ("if yes", "endif", 1), ("if no", "endif", 0),
        ))  # fmt: skip
        for name, count in added.items():
            once = name.startswith("bookmark") and times
            self.expected[name] += count * (times - 1) if not once else 0
        if choice < 0.75:
            ends = [self.section() if self.random.random() < 0.2 else "" for _ in range(2)]
            self.expected["sectPr"] += sum(map(bool, ends))
            return (
                paragraph(f"{{%p {opening} %}}", inner=ends[0])
                + inner
                + paragraph(f"{{%p {closing} %}}", inner=ends[1])
            )
        self.expected["tbl"] += 1
        rows = "".join(f"<w:tr>{cell(content)}</w:tr>" for content in (
            paragraph(f"{{%tr {opening} %}}"), inner + paragraph("akhir"), paragraph(f"{{%tr {closing} %}}"), paragraph("tetap")))  # fmt: skip
        return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>" + paragraph("sesudah")

    def section(self) -> str:
        """The end of a section, which outlives the tag in its paragraph."""
        return '<w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr></w:pPr>'

    def template(self) -> dict[str, bytes]:
        """The package."""
        body = "".join(self.block() for _ in range(self.random.randint(3, 7)))
        self.expected["sectPr"] += 1
        for number, kind in enumerate(self.random.sample(("header", "footer", "comments"), 2)):
            root = {"header": "hdr", "footer": "ftr", "comments": "comments"}[kind]
            inner = (
                paragraph("{{ name }}")
                if kind != "comments"
                else f'<w:comment w:id="1">{paragraph("{{ name }}")}</w:comment>'
            )
            self.parts[f"p{number}"] = (
                kind,
                f"word/{kind}{'' if kind == 'comments' else number + 1}.xml",
                story(root, inner),
            )
        if self.notes:
            notes = f'<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>{"".join(self.notes)}'
            self.parts["fn"] = ("footnotes", "word/footnotes.xml", story("footnotes", notes))
        return word_parts(body + PAGE, self.parts, self.links)


def rewritten(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """The same package as another program might write it: other names, folders and prefixes."""
    names = {}
    for name in parts:
        if name.startswith("word/") and not name.endswith(".rels") and chance.random() < 0.6:
            names[name] = (
                f"{chance.choice(('word', 'isi', 'word/dalam'))}/{chance.choice('abc')}{len(names)}{chance.choice(('.xml', '2.xml'))}"
            )
    made: dict[str, bytes] = {}
    prefix = chance.choice(("w", "ns0", "x"))
    for name, content in parts.items():
        if name.endswith(".rels"):
            folder, last = name.rsplit("_rels/", 1)
            owner = f"{folder}{last.removesuffix('.rels')}"
            new = names.get(owner, owner)
            head, _, tail = new.rpartition("/")
            for old, target in names.items():
                relative = old.removeprefix("word/")
                content = re.sub(
                    rf'Target="/?({re.escape(old)}|{re.escape(relative)})"', f'Target="/{target}"', content.decode()
                ).encode()
            made[f"{head}/_rels/{tail}.rels" if last != ".rels" else name] = content
        elif name == "[Content_Types].xml":
            for old, target in names.items():
                content = content.replace(f'"/{old}"'.encode(), f'"/{target}"'.encode())
            made[name] = content
        else:
            if prefix != "w" and b"<w:" in content:
                content = re.sub(rb"(</?|[\s])w:", rb"\1" + prefix.encode() + b":", content).replace(
                    b"xmlns:w=", f"xmlns:{prefix}=".encode()
                )
            made[names.get(name, name)] = content
    if chance.random() < 0.3:
        made = {
            name.replace("/", "\\") if name.startswith("word/") else name: content for name, content in made.items()
        }
    return made


def counted(parts: dict[str, bytes]) -> Counter[str]:
    """How often each kind of element stands in the document."""
    tree = etree.fromstring(parts["word/document.xml"])
    return Counter({name: len(list(tree.iter(f"{W}{name}"))) for name in COUNTED})


def faults_of(seed: int, folder: Path) -> list[str]:
    """What is wrong with what one random template gives."""
    maker = Maker(seed)
    parts = maker.template()
    if seed % 3:
        parts = rewritten(parts, random.Random(seed + 1))
    path = written(folder / f"{seed}.docx", parts)
    try:
        made = parts_of(compile_template(path, f"{seed}.docx").render(VALUES))
    except KitgenError as refusal:
        assert all(problem.place is not None for problem in refusal.diagnostics)
        return [f"{seed}: refused: {refusal}"]
    faults = []
    for name, content in made.items():
        plain = content.decode("utf-8", "replace").replace("Sari &amp; {{ x }}", "")
        if name.endswith((".xml", ".rels")) and re.search(r"\{\{|\{%|%7B%7B", re.sub(r"<[^>]*>", "", plain) + plain):
            faults.append(f"{seed}: a tag is left in {name}")
        if name.endswith(".xml"):
            etree.fromstring(content)
    found = counted(made)
    for name in COUNTED:
        if found[name] != maker.expected[name]:
            faults.append(f"{seed}: {name} {found[name]} times, not {maker.expected[name]}")
    ids = re.findall(rb'<w:footnoteReference w:id="(\d+)"', made["word/document.xml"])
    if sorted(ids) != sorted(set(ids)) or not {*ids} <= {
        *re.findall(rb'<w:footnote w:id="(\d+)"', made.get("word/footnotes.xml", b""))
    }:
        faults.append(f"{seed}: notes {ids} without their texts")
    return faults


@pytest.mark.parametrize("first", range(0, 120, 30))
def test_random_templates_are_filled_everywhere(first: int, tmp_path: Path) -> None:
    """No tag is left, nothing is lost, whichever way the package is written."""
    assert [fault for seed in range(first, first + 30) for fault in faults_of(seed, tmp_path)] == []


def test_the_property_sees_a_lost_section_and_a_lost_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one mend taken out of the engine, it fails."""
    with monkeypatch.context() as planted:
        planted.setattr("kitgen.render.word.lifting.keep_ends", lambda host, is_behind: None)
        assert any("sectPr" in fault for seed in range(60) for fault in faults_of(seed, tmp_path))
    with monkeypatch.context() as planted:
        planted.setattr("kitgen.render.word.looped_notes.LoopedNotes.put_in", lambda *arguments: None)
        assert any("notes" in fault for seed in range(60) for fault in faults_of(seed, tmp_path))
    assert kept_ends.keep_ends is not None


def test_the_property_sees_one_lost_note(tmp_path: Path) -> None:
    """A single reference taken out of a finished document is a fault."""
    for seed in range(60):
        maker = Maker(seed)
        made = parts_of(compile_template(written(tmp_path / "t.docx", maker.template())).render(VALUES))
        if maker.expected["footnoteReference"]:
            cut = re.sub(rb"<w:footnoteReference [^>]*/>", b"", made["word/document.xml"], count=1)
            assert counted(made)["footnoteReference"] == maker.expected["footnoteReference"]
            assert counted(made | {"word/document.xml": cut}) != counted(made)
            return
    pytest.fail("no seed made a note")


def test_relations_of_the_package_are_read(tmp_path: Path) -> None:
    """The maker's own packages are sound: unchanged, they hold what they should."""
    parts = Maker(7).template()
    assert relations(("r1", "officeDocument", "word/document.xml", False)).encode() == parts["_rels/.rels"]
