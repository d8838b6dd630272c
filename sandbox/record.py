"""Writes what the bot sends as JSON lines, for tools that judge whether Slack would take it."""
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ACKS = {"view_submission": "ack.view", "slash_commands": "ack.command", "block_suggestion": "ack.options"}


class Record:
    """One line {"method", "args"} each: Web API calls by their name, "response_url", and acks that carry a body. Tokens are left out."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("a", encoding="utf-8") if path else None

    def call(self, method: str, args: Mapping[str, Any], is_json: bool = False) -> None:
        if self._file is None:
            return
        told = {key: value for key, value in args.items() if key != "token" and value is not None}
        more = {"content_type": "application/json"} if is_json and told else {}
        self._file.write(json.dumps({"method": method, "args": told, **more}) + "\n")
        self._file.flush()

    def ack(self, kind: str, body: Mapping[str, Any] | None) -> None:
        """`kind`: the interaction's type, or slash_commands. An empty ack of a view is a body too; of the others it says nothing."""
        if kind in ACKS and (body or kind == "view_submission"):
            self.call(ACKS[kind], body or {})

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
