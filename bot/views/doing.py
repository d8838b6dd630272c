"""What `launchroom do` says at the shell, where there are no buttons: its words, how things stand with the numbers to name, each no."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from bot.views import help as launch_words
from bot.views.board import board_of, page_line, pieces
from bot.views.customers import audience_title, customer_message
from bot.views.lines import Line, Piece, line
from bot.views.locale import Reader
from bot.views.menu import room_line
from bot.views.people import name, role_title
from bot.views.problems import problem_line
from launch.plan import Plan
from launch.state import Draft, Launch

BUTTONS: dict[str, tuple[str, ...]] = {
    "go": (),
    "no-go": ("nogo",),
    "condition": ("sous-condition",),
    "record": ("consigner",),
    "ask": ("poser",),
    "question": (),
    "proceed": ("continuer",),
    "hold-at": ("pause-jalon",),
    "again": ("reposer",),
    "take": ("prendre",),
    "pass": ("passer",),
    "resolve": ("résoudre",),
    "extend": ("prolonger",),
    "live": ("en-service",),
    "roll-back": ("rollback", "retour-arrière"),
    "have": ("charge",),
    "impact": (),
    "more-time": ("délai",),
    "solved": ("résolu",),
    "accept": ("accepter",),
    "approve": ("approuver",),
    "send-back": ("renvoyer",),
    "open": ("ouvrir",),
    "close": ("fermer",),
}
"""What is a button in Slack, and what else it is called."""


def meant(word: str) -> str | None:
    """The word itself for any of its names, in either language."""
    wanted = word.casefold()
    return launch_words.meant(wanted) or next((key for key, names in BUTTONS.items() if wanted == key or wanted in names), None)


def usage(reader: Reader) -> dict[str, str]:
    """How each word is typed."""
    return {
        "who": reader._("who [ROLE]: who is on duty"),
        "checkpoint": reader._("checkpoint [NAME]: how it stands, and who is asked; without a name, the list"),
        "go": reader._("go CHECKPOINT ROLE: the answer GO"),
        "no-go": reader._("no-go CHECKPOINT ROLE REASON: the answer NO-GO"),
        "condition": reader._("condition CHECKPOINT ROLE REASON: the answer GO, on a condition"),
        "record": reader._("record CHECKPOINT ROLE ANSWER [REASON]: what was spoken; go, condition, no-go or roll-back"),
        "ask": reader._("ask CHECKPOINT: it is asked now"),
        "question": reader._("question ROLE,ROLE MINUTES WORDS: a question of your own, asked now"),
        "proceed": reader._("proceed CHECKPOINT [REASON]: the launch goes on; against the outcome only with a reason"),
        "hold-at": reader._("hold-at CHECKPOINT REASON: the decision to hold, and T stands still"),
        "again": reader._("again CHECKPOINT: everybody is asked once more"),
        "hold": reader._("hold REASON: T stands still"),
        "resume": reader._("resume: T runs again"),
        "extend": reader._("extend MINUTES REASON: the hold goes on for so long from now"),
        "live": reader._("live: customers are in, and the room is told"),
        "roll-back": reader._("roll-back REASON: the launch turns back, and T stands still for good"),
        "page": reader._("page ROLE REASON: rings whoever is on duty for it until somebody has it"),
        "take": reader._("take PAGE: they have it; PAGE is its number"),
        "pass": reader._("pass PAGE: they cannot, and the next one is rung"),
        "resolve": reader._("resolve PAGE: it is over"),
        "problem": reader._("problem none|partial|total monitoring|us|customers WORDS: whom it touches, who told first, what is wrong"),
        "have": reader._("have PROBLEM: they have it; PROBLEM is its number"),
        "impact": reader._("impact PROBLEM none|partial|total: whom it touches now"),
        "more-time": reader._("more-time PROBLEM MINUTES: whoever commands is asked again then"),
        "solved": reader._("solved PROBLEM WORDS: it is over, and what came of it"),
        "accept": reader._("accept ROLE: they take the role over"),
        "approve": reader._("approve UPDATE EDITION: it is published; without an edition, the text is shown"),
        "send-back": reader._("send-back UPDATE EDITION REASON: its author reads why"),
        "note": reader._("note TEXT: said in the room and kept"),
        "open": reader._("open: the room is opened now"),
        "close": reader._("close: the launch is over"),
        "help": reader._("help: these words"),
    }


# --- looking -----------------------------------------------------------------------------------------------------------


def standing(launch: Launch, reader: Reader) -> Iterator[Piece]:
    """The board, with every open page, problem and text by its number."""
    heading, *rest = pieces(replace(board_of(launch), pages=(), problems=()), reader)
    yield heading
    yield from room_line(launch, reader) if launch.closed_at is None else ()
    yield from (page_row(launch, number, reader) for number in open_pages(launch))
    yield from (problem_row(launch, number, reader) for number in open_problems(launch))
    yield from (draft_row(launch, launch.drafts[number], reader) for number in open_drafts(launch))
    yield from rest


def open_pages(launch: Launch) -> list[int]:
    return [page.number for page in launch.pages.values() if page.is_open]


def open_drafts(launch: Launch) -> list[int]:
    return [draft.number for draft in launch.drafts.values() if draft.is_open]


def open_problems(launch: Launch) -> list[int]:
    return [row.number for row in launch.problems.values() if row.is_open]


def page_row(launch: Launch, number: int, reader: Reader) -> Line:
    return line(reader._("PAGE {number}: {said}"), number=number, said=page_line(launch.pages[number], launch.plan, reader))


def problem_row(launch: Launch, number: int, reader: Reader) -> Line:
    said = problem_line(launch.problems[number], launch.plan, reader)
    return line(reader._("PROBLEM {number}: {said}"), number=number, said=said)


def draft_row(launch: Launch, draft: Draft, reader: Reader) -> Line:
    sentence = reader._("UPDATE {number}, EDITION {edition}: for {audience}, from {person}")
    audience = audience_title(launch.plan, draft.audience, reader)
    return line(sentence, number=draft.number, edition=draft.edition, audience=audience, person=name(launch.plan, draft.editor))


def words(reader: Reader) -> Iterator[Line]:
    yield Line((reader._("Nothing: how things stand, with the numbers of pages, problems and updates"),))
    yield from (Line((each,)) for each in usage(reader).values())
    yield Line((reader._("--as PERSON, a key, name or mail of the plan, says in whose name; without it one can only look."),))


# --- every no ----------------------------------------------------------------------------------------------------------


def no_database(path: str, reader: Reader) -> str:
    return reader._("There is no database at {path}: LAUNCHROOM_DATABASE names another, or no plan was added yet.").format(path=path)


def no_such_launch(key: str, names: Sequence[str], reader: Reader) -> str:
    sentence = reader._("There is no launch “{launch}” here. There are: {names}.")
    return sentence.format(launch=key, names=", ".join(names))


def no_such_word(word: str, reader: Reader) -> str:
    known = [each for table in (launch_words.WORDS, BUTTONS) for key, names in table.items() for each in (key, *names)]
    guess = next(iter(get_close_matches(word.casefold(), known, n=1)), None)
    asked = reader._("“{word}” is not known here. Did you mean {nearest}?").format(word=word, nearest=guess)
    plain = reader._("“{word}” is not known here.").format(word=word)
    return "\n".join((asked if guess else plain, *usage(reader).values()))


def incomplete(word: str, reader: Reader) -> str:
    return reader._("That is too little or too much. Accepted: {usage}").format(usage=usage(reader)[word])


def form_needed(reader: Reader) -> str:
    return reader._("An update needs a form. In Slack, /launch update opens it; here it can be approved or sent back.")


def person_needed(reader: Reader) -> str:
    return reader._("In whose name? --as PERSON takes a key, a name or a mail of the plan. Without it one can only look: who, checkpoint.")


def no_such_person(word: str, plan: Plan, reader: Reader) -> str:
    names = ", ".join(f"{key} ({person.name})" for key, person in plan.people.items())
    return reader._("The plan names nobody “{word}”. It names: {names}.").format(word=word, names=names)


def no_account(person: str, plan: Plan, reader: Reader) -> str:
    sentence = reader._("{person} has no Slack account that the bot has found, or it was deactivated: nothing can be done in their name.")
    return sentence.format(person=name(plan, person))


def no_such_number(number: str, numbers: Iterable[int], reader: Reader) -> str:
    there = ", ".join(map(str, numbers))
    some, none = reader._("There is no number {number}. Open now: {numbers}."), reader._("There is no number {number}, and none is open.")
    return (some if there else none).format(number=number, numbers=there)


def no_handover(launch: Launch, role: str, reader: Reader) -> str:
    sentence = reader._("No handover of {role} was announced: nobody has to accept it now.")
    return sentence.format(role=role_title(launch.plan, role, reader))


def which_edition(launch: Launch, draft: Draft, reader: Reader) -> str:
    """The newest edition, as customers would read it, and how it is named."""
    text = customer_message(launch.plan, draft).text
    said = reader._("Nothing is done yet. This is the newest edition; to name it, type {number} {edition} after the word.")
    return "\n".join((draft_row(launch, draft, reader).text(reader), text, said.format(number=draft.number, edition=draft.edition)))


# --- what was done -----------------------------------------------------------------------------------------------------


def done(person: str, plan: Plan, reader: Reader) -> str:
    return reader._("Done in the name of {person}. How things stand now:").format(person=name(plan, person))


def was_so(reader: Reader) -> str:
    return reader._("Nothing had to be done, it was so already. How things stand now:")
