"""The fields of a plan file as a JSON Schema, for editors: what may stand where, and what it means, while somebody types.

It tells the form only. What a file says is for `launch.reading`, whose fields these are; what makes sense together, for `launch.checking`.
"""

from launch.plan import LANGUAGES
from launch.schema_forms import (
    KEY,
    Schema,
    address,
    by_key,
    choice,
    duration,
    flag,
    group,
    hour,
    limit,
    list_of,
    moment,
    names,
    secret,
    text,
    title,
    words,
    zone,
)


def plan_schema() -> Schema:
    """JSON Schema 2020-12."""
    sections = {
        "launch": _launch(),
        "people": by_key("Everybody whom the plan names, each by a short key by which the shifts name them.", _person()),
        "observers": list_of("Mail addresses of those who look on. They are never asked.", {"type": "string"}),
        "roles": by_key("What people are on the day, each by a short key.", _role()),
        "shifts": list_of("Who holds each role, and until when.", _shift()),
        "criteria": by_key("What numbers have to be, each by a short key by which checkpoints and steps name them.", _criterion()),
        "checkpoints": list_of("The go or no-go questions.", _checkpoint()),
        "cutover": list_of("The steps, in the order of the day.", _step()),
        "updates": _updates(),
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The plan of a launch"}
    return head | group("One file is one launch.", sections, ("launch", "people", "roles", "shifts", "checkpoints"))


def _launch() -> Schema:
    fields = {
        "key": text("Its name in commands and in the channel's.", "[a-z][a-z0-9-]{0,19}[a-z0-9]"),
        "name": title("Its title.", 80),
        "kind": choice("Whether customers see it.", ("external", "internal"), "external"),
        "language": choice("Of all that is posted in the room.", LANGUAGES),
        "zone": zone("Of all times that name no other."),
        "t0": hour("When the launch happens."),
        "room": _room(),
        "bridge": _bridge(),
        "links": list_of("What to have at hand, such as a runbook or a dashboard: 8 at most.", _link(), most=8),
        "limits": _limits(),
        "cover": group("When no blocking role may be empty.", {"from": hour("From then."), "to": hour("Until then.")}, ("from", "to")),
        "holds": list_of("Holds that are part of the countdown: T-0 allows for them.", _hold()),
    }
    return group("The launch itself.", fields, ("key", "name", "language", "zone", "t0", "room"))


def _room() -> Schema:
    invited = "“all on duty”: the first of each role in every shift. “on shift”: whoever is on duty, as shifts come on. Or a list of roles."
    fields = {
        "visibility": choice("Who may find the channel.", ("private", "public"), "private"),
        "opens": moment("When the channel is made. The commander may do it earlier."),
        "invite": {
            "description": invited,
            "anyOf": [{"type": "string", "examples": ["all on duty", "on shift"]}, names("Roles.")],
            "default": "all on duty",
        },
        "observers_channel": _channel("Where those who look on follow the launch: #name, or the id of a channel."),
    }
    return group("The channel of the launch.", fields, ["opens"])


def _bridge() -> Schema:
    fields = {
        "video": address("The address of the call."),
        "dial_in": words("The number to dial.", 80),
        "place": words("Where to walk to.", 80),
    }
    return group("Where people talk while the launch runs.", fields)


def _link() -> Schema:
    return group("One link.", {"title": title("As it is shown.", 40), "url": address("Where it leads.")}, ("title", "url"))


def _limits() -> Schema:
    problem = {"total": duration("One that touches all customers.", "15m"), "partial": duration("One that touches some.", "45m")}
    fields = {
        "hold": duration("A hold that lasts longer is asked about.", "40m"),
        "grace": duration("How long, after an answer was due, before silence counts as no-go. 0m for none.", "3m"),
        "page": duration("How long a page waits for one person before it goes to the next.", "3m"),
        "approval": duration("How long a text waits for its approval before it is asked about again.", "5m"),
        "decision": duration("How long an outcome waits for its decision before a deputy is paged.", "5m"),
        "condition": duration("How long a no-go or a condition may stand before the commander is asked again.", "10m"),
        "duty": duration("How long one person may be on duty without a break.", "12h"),
        "problem": group("How long a problem may last.", problem),
    }
    return group("How long things may last.", fields)


def _hold() -> Schema:
    fields = {
        "name": text("What it is called.", KEY),
        "at": moment("Where T stops, counted from T-0."),
        "lasts": duration("How long."),
        "why": title("What it is for.", 200),
    }
    return group("A planned hold.", fields, tuple(fields))


def _person() -> Schema:
    fields = {
        "name": words("As it is shown.", 80),
        "mail": text("The address by which they are found in Slack."),
        "slack": text("Or their member id, from their profile.", "[UW][A-Z0-9]{4,20}"),
        "zone": zone("Whose clocks their private messages show. The launch's if not written."),
        "lang": choice("The language they are spoken to in private. The launch's if not written.", LANGUAGES),
        "guest": flag("Whether their account is a guest's."),
        "reach": list_of(
            "The ways to reach them, in the order to try. Slack alone if not written.", {"anyOf": [{"const": "slack"}, _reach()]}
        ),
    }
    return group("Somebody.", fields, ["name"])


def _reach() -> Schema:
    ways = {
        "call": secret("The number to call."),
        "sms": secret("The number for a short message."),
        "push": secret("Where a push is sent."),
        "mail": secret("The address for mail."),
    }
    after = {"after": duration("How long the way before is given.", "0m")}
    return group("One way.", ways | after) | {"oneOf": [{"required": [way]} for way in ways]}


def _role() -> Schema:
    fields = {
        "title": title("As it is shown.", 40),
        "blocking": flag("Whether their no, and their silence, stops the launch. Else they are heard."),
        "decides": flag("True for exactly one role: it commands the launch."),
        "standby": flag("Asked where a checkpoint asks it, else left in peace."),
        "standby_in": names("The same, in these shifts."),
        "standby_outside": names("The same, in all shifts but these."),
        "patience": duration(
            "How long a page of this role waits for one person before it goes to the next. The limits' `page` if not written."
        ),
        "aliases": names("Other words that people may type for it."),
        "absent": names("Shifts in which nobody holds it, on purpose."),
        "scribe": flag("Whether it may write down what others say."),
        "handover": choice("full: a brief that the next one accepts. light: they say that they are on.", ("full", "light"), "full"),
        "levels": names("The roles to which it passes on what it cannot solve, itself first."),
    }
    return group("A role.", fields, ["title"])


def _shift() -> Schema:
    fields = {
        "name": text("What it is called.", KEY),
        "zone": zone("Of its hours. The launch's if not written."),
        "from": hour("When it comes on."),
        "to": hour("When the next has taken over."),
    }
    holders = names("The people of a role, by their keys: the first is on duty, the others replace them.", least=1)
    return group("A shift. Every other field is a role, with its people.", fields, ("name", "from", "to")) | {
        "additionalProperties": holders
    }


def _criterion() -> Schema:
    source = r"(prometheus|http|csv):.+|asked of \S+"
    fields = {
        "title": title("As it is shown. Its key if not written, with spaces.", 80),
        "unit": title("What the number counts.", 40),
        "source": text("Where it is read (prometheus:, http:, csv:), or who is asked: “asked of support”.", source),
        "every": duration("How often."),
        "go": limit("For a go."),
        "hold": limit("For a hold."),
        "rollback": limit("For turning back."),
        "baseline": words("The usual value.", 40),
    }
    return group("What a number has to be.", fields, ["go"])


def _checkpoint() -> Schema:
    tiers = {"anyOf": [{"type": "string"}, names("A tier.", least=1)]}
    fields = {
        "name": text("What it is called, on cards and in commands.", KEY),
        "at": moment("When it is asked."),
        "every": duration("How often it is asked, in place of `at`."),
        "from": moment("When it is asked first."),
        "to": moment("When it is asked last."),
        "answer": duration("How long the answers of each tier may take."),
        "ask": list_of("The roles that are asked; or tiers of them, asked in turn: [[application, network], [qa]].", tiers, least=1),
        "before": text("The step that does not begin undecided: T stands still there. Or point_of_no_return."),
        "on": list_of("What to look at before answering: keys of criteria, or words.", title("One thing to look at.", 200)),
    }
    when = {"oneOf": [{"required": ["at"]}, {"required": ["every", "from", "to"]}]}
    return group("A go or no-go question.", fields, ("name", "answer", "ask")) | when


def _step() -> Schema:
    fields = {
        "id": text("By which checkpoints and other steps name it.", KEY),
        "do": title("What is done.", 200),
        "owner": text("The role that does it."),
        "at": moment("When it begins. When those it comes after are likely to be over, if not written."),
        "after": names("The steps it comes after."),
        "likely": duration("How long it is likely to take.", "0m"),
        "worst": duration("How long it takes at worst. As long as likely, if not written."),
        "irreversible": flag("Whether it cannot be undone."),
        "check": text("What proves it done: the key of a criterion, or words."),
        "with": names("Roles that do it together with the owner."),
        "backup": text("Who does it if the owner cannot: the key of a person."),
    }
    return group("A step of the cutover.", fields, ("id", "do", "owner")) | {"anyOf": [{"required": ["at"]}, {"required": ["after"]}]}


def _updates() -> Schema:
    audiences = by_key("Who reads it, each by a short key.", _audience())
    return group("What is told to customers.", {"audiences": audiences}, ["audiences"])


def _audience() -> Schema:
    fields = {
        "title": title("As it is shown.", 40),
        "approvers": names("The roles that may approve what it is told.", least=1),
        "channel": _channel("Where it reads: #name, or the id of a channel."),
        "languages": list_of("In which languages. The launch's if not written.", {"enum": list(LANGUAGES)}),
    }
    return group("Readers of customer updates.", fields, ("title", "approvers", "channel"))


def _channel(what: str) -> Schema:
    return text(what, r"#[\w-]{1,80}|[CG][A-Z0-9]{4,20}")
