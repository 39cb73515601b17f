"""Reading a county file: plain YAML only, with the line of everything that is wrong with it."""

import yaml

from participation.county.rules.nodes import (
    BOOL,
    DATE,
    FLOAT,
    INT,
    NULL,
    STR,
    Findings,
    Node,
    line_in_file,
)
from participation.foundation.i18n import gettext as _

LONGEST_FILE = 5_000_000
DEEPEST = 50
KNOWN_TAGS = {STR, INT, FLOAT, BOOL, NULL, DATE} | {
    f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "merge", "value")
}


def read_county_file(content: bytes, findings: Findings) -> Node | None:
    """The file's root as a node, or None when it is no readable YAML mapping.

    Only plain YAML is read: no tags that make objects, no anchors and aliases (so nothing can
    grow), UTF-8, at most 5 MB. Duplicate keys anywhere are noted here.
    """
    text = _decoded(content, findings)
    if text is None:
        return None
    try:
        if not _is_simple(text, findings):
            return None
        raw = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.note(
            mark.line + 1 if mark else 1,
            _(
                "this is not readable YAML: %(problem)s",
                problem=error.problem or error.context,
            ),
        )
        return None
    if not isinstance(raw, yaml.MappingNode):
        findings.note(1, _("the file must begin with sections, such as “county:”"))
        return None
    _check_whole_tree(raw, findings)
    return Node(raw, findings)


def _decoded(content: bytes, findings: Findings) -> str | None:
    if len(content) > LONGEST_FILE:
        findings.note(1, _("the file is larger than 5 MB"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        findings.note(
            content.count(b"\n", 0, error.start) + 1,
            _("this line is not written in UTF-8"),
        )
        return None
    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if unprintable:
        findings.note(
            text.count("\n", 0, unprintable.start()) + 1,
            _("this line holds a character that cannot be shown"),
        )
        return None
    return text


def _is_simple(text: str, findings: Findings) -> bool:
    """Whether the text is neither nested without end nor able to grow while it is read."""
    depth, is_simple = 0, True
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            findings.note(line_in_file(event), _("the file is nested too deeply"))
            return False
        if getattr(event, "anchor", None) is not None:
            is_simple = False
            findings.note(line_in_file(event), _("anchors and aliases (& and *) are not allowed"))
    return is_simple


def _check_whole_tree(root: yaml.Node, findings: Findings) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag not in KNOWN_TAGS:
            findings.note(line_in_file(node), _("the tag “%(tag)s” is not allowed", tag=node.tag))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            _check_keys(node, findings)
            waiting.extend(value for _key, value in node.value)


def _check_keys(node: yaml.MappingNode, findings: Findings) -> None:
    first_line: dict[str, int] = {}
    for key, _value in node.value:
        name = str(key.value)
        if not isinstance(key, yaml.ScalarNode):
            findings.note(line_in_file(key), _("a key must be one word"))
        elif name in first_line:
            findings.note(
                line_in_file(key),
                _(
                    "“%(key)s” stands twice; first on line %(line)s",
                    key=name,
                    line=first_line[name],
                ),
            )
        first_line.setdefault(name, line_in_file(key))
