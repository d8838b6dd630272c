"""The fields of a plan file as a JSON Schema, for editors: what may stand where, and what it means, while somebody types.

It tells the form only. What a file says is for `launch.reading`, whose fields these are; what makes sense together, for `launch.checking`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from launch.plan import LANGUAGES

Schema = dict[str, Any]

_KEY = "[a-z][a-z0-9_-]{0,39}"
_WALL = r"\d{4}-\d\d?-\d\d? +\d\d?:\d\d( +\S+)?"
_LENGTH = r"(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?"


def plan_schema() -> Schema:
    """JSON Schema 2020-12."""
    sections = {
        "launch": _launch(),
        "people": _by_key("Everybody whom the plan names, each by a short key by which the shifts name them.", _person()),
        "observers": _list("Mail addresses of those who look on. They are never asked.", {"type": "string"}),
        "roles": _by_key("What people are on the day, each by a short key.", _role()),
        "shifts": _list("Who holds each role, and until when.", _shift()),
        "checkpoints": _list("The go or no-go questions.", _checkpoint()),
        "cutover": _list("The steps that must not begin before a checkpoint is decided.", _step()),
        "updates": _updates(),
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The plan of a launch"}
    return head | _group("One file is one launch.", sections, ("launch", "people", "roles", "shifts", "checkpoints"))


def _launch() -> Schema:
    fields = {
        "key": _text("Its name in commands and in the channel's.", "[a-z][a-z0-9-]{0,19}[a-z0-9]"),
        "name": _title("Its title.", 80),
        "kind": _choice("Whether customers see it.", ("external", "internal"), "external"),
        "language": _choice("Of all that is posted in the room.", LANGUAGES),
        "zone": _zone("Of all times that name no other."),
        "t0": _hour("When the launch happens."),
        "room": _room(),
        "bridge": _bridge(),
        "links": _list("What to have at hand, such as a runbook or a dashboard: 8 at most.", _link(), most=8),
        "limits": _limits(),
    }
    return _group("The launch itself.", fields, ("key", "name", "language", "zone", "t0", "room"))


def _room() -> Schema:
    invited = "“all on duty”: the first of each role in every shift. “on shift”: whoever is on duty, as shifts come on. Or a list of roles."
    fields = {
        "visibility": _choice("Who may find the channel.", ("private", "public"), "private"),
        "opens": _moment("When the channel is made. The commander may do it earlier."),
        "invite": {
            "description": invited,
            "anyOf": [{"type": "string", "examples": ["all on duty", "on shift"]}, _names("Roles.")],
            "default": "all on duty",
        },
    }
    return _group("The channel of the launch.", fields, ["opens"])


def _bridge() -> Schema:
    fields = {
        "video": _address("The address of the call."),
        "dial_in": _words("The number to dial.", 80),
        "place": _words("Where to walk to.", 80),
    }
    return _group("Where people talk while the launch runs.", fields)


def _link() -> Schema:
    return _group("One link.", {"title": _title("As it is shown.", 40), "url": _address("Where it leads.")}, ("title", "url"))


def _limits() -> Schema:
    fields = {
        "hold": _duration("A hold that lasts longer is asked about.", "40m"),
        "grace": _duration("How long, after an answer was due, before silence counts as no-go. 0m for none.", "2m"),
        "page": _duration("How long a page waits for one person before it goes to the next.", "3m"),
        "approval": _duration("How long a text waits for its approval before it is asked about again.", "5m"),
    }
    return _group("How long things may last.", fields)


def _person() -> Schema:
    fields = {
        "name": _words("As it is shown.", 80),
        "mail": _text("The address by which they are found in Slack."),
        "slack": _text("Or their member id, from their profile.", "[UW][A-Z0-9]{4,20}"),
        "zone": _zone("Whose clocks their private messages show. The launch's if not written."),
        "lang": _choice("The language they are spoken to in private. The launch's if not written.", LANGUAGES),
        "guest": _flag("Whether their account is a guest's."),
    }
    return _group("Somebody.", fields, ["name"])


def _role() -> Schema:
    fields = {
        "title": _title("As it is shown.", 40),
        "blocking": _flag("Whether their no, and their silence, stops the launch. Else they are heard."),
        "decides": _flag("True for exactly one role: it commands the launch."),
        "standby": _flag("Asked where a checkpoint asks it, else left in peace."),
        "patience": _duration(
            "How long a page of this role waits for one person before it goes to the next. The limits' `page` if not written."
        ),
        "aliases": _names("Other words that people may type for it."),
        "absent": _names("Shifts in which nobody holds it, on purpose."),
    }
    return _group("A role.", fields, ["title"])


def _shift() -> Schema:
    fields = {
        "name": _text("What it is called.", _KEY),
        "zone": _zone("Of its hours. The launch's if not written."),
        "from": _hour("When it comes on."),
        "to": _hour("When the next has taken over."),
    }
    holders = _names("The people of a role, by their keys: the first is on duty, the others replace them.", least=1)
    return _group("A shift. Every other field is a role, with its people.", fields, ("name", "from", "to")) | {
        "additionalProperties": holders
    }


def _checkpoint() -> Schema:
    tier = _names("Roles.", least=1)
    fields = {
        "name": _text("What it is called, on cards and in commands.", _KEY),
        "at": _moment("When it is asked."),
        "answer": _duration("How long the answers may take."),
        "ask": _list("The roles that are asked, a list in a list: [[application, network]].", tier, most=1, least=1),
        "before": _text("The step that does not begin undecided: T stands still there."),
        "on": _list("What to look at before answering.", _title("One thing to look at.", 200)),
    }
    return _group("A go or no-go question.", fields, ("name", "at", "answer", "ask"))


def _step() -> Schema:
    fields = {
        "id": _text("By which checkpoints name it.", _KEY),
        "do": _title("What is done.", 200),
        "owner": _text("The role that does it."),
        "at": _moment("When it begins."),
    }
    return _group("A step of the cutover.", fields, tuple(fields))


def _updates() -> Schema:
    audiences = _by_key("Who reads it, each by a short key.", _audience())
    return _group("What is told to customers.", {"audiences": audiences}, ["audiences"])


def _audience() -> Schema:
    fields = {
        "title": _title("As it is shown.", 40),
        "approvers": _names("The roles that may approve what it is told.", least=1),
        "channel": _text("Where it reads: #name, or the id of a channel.", r"#[\w-]{1,80}|[CG][A-Z0-9]{4,20}"),
        "languages": _list("In which languages. The launch's if not written.", {"enum": list(LANGUAGES)}),
    }
    return _group("Readers of customer updates.", fields, ("title", "approvers", "channel"))


def _group(what: str, fields: Mapping[str, Schema], required: Collection[str] = ()) -> Schema:
    """Fields by name, and no other."""
    shape: Schema = {"description": what, "type": "object", "properties": dict(fields), "additionalProperties": False}
    return shape | ({"required": list(required)} if required else {})


def _by_key(what: str, entry: Schema) -> Schema:
    return {"description": what, "type": "object", "propertyNames": {"pattern": f"^{_KEY}$"}, "additionalProperties": entry}


def _list(what: str, item: Schema, most: int | None = None, least: int | None = None) -> Schema:
    bounds = {"minItems": least, "maxItems": most}
    return {"description": what, "type": "array", "items": item} | {name: bound for name, bound in bounds.items() if bound}


def _names(what: str, least: int | None = None) -> Schema:
    return _list(what, {"type": "string"}, least=least)


def _text(what: str, form: str | None = None) -> Schema:
    return {"description": what, "type": "string"} | ({"pattern": f"^({form})$"} if form else {})


def _words(what: str, most: int) -> Schema:
    """What a person reads; an editor takes bare digits for a number, which the plan does not."""
    return {"description": what, "type": ["string", "number"], "maxLength": most}


def _title(what: str, most: int) -> Schema:
    """A text for all, or one a language."""
    each: dict[str, Schema] = {language: _words(f"In this language ({language}).", most) for language in LANGUAGES}
    languages = _group("A text for each language.", each) | {"minProperties": 1}
    return {"description": what, "anyOf": [_words("One text for all.", most), languages]}


def _choice(what: str, words: Collection[str], usual: str | None = None) -> Schema:
    return {"description": what, "enum": list(words)} | ({"default": usual} if usual else {})


def _flag(what: str) -> Schema:
    """A plan reads the words; an editor may have made a truth of them already."""
    return {"description": what, "enum": [True, False, "true", "false"], "default": False}


def _address(what: str) -> Schema:
    return _text(f"{what} http:// or https://", r"https?://\S+")


def _zone(what: str) -> Schema:
    return _text(what, r"\w+(/[\w+-]+)+|UTC") | {"examples": ["Europe/Paris", "America/Toronto", "Asia/Kolkata", "UTC"]}


def _hour(what: str) -> Schema:
    return _text(f"{what} A date and an hour, like 2027-03-16 04:30, with another zone behind it where it is not the usual one.", _WALL)


def _moment(what: str) -> Schema:
    form = rf"{_WALL}|T[+-](0|{_LENGTH})"
    return _text(f"{what} Like 2027-03-16 04:30; or T-45m, counted from T-0 and moving with it.", form)


def _duration(what: str, usual: str | None = None) -> Schema:
    return _text(f"{what} Like 90s, 10m, 3h, 1h30m or 2d.", _LENGTH) | ({"default": usual} if usual else {})
