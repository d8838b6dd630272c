"""launchroom: the admin's shell. Everything heavy is imported by the command that needs it."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.settings import HouseSettings
    from launch.plan import Language

    S = TypeVar("S", bound=HouseSettings)

app = typer.Typer(name="launchroom", no_args_is_help=True, add_completion=False, help="A virtual launch room in Slack.")
plan_app = typer.Typer(no_args_is_help=True, help="Plans of launches.")
db_app = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(plan_app, name="plan")
app.add_typer(db_app, name="db")


class Tongue(StrEnum):
    """The languages that are spoken here."""

    FR = "fr"
    EN = "en"


PlanFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A plan as a YAML file.")]
InLanguage = Annotated[str | None, typer.Option("--language", help="fr or en; default: LAUNCHROOM_LANGUAGE.")]


def main() -> None:
    """The console script."""
    app()


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    import asyncio

    from bot import main as bot
    from bot.logs import set_up_logging
    from bot.settings import Settings

    settings = settings_or_exit(Settings)
    set_up_logging(settings.log)
    try:
        asyncio.run(bot.run(settings))
    except bot.AlreadyRunning as error:
        stop(str(error))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The port of the page.")] = 8321,
    plan: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The plan to play.")] = Path("examples/corvane_id.yaml"),
    language: Annotated[Tongue | None, typer.Option(help="The language of everybody; default: as the plan says.")] = None,
) -> None:
    """Play a launch in a stand-in Slack, with a page to click in."""
    from bot.demo import play

    play(plan, port, language.value if language else None)


@app.command()
def doctor(
    json_: Annotated[bool, typer.Option("--json", help="For a machine: a list of {check, code, state, said, remedy, facts}.")] = False,
    language: InLanguage = None,
) -> None:
    """Look at tokens, scopes, sockets, database, disk, clock and plans; each trouble with its remedy. The bot may be running or not."""
    import asyncio
    import json

    from bot.doctor import diagnose
    from bot.doctor.given import given
    from bot.views import doctor as view
    from bot.views.locale import Reader

    told = given()
    reader = Reader("fr" if (language or told.settings.language) == "fr" else "en", "UTC")
    findings = asyncio.run(diagnose(told))
    shown = json.dumps(view.as_facts(findings, reader), ensure_ascii=False, indent=2) if json_ else view.report(findings, reader)
    typer.echo(shown)
    raise typer.Exit(1 if any(each.state == "bad" for each in findings) else 0)


@app.command()
def manifest(
    json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    url: Annotated[bool, typer.Option("--url", help="As the link by which Slack makes the app.")] = False,
) -> None:
    """Print the manifest of the Slack app."""
    from bot.manifest import as_json, link, source

    typer.echo(link() if url else as_json() if json_ else source().rstrip())


@app.command()
def schema() -> None:
    """Print the JSON Schema of a plan, by which an editor completes and explains its fields."""
    import json

    from launch.schema import plan_schema

    typer.echo(json.dumps(plan_schema(), ensure_ascii=False, indent=2))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def sandbox(context: typer.Context) -> None:
    """Start the stand-in Slack alone; options as of `python -m sandbox --help`."""
    import subprocess

    sys.exit(subprocess.call([sys.executable, "-m", "sandbox", *context.args]))


@app.command()
def check(file: PlanFile, language: InLanguage = None) -> None:
    """Read a plan and tell every mistake with its line and remedy."""
    if not told(file, language):
        raise typer.Exit(1)


@plan_app.command("add")
def plan_add(file: PlanFile, language: InLanguage = None) -> None:
    """Add a plan: its launch is planned from now on, its clock running. The bot may be running or not."""
    import asyncio

    from bot import main as bot
    from bot.settings import HouseSettings, SettingsError

    if not told(file, language):
        raise typer.Exit(1)
    try:
        sentence, is_added = asyncio.run(bot.add_plan_file(settings_or_exit(HouseSettings), file, language_of(language)))
    except (SettingsError, bot.SlackOutOfReach) as error:
        stop(str(error))
    typer.echo(sentence)
    raise typer.Exit(0 if is_added else 1)


@plan_app.command("export")
def plan_export(
    key: Annotated[str, typer.Argument(help="The launch: the key of its plan.")],
    file: Annotated[Path | None, typer.Option("-o", "--output", dir_okay=False, help="Where to write it; default: the terminal.")] = None,
    language: InLanguage = None,
) -> None:
    """Print the file of a plan as it is kept, with every comment and with what was changed on the day."""
    import asyncio

    from bot import main as bot
    from bot.settings import HouseSettings
    from bot.views.locale import Reader, load_catalogues

    load_catalogues()
    spoken = language_of(language)
    text, is_kept = asyncio.run(bot.plan_file(settings_or_exit(HouseSettings), key, spoken))
    if not is_kept:
        stop(text)
    if file is None:
        typer.echo(text.encode(), nl=False)
        return
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        stop(str(error))
    typer.echo(Reader(spoken, "UTC")._("The plan of {key} is in {file} now.").format(key=key, file=file))


@app.command("do")
def do_(
    key: Annotated[str, typer.Argument(help="The launch: the key of its plan.")],
    words: Annotated[list[str] | None, typer.Argument(help="As after /launch, and the buttons; `do KEY help` lists them.")] = None,
    person: Annotated[str | None, typer.Option("--as", help="In whose name: a key, a name or a mail of the plan.")] = None,
    language: InLanguage = None,
) -> None:
    """Look at a launch, or act in it for a person, without Slack. The bot may be running or not."""
    import asyncio

    from bot.doing import do
    from bot.settings import HouseSettings

    text, is_done = asyncio.run(do(settings_or_exit(HouseSettings), key, words or [], person, language_of(language)))
    typer.echo(text)
    raise typer.Exit(0 if is_done else 1)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to this version's schema."""
    from bot.settings import HouseSettings
    from storage.database import open_engine, revision, upgrade

    settings = settings_or_exit(HouseSettings)
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database, settings.synchronous)
    typer.echo(f"{settings.database}: {'upgraded to' if upgrade(engine) else 'already at'} {revision(engine)}")


def told(file: Path, language: str | None) -> bool:
    """Print what was found in a plan; whether it can be used."""
    from bot.plans import read_file, sentences
    from bot.views.locale import Reader, load_catalogues

    load_catalogues()
    reader = Reader(language_of(language), "UTC")
    _, read = read_file(file)
    for line in sentences(read, reader):
        typer.echo(line)
    if read.plan:
        usable = reader._("{file} can be used: {people} people, {checkpoints} checkpoints.")
        typer.echo(usable.format(file=file.name, people=len(read.plan.people), checkpoints=len(read.plan.checkpoints)))
    return read.plan is not None


def language_of(option: str | None) -> "Language":
    """The language to answer in: the option, else the setting."""
    from bot.settings import HouseSettings

    return "fr" if (option or settings_or_exit(HouseSettings).language) == "fr" else "en"


def settings_or_exit(shape: "type[S]") -> "S":
    from bot.settings import SettingsError, read_settings

    try:
        return read_settings(shape)
    except SettingsError as error:
        stop(str(error))


def stop(sentence: str) -> NoReturn:
    """End with a sentence for the admin."""
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
