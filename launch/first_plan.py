"""The first plan of a launch, written from the few things that somebody who announces one knows: a file to go on with."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from launch.moments import Wall
from launch.plan import Language
from launch.writing import group, scalar

COMMANDER = "commander"
"""The key of the role that decides."""

_BEFORE, _AFTER = timedelta(days=1), timedelta(hours=12)
# What Unicode does not take for a letter and its accent.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# A role is a field of its shift, beside these.
_FIELDS_OF_A_SHIFT = ("name", "zone", "from", "to")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who was picked in Slack: `slack` is their user id."""

    key: str
    name: str
    slack: str
    zone: str
    language: Language


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role whose no stops the launch, and who holds it, primary first."""

    key: str
    title: str
    people: tuple[NewPerson, ...]


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What is known of a launch at first. `t0` is in UTC; the commander's key is not among those of `roles`."""

    key: str
    name: str
    language: Language
    zone: str
    t0: datetime
    commander: NewPerson
    deputies: tuple[NewPerson, ...] = ()
    roles: tuple[NewRole, ...] = ()

    @property
    def holders(self) -> dict[str, tuple[NewPerson, ...]]:
        """Who holds each role, primary first."""
        return {COMMANDER: (self.commander, *self.deputies)} | {role.key: role.people for role in self.roles}

    @property
    def asked(self) -> list[str]:
        """The roles that are asked: all but the one that decides, if there is another."""
        return [role.key for role in self.roles] or [COMMANDER]


def new_plan(facts: NewPlan, now: datetime) -> str:
    """A plan file that reads without errors: the room opens the day before T-0 or as soon as it can, one shift holds every role."""
    opens = _wall(_opening(facts, now), facts.zone)
    words = _WORDS[facts.language]
    said = {
        "key": scalar(facts.key),
        "name": scalar(facts.name),
        "language": facts.language,
        "zone": facts.zone,
        "t0": _wall(facts.t0, facts.zone),
        "opens": opens,
        "ends": _wall(facts.t0 + _AFTER, facts.zone),
        "people": "\n".join(_people(facts)),
        "commander": COMMANDER,
        "roles": "".join(f"  {scalar(role.key)}: {{title: {scalar(role.title)}, blocking: true}}\n" for role in facts.roles),
        "holders": "\n".join(f"    {scalar(role)}: [{', '.join(_keys(people))}]" for role, people in facts.holders.items()),
        "asked": ", ".join(map(scalar, facts.asked)),
        "first": scalar(facts.asked[0]),
    }
    return _FILE.format(**said, **words)


def key_for(words: str, taken: Collection[str], *, joint: str = "_", most: int = 40) -> str:
    """A key made of a name that people gave, which is none of `taken`: "Base de données" → "base_de_donnees".

    The key of a launch has the joint "-" and 21 signs at most.
    """
    letters = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    stem = re.sub(r"[^a-z0-9]+", joint, bare).strip(joint) or "new"
    stem = stem if stem[0].isalpha() and len(stem) > 1 else f"n{stem}"
    keys = (_numbered(stem, number, joint, most) for number in count(1))
    return next(key for key in keys if key not in taken and key not in _FIELDS_OF_A_SHIFT)


def _numbered(stem: str, number: int, joint: str, most: int) -> str:
    ending = f"{joint}{number}" if number > 1 else ""
    return stem[: most - len(ending)].rstrip(joint) + ending


def _opening(facts: NewPlan, now: datetime) -> datetime:
    """A day before T-0; too late for that the next whole hour of the zone, the next minute, or the last one before T-0."""
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    hour = minute + timedelta(minutes=-minute.astimezone(ZoneInfo(facts.zone)).minute % 60)
    return next((at for at in (facts.t0 - _BEFORE, hour, minute) if now < at < facts.t0), facts.t0 - timedelta(minutes=1))


