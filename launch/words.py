"""What a person typed. The record keeps its digest only, so that forgetting somebody leaves the chain of proof whole."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the SHA-256 of its salt and itself. Forgotten words keep their digest and lose the rest."""

    digest: str
    text: str | None = None
    salt: str | None = None

    @classmethod
    def typed(cls, text: str, salt: str) -> "Words":
        """The words of `text`; `salt` is fresh and random, so that short texts cannot be guessed from the record."""
        return cls(hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest(), text, salt)

    def __str__(self) -> str:
        return self.text or "…"


def says_same(one: Words | None, other: Words | None) -> bool:
    """Whether two texts are the same, typed twice: each time has a salt of its own."""
    return (one and one.text) == (other and other.text)
