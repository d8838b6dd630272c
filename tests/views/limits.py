"""What Slack's reference says of the blocks that we use, held against what we draw. Every complaint names its place."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

Block = dict[str, Any]
TOKEN = re.compile(r"<[^>]*>")
RICH = ("rich_text", "rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted")
OURS = re.compile(r"<!date\^\d+\^[^|<>]*\|[^<>]*>|<#C\w+>")


def complaints(text: str, blocks: Sequence[Block]) -> list[str]:
    """Of a message."""
    found = [f"text: {len(text)} characters"] if not 0 < len(text) <= 4000 else []
    found += [f"text: {token} is live" for token in TOKEN.findall(text) if not OURS.fullmatch(token)]
    return found + of_blocks(blocks, 50)


def of_modal(view: Block) -> list[str]:
    parts = [part for part in ("title", "close", "submit") if part in view]
    found = [f"{part}: {said}" for part in parts for said in of_plain(view[part], 24)]
    found += ["a table in a window"] if any(block["type"] == "table" for block in view["blocks"]) else []
    found += ["private_metadata is too long"] if len(view.get("private_metadata", "")) > 3000 else []
    return found + of_blocks(view["blocks"], 100)


def of_blocks(blocks: Sequence[Block], most: int) -> list[str]:
    found = [f"{len(blocks)} blocks"] if not 0 < len(blocks) <= most else []
    for number, block in enumerate(block for block in blocks if block["type"] != "divider"):
        found += [f"{block['type']} {number}: {said}" for said in of_block(block)]
    return found


def of_block(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header" | "section" as kind:
            yield from of_plain(block["text"], 150 if kind == "header" else 3000)
            yield from of_button(block["accessory"]) if "accessory" in block else ()
        case "context" | "table" | "container" as kind:
            yield from {"context": of_context, "table": of_table, "container": of_container}[kind](block)
        case "actions":
            ids = [each["action_id"] for each in block["elements"]]
            if len(set(ids)) < len(ids) or not 0 < len(ids) <= 25:
                yield f"elements {ids}"
            for each in block["elements"]:
                yield from of_button(each)
        case "rich_text":
            yield from of_rich(block)
        case "input":
            yield from of_plain(block["label"], 2000)
            yield from of_plain(block["hint"], 2000) if "hint" in block else ()
        case other:
            yield f"unknown block {other}"


def of_context(block: Block) -> Iterator[str]:
    if [each["type"] for each in block["elements"]] != ["mrkdwn"] or len(block["elements"][0]["text"]) > 3000:
        yield "small print is one text of at most 3000 characters"


def of_container(block: Block) -> Iterator[str]:
    yield from of_plain(block["title"], 150)
    yield from of_blocks(block["child_blocks"], 10)
    yield from (f"holds a {kind}" for child in block["child_blocks"] if (kind := child["type"]) not in {"table", "section"})


def of_table(block: Block) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= 100 or {len(row) for row in rows} != {len(block["column_settings"])} or len(rows[0]) > 20:
        yield f"{len(rows)} rows of {[len(row) for row in rows]} cells"
    for cell in (cell for row in rows for cell in row):
        if cell["type"] == "rich_text":
            yield from of_rich(cell)
        elif cell["type"] != "raw_text" or not cell["text"]:
            yield f"a cell of {cell}"


def of_button(button: Block) -> Iterator[str]:
    yield from of_plain(button["text"], 75)
    if not 0 < len(button["value"]) <= 2000 or not 0 < len(button["action_id"]) <= 255:
        yield "value or action_id too long"
    if confirm := button.get("confirm"):
        for part, most in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items():
            yield from (f"confirm {part}: {said}" for said in of_plain(confirm[part], most))


def of_plain(text: Block, most: int) -> Iterator[str]:
    if text["type"] != "plain_text" or not 0 < len(text["text"]) <= most or text.get("emoji") is not False:
        yield f"{text['type']} of {len(text['text'])} characters, at most {most}"


def of_rich(node: Block) -> Iterator[str]:
    """Only words, instants and where to come: nothing that mentions anybody."""
    if node["type"] == "text" and not node["text"]:
        yield "empty text"
    if node["type"] not in {*RICH, "text", "date", "channel", "link"}:
        yield f"a live {node['type']}"
    if "elements" in node and not node["elements"]:
        yield f"an empty {node['type']}"
    for each in node.get("elements", ()):
        yield from of_rich(each)


def words_of(blocks: Sequence[Block]) -> Iterator[str]:
    """Everything that is read in the blocks, but for the buttons."""
    for block in blocks:
        match block["type"]:
            case "header" | "section":
                yield block["text"]["text"]
            case "text" | "raw_text" | "mrkdwn":
                yield block["text"]
            case "table" | "container":
                yield block.get("title", {}).get("text", "")
                yield from words_of([cell for row in block.get("rows", [block.get("child_blocks", ())]) for cell in row])
            case "date":
                yield block["fallback"]
            case "channel":
                yield f"<#{block['channel_id']}>"
            case "link":
                yield block["url"]
            case _:
                yield from words_of(block.get("elements", ())) if block["type"] != "actions" else ()


def buttons_of(blocks: Sequence[Block]) -> list[Block]:
    rows = [block["accessory"] for block in blocks if "accessory" in block]
    return rows + [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
