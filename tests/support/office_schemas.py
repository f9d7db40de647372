"""The schemas of Office, by `openxml-audit`: what one process has found sound once is not looked through again.

Documents of one template are alike but for a few paragraphs, and the library walks through every element of each. A
table, a row or a paragraph that is the same to the letter, within the same elements, has the same faults, and so have
elements of equal children as far as their order goes; only those that had none are remembered. Rules beyond the schemas
are asked of those elements alone that they speak of. Places are spelled only for faults.
"""

from contextlib import ExitStack
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
    """An element on the way down; its path is worked out when it is asked for."""

    __slots__ = ("depth", "element", "name", "parent")

    def __init__(self, element: Any, name: str, parent: "_Spot | None", depth: int) -> None:
        self.element, self.name, self.parent, self.depth = element, name, parent, depth

    @property
    def path(self) -> str:
        position = 1 + sum(1 for _ in self.element.itersiblings(self.element.tag, preceding=True))
        return f"{self.parent.path if self.parent is not None else ''}/{self.name}[{position}]"


class _Spots(ValidationStack):
    """The library's, without the path of every element."""

    def push(self, element: Any, name: str) -> None:
        stack: list[Any] = self._stack
        stack.append(_Spot(element, name, stack[-1] if stack else None, len(stack)))


class _Asking(SemanticValidator):
    """The library's, which goes down only to elements it has something to ask of."""

    def __init__(self, whole: SemanticValidator) -> None:
        vars(self).update(vars(whole))

    def _validate_element(self, element: Any, context: Any) -> None:
        if context.file_format == FileFormat.OFFICE_2010:  # then some branches are left out
            super()._validate_element(element, context)
            return
        context._stack = _Spots()
        for each in element.iter(etree.Element):
            rules = self._constraints.get(each.tag, ())
            if not rules and not any(name == _IGNORABLE or name.startswith(_RELATION) for name in each.keys()):
                continue
            if context.should_stop:
                return
            with ExitStack() as way:
                for above in (*reversed(list(each.iterancestors())), each):
                    way.enter_context(ElementContext(context, above))
                self._validate_relationship_attributes(each, context)
                self._validate_mc_ignorable(each, context)
                for rule in rules:
                    rule.validate(each, context)


_IGNORABLE, _RELATION = f"{{{MC}}}Ignorable", f"{{{OFFICE_DOC_RELATIONSHIPS}}}"


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
