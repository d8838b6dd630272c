"""files.info: what the bot may know of a file that was submitted to it."""
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError
from sandbox.files import file_object
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID


def info(standin: StandIn, args: Args) -> dict[str, Any]:
    file = standin.workspace.files.get(args.text("file"))
    if file is None or not file.is_submitted:
        raise SlackError("file_not_found")
    text = {"content": file.content.decode(errors="replace"), "is_truncated": False} if file.is_snippet else {}
    return {"file": file_object(file, TEAM_ID, standin.url), **text, "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {"files.info": info}
