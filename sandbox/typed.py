"""What a person typed, as Slack passes it on: control characters escaped, names of people and channels turned into their ids."""
import re

from sandbox.workspace import Workspace

NAME = re.compile(r"(?<!\S)([@#])([\w.\-]+)")
LINK = re.compile(r"(?<!\S)https?://\S+")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(workspace: Workspace, text: str, with_names: bool = False) -> str:
    """`with_names` writes <@U…|name> and <#C…|name> as commands get them, else <@U…> and <#C…|name> as messages do."""
    people = {user.name: user for user in (*workspace.users.values(), workspace.bot)}

    def linked(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@" and (user := people.get(name)):
            return f"<@{user.id}|{user.name}>" if with_names else f"<@{user.id}>"
        channel = workspace.named(name) if sign == "#" else None
        return f"<#{channel.id}|{channel.name}>" if channel else match[0]

    return LINK.sub(lambda match: f"<{match[0]}>", NAME.sub(linked, escaped(text)))
