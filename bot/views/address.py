"""What a button carries: where it belongs, never a right. Who may press it is decided when it is pressed."""

from dataclasses import dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True)
class Address:
    """A launch, and the names that lead to one thing in it: ("final", "1", "network")."""

    launch: str
    subject: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join(quote(name, safe="") for name in (self.launch, *self.subject))

    @classmethod
    def read(cls, text: str) -> "Address":
        """The address that was written as `text`; of anything else, one that leads nowhere."""
        launch, *subject = (unquote(name) for name in text.split("/"))
        return cls(launch, tuple(subject))
