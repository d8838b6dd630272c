"""A no about a launch, with what is needed to say it in the reader's language. Each feature says its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.views.blocks import one_line
from bot.views.locale import Reader
from bot.views.people import name, role_title
from launch.authority import commanding
from launch.state import Launch


@dataclass(frozen=True, slots=True)
class No:
    """A no about a launch, with what is needed to say it."""

    launch: Launch
    facts: Mapping[str, str]
    reader: Reader

    def _(self, sentence: str) -> str:
        return self.reader._(sentence)

    def say(self, sentence: str, **facts: str) -> str:
        """`sentence` with its placeholders filled, from the facts of the refusal where nothing else is given."""
        return sentence.format(**{key: one_line(value) for key, value in {**self.facts, **facts}.items()})

    def person(self, key: str | None) -> str:
        return one_line(name(self.launch.plan, key)) if key else self._("nobody on duty")

    def people(self, keys: Iterable[str]) -> str:
        return ", ".join(self.person(key) for key in keys) or self._("nobody on duty")

    def role(self, key: str) -> str:
        return one_line(role_title(self.launch.plan, key, self.reader))

    @property
    def commanders(self) -> str:
        return self.people(commanding(self.launch))
