"""The sections of a plan file taken apart: groups of fields, entries by key or by name, and the names by which they refer to each other."""

from collections.abc import Collection

from launch.document import Node
from launch.fields import Fields, check_key
from launch.findings import Code, Findings


class Sections:
    """The file, and what is found in it."""

    def __init__(self, root: Node, said: Findings, known: Collection[str], required: Collection[str]) -> None:
        self.root, self.said = root, said
        self.file = Fields(root, said, known, required)

    def names(self, code: Code, written: list[tuple[Node, str]], known: Collection[str]) -> tuple[str, ...]:
        """Those of the written names that the plan knows, each once."""
        names: dict[str, None] = {}
        for node, name in written:
            if name in names:
                self.said.error("named_twice", node, value=name)
            elif self.is_one_of(code, node, name, known):
                names[name] = None
        return tuple(names)

    def is_one_of(self, code: Code, node: Node, name: str, known: Collection[str], meant: Collection[str] = ()) -> bool:
        """Whether the plan knows a name; where nothing of its section could be read, each is taken on trust."""
        is_known_here = name in known or (not known and (code != "unknown_step" or self.file.child("cutover") is not None))
        if not is_known_here:
            accepted = ", ".join(each for each in known if not each.endswith("]"))  # not those that only their place names
            self.said.error(code, node, value=name, nearest=self.said.nearest(name, meant or known), accepted=accepted or "–")
        return is_known_here

    def group(self, fields: Fields, name: str, known: Collection[str], required: Collection[str] = ()) -> Fields:
        """The fields under the field `name`; none, and none missed, where nothing is written there."""
        child = fields.child(name)
        return Fields(child, self.said, known, required) if child else Fields(Node(0, name, {}), self.said, known)

    def keyed(self, fields: Fields, section: str) -> dict[str, Node]:
        """The entries of a section by their keys."""
        child = fields.child(section)
        entries = Fields(child, self.said, (), others=True).others if child else {}
        for key, node in entries.items():
            check_key(node, key, self.said)
        return {key: node for key, node in entries.items() if node.value is not None}

    def listed(
        self, group: Fields, section: str, key: str, known: Collection[str], required: Collection[str], *, others: bool = False
    ) -> dict[str, Fields]:
        """The entries of a list by their names; one without a name, or with that of another, by its place."""
        found: dict[str, Fields] = {}
        for node in group.items(section):
            fields = Fields(node, self.said, known, required, others=others)
            name = fields.text(key) or node.place
            if name in found:
                self.said.error("duplicate_name", node.at(key), value=name, first_line=str(found[name].node.line))
            elif name != node.place:
                check_key(node.at(key), name, self.said)
            found[node.place if name in found else name] = fields
        if not found and group.is_list(section):
            self.said.error("empty", group.node.at(section))
        return found
