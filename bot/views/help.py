"""The words after /launch: which there are, what else they are called, which one a mistyped word may have meant."""

from collections.abc import Iterator
from difflib import get_close_matches

from bot.views.card import Drawn
from bot.views.lines import Line, drawn, line
from bot.views.locale import Reader

WORDS: dict[str, tuple[str, ...]] = {
    "checkpoint": ("checkpoints", "point", "jalon", "jalons"),
    "page": ("appeler", "bip", "astreinte"),
    "problem": ("problems", "incident", "incidents", "problème", "problèmes", "souci"),
    "update": ("updates", "message", "nouvelle", "communiqué"),
    "hold": ("pause", "arrêt"),
    "resume": ("reprendre", "reprise"),
    "who": ("qui",),
    "note": ("noter",),
    "help": ("aide", "?"),
}


def meant(word: str) -> str | None:
    """The word itself for any of its names, in either language."""
    wanted = word.casefold()
    return next((key for key, names in WORDS.items() if wanted == key or wanted in names), None)


def nearest(word: str) -> str | None:
    """The name that a mistyped word is closest to."""
    known = [name for key, names in WORDS.items() for name in (key, *names)]
    return next(iter(get_close_matches(word.casefold(), known, n=1)), None)


def words(reader: Reader) -> Drawn:
    """What can be typed."""
    return drawn(usage(reader), reader)


def unknown(word: str, reader: Reader) -> Drawn:
    guess = nearest(word)
    plain = line(reader._("/launch does not know “{word}”."), word=word)
    asked = line(reader._("/launch does not know “{word}”. Did you mean /launch {nearest}?"), word=word, nearest=guess or "")
    return drawn([asked if guess else plain, *usage(reader)], reader)


def usage(reader: Reader) -> Iterator[Line]:
    yield line(reader._("/launch: how things stand, and everything you can do, as buttons"))
    yield line(reader._("/launch checkpoint NAME: how it stands, whom it asks, and what you can do; without a name, the list"))
    yield line(reader._("/launch page ROLE REASON: rings whoever is on duty for it until somebody answers; without them, a form"))
    yield line(reader._("/launch problem WORDS: what is wrong goes into the log, and is decided on in time; it opens a form"))
    yield line(reader._("/launch update TEXT: an update for customers, which a second person approves; without a text, an empty form"))
    yield line(reader._("/launch hold REASON: T stands still; without a reason, a form"))
    yield line(reader._("/launch resume: T runs again"))
    yield line(reader._("/launch who ROLE: who is on duty; without a role, everybody"))
    yield line(reader._("/launch note TEXT: said in the room and kept; without a text, a form"))
    yield line(reader._("/launch help: these words"))
