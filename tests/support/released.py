"""An edition made ready to be released: every fact the LSP owes is there, every question reviewed."""

from harness import SLUG, KitProject, accept_questions

FACTS = {
    "number:                        #": 'number: "SKM-01"   #',
    "kind:                          #": 'kind: "Okupasi"   #',
    "basic_requirements:            #": 'basic_requirements: ["SMA"]   #',
    "administrative_requirements:   #": 'administrative_requirements: ["KTP"]   #',
}


def fill_in(project: KitProject, edition: str) -> KitProject:
    """Give an edition and the identity all facts the LSP owes."""
    path = project.root / "scheme" / SLUG / edition / "scheme.yaml"
    text = path.read_text("utf-8").replace("    status: usulan\n", "")
    for old, new in FACTS.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text.replace("standard:                  #", 'standard: "SKKNI 1"   #'), "utf-8")
    identity = project.root / "scheme" / "identity.yaml"
    text = identity.read_text("utf-8")
    for key in ("name", "licence", "address"):
        text = text.replace(f"\n{key}:", f'\n{key}: "Isian {key}"', 1)
    identity.write_text(text, "utf-8")
    accept_questions(project.root / "scheme" / SLUG / edition)
    return project
