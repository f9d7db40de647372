"""The schemas of Office, by `openxml-audit`: what one process has found sound once is not looked through again.

Documents of one template are alike but for a few paragraphs, and the library walks through every element of each. A
table, a row or a paragraph that is the same to the letter, within the same elements, has the same faults, and so have
elements of equal children as far as their order goes; only those that had none are remembered. Rules beyond the schemas
are asked of those elements alone that they speak of. Places are spelled only for faults.
"""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from openxml_audit import OpenXmlValidator
from openxml_audit.context import ElementContext, ValidationStack
from openxml_audit.errors import FileFormat, ValidationError
from openxml_audit.namespaces import MC, OFFICE_DOC_RELATIONSHIPS
from openxml_audit.schema.validator import SchemaValidator
from openxml_audit.semantic.validator import SemanticValidator

REMEMBERED = frozenset(
    {"p", "tr", "tbl", "tcPr", "rPr", "pPr", "sdt", "style", "abstractNum", "row", "xf", "sst", "cols"}
)
"""What may be found again in another document, by the name of its element; and whole parts."""


def schema_errors(file: Path) -> list[ValidationError]:
    """What the schemas find in a Word or Excel file."""
    return list(_validator().validate(str(file)).errors)


def schema_faults(file: Path) -> list[str]:
    """The same as text, with the part and the place of each."""
    return [str(error) for error in schema_errors(file)]


@cache
def _validator() -> OpenXmlValidator:
    validator = OpenXmlValidator()
    assert type(validator._schema_validator) is SchemaValidator, "openxml-audit is built otherwise now"
    validator._schema_validator = _Remembering()
    for name in ("_semantic_validator_word", "_semantic_validator_spreadsheet"):
        assert type(getattr(validator, name)) is SemanticValidator, "openxml-audit is built otherwise now"
        setattr(validator, name, _Asking(getattr(validator, name)))
    return validator


class _Spot:
    """An element that is looked at; its path is worked out when it is asked for."""

    __slots__ = ("element",)

    def __init__(self, element: Any) -> None:
        self.element = element

    @property
    def path(self) -> str:
        way = (*reversed(list(self.element.iterancestors())), self.element)
        return "".join(f"/{each.tag.rpartition('}')[2]}[{_place(each)}]" for each in way)


def _place(element: Any) -> int:
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))


class _Spots(ValidationStack):
    """The library's, without the path of every element."""

    def push(self, element: Any, name: str) -> None:
        self._stack.append(_Spot(element))  # type: ignore[arg-type]


class _Asking(SemanticValidator):
    """The library's, which goes down only to elements it has something to ask of."""

    def __init__(self, whole: SemanticValidator) -> None:
        vars(self).update(vars(whole))

    def _validate_element(self, element: Any, context: Any) -> None:
        if context.file_format == FileFormat.OFFICE_2010:  # then some branches are left out
            super()._validate_element(element, context)
            return
        context._stack = _Spots()
        related = _RELATED(element)
        known = {*related}
        for each in element.iter(*self._constraints, *{one.tag for one in related}):
            if context.should_stop:
                return
            with ElementContext(context, each):
                if each in known:
                    self._validate_relationship_attributes(each, context)
                    self._validate_mc_ignorable(each, context)
                for rule in self._constraints.get(each.tag, ()):
                    rule.validate(each, context)


_RELATED = etree.XPath(
    "descendant-or-self::*[@r:* or @mc:Ignorable]", namespaces={"r": OFFICE_DOC_RELATIONSHIPS, "mc": MC}
)


class _Remembering(SchemaValidator):
    """The library's, which passes over what it found sound before."""

    def __init__(self) -> None:
        super().__init__()
        self._sound: set[object] = set()
        self._models: dict[int, Any] = {}  # kept, so that no other one has their number

    def _validate_element(self, element: Any, context: Any, ignorable_ns: frozenset[str] = frozenset()) -> None:
        parent = element.getparent()
        if parent is None:
            context._stack = _Spots()
        if parent is not None and element.tag.rpartition("}")[2] not in REMEMBERED:
            super()._validate_element(element, context, ignorable_ns)
            return
        around = tuple(each.tag for each in element.iterancestors())
        key = (around, ignorable_ns, context.file_format, etree.tostring(element, with_tail=False))
        if key in self._sound:
            return
        before = len(context.errors)
        super()._validate_element(element, context, ignorable_ns)
        if len(context.errors) == before and not context.should_stop:
            self._sound.add(key)

    def _validate_content_model(self, content_model: Any, children: list[Any], context: Any) -> None:
        self._models[id(content_model)] = content_model
        key = (id(content_model), context.file_format, tuple(child.tag for child in children))
        if key in self._sound:
            return
        before = len(context.errors)
        super()._validate_content_model(content_model, children, context)
        if len(context.errors) == before and not context.should_stop:
            self._sound.add(key)