def _wall(at: datetime, zone: str) -> str:
    """An instant on the clocks of a zone; in UTC where these show the same for another."""
    wall = Wall(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), ZoneInfo(zone))
    return f"{wall.local:%Y-%m-%d %H:%M}" if wall.instant == at else f"{at:%Y-%m-%d %H:%M} UTC"


def _people(facts: NewPlan) -> Iterator[str]:
    """Everybody once, however many roles they hold."""
    for person in {each.key: each for people in facts.holders.values() for each in people}.values():
        fields = {"name": person.name, "slack": person.slack, "zone": person.zone, "lang": person.language}
        yield f"  {scalar(person.key)}: {group(fields)}"


def _keys(people: tuple[NewPerson, ...]) -> list[str]:
    return [scalar(key) for key in dict.fromkeys(person.key for person in people)]


_FILE = """\
# {intro}
launch:
  key: {key}
  name: {name}
  language: {language}    # {about_language}
  zone: {zone}
  t0: {t0}
  room:
    opens: {opens}
    visibility: private    # {about_visibility}

# {about_people}
people:
{people}

# {about_roles}
roles:
  {commander}: {{title: {{fr: Responsable du lancement, en: Launch manager}}, decides: true}}
{roles}
# {about_shifts}
shifts:
  - name: first
    from: {opens}
    to: {ends}
{holders}

# {about_checkpoints}
checkpoints:
  - name: final
    at: T-45m
    answer: 10m
    ask: [[{asked}]]

# {about_more}

# {about_cutover}
# cutover:
#   - id: switch
#     do: {step}
#     owner: {first}
#     at: T-30m

# {about_updates}
# updates:
#   audiences:
#     customers: {{title: {customers}, approvers: [{first}], channel: "#{channel}", languages: [fr, en]}}
"""

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "intro": "The plan of a launch. Times are on the clocks of `zone`; T-45m is counted from T-0, and moves with it.",
        "about_language": "of all that is posted in the room",
        "about_visibility": "or public",
        "about_people": "Everybody whom the plan names. Instead of `slack`, their id, `mail` will do.",
        "about_roles": "A no of a `blocking` role stops the launch; the one that `decides` commands it.",
        "about_shifts": "Who holds each role: the first is on duty, the others replace them. A long day needs more shifts than one.",
        "about_checkpoints": "Go or no-go: asked at a time, answered within `answer`. Silence is never a go.",
        "about_more": "What follows is an example. Take away the # before the lines that you need, and put in your own.",
        "about_cutover": "Steps. With `before: switch` a checkpoint holds T-0 back until it is decided.",
        "about_updates": "Customers are told in a channel, in words that one of the `approvers` has approved.",
        "step": "Switch to the new address",
        "customers": "Customers",
        "channel": "customers",
    },
    "fr": {
        "intro": "Le plan d’un lancement. Les heures sont celles de `zone` ; T-45m se compte à partir de T-0 et se décale avec lui.",
        "about_language": "de tout ce qui est publié dans la salle de lancement",
        "about_visibility": "ou public",
        "about_people": "Toutes les personnes que nomme le plan. À la place de `slack`, leur identifiant, `mail` suffit.",
        "about_roles": "Un non d’un rôle `blocking` arrête le lancement ; celui qui décide (`decides`) le dirige.",
        "about_shifts": "Les relèves : la première personne d’un rôle est d’astreinte. Un long jour en veut plusieurs.",
        "about_checkpoints": "Les jalons : GO ou NO-GO, à une heure, dans le délai `answer`. Un silence n’est jamais un GO.",
        "about_more": "La suite est un exemple. Retirez le # devant les lignes utiles et écrivez-y les vôtres.",
        "about_cutover": "Les étapes. Avec `before: switch`, un jalon retient T-0 tant qu’il n’est pas décidé.",
        "about_updates": "Les clients sont informés dans un canal, par un texte qu’une personne d’un rôle de `approvers` a approuvé.",
        "step": "Bascule vers la nouvelle adresse",
        "customers": "Clients",
        "channel": "clients",
    },
}
