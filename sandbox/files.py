"""Files that people upload, and what Slack tells the bot of them."""
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

MOST_BYTES = 10 * 1024 * 1024  # of one file in a file_input
# extension -> (filetype, what Slack calls it): texts, which Slack keeps as snippets
SNIPPETS = {
    "txt": ("text", "Plain Text"), "yaml": ("yaml", "YAML"), "yml": ("yaml", "YAML"), "json": ("json", "JSON"), "csv": ("csv", "CSV"),
    "md": ("markdown", "Markdown"), "ics": ("text", "Plain Text"), "html": ("html", "HTML"),
    "xml": ("xml", "XML"), "py": ("python", "Python"),
}


@dataclass
class File:
    """`created` in seconds since the epoch, launch time. The app sees it once it was submitted to it."""

    id: str
    user: str
    name: str
    content: bytes
    created: int
    is_submitted: bool = False

    @property
    def extension(self) -> str:
        return PurePosixPath(self.name).suffix.removeprefix(".").lower()

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def filetype(self) -> str:
        return SNIPPETS[self.extension][0] if self.is_snippet else self.extension or "binary"

    @property
    def is_snippet(self) -> bool:
        return self.extension in SNIPPETS

    @property
    def mimetype(self) -> str:
        return "text/plain" if self.is_snippet else mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def path(self, team_id: str, *parts: str) -> str:
        return "/".join(("/files-pri", f"{team_id}-{self.id}", *parts, quote(self.name, safe="")))


def file_object(file: File, team_id: str, url: str) -> dict[str, Any]:
    """The file as files.info and a submission tell it; `url` is where the workspace stands."""
    pretty = SNIPPETS[file.extension][1] if file.is_snippet else file.filetype.upper()
    return {
        "id": file.id, "created": file.created, "timestamp": file.created, "name": file.name, "title": file.name,
        "mimetype": file.mimetype, "filetype": file.filetype, "pretty_type": pretty, "user": file.user, "user_team": team_id,
        "editable": file.is_snippet, "size": file.size, "mode": "snippet" if file.is_snippet else "hosted", "is_external": False,
        "external_type": "", "is_public": False, "public_url_shared": False, "display_as_bot": False, "username": "",
        "url_private": url + file.path(team_id), "url_private_download": url + file.path(team_id, "download"),
        "media_display_type": "unknown", "permalink": f"{url}/files/{file.user}/{file.id}/{quote(file.name, safe='')}", "comments_count": 0,
        "shares": {}, "channels": [], "groups": [], "ims": [], "has_more_shares": False, "has_rich_preview": False,
        "file_access": "visible",
    }
