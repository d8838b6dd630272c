"""How the stand-in says no: to the bot as Slack does, and to whoever works its desk in a sentence."""
from typing import Any


class SlackError(Exception):
    """A documented Slack error; `more` joins the answer beside ok and error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


def wrong_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]})


class DeskError(Exception):
    """What was wrong with a request to the desk, and what is accepted: a sentence."""
