"""Which of the app's granted scopes each method needs, by the kind of conversation it is used on."""
from collections.abc import Iterable

from sandbox.errors import SlackError
from sandbox.faults import Faults
from sandbox.manifest import Manifest

ANY = "any"
ByKind = dict[str, tuple[str, ...]]
READ: ByKind = {"public": ("channels:read",), "private": ("groups:read",), "im": ("im:read",), "mpim": ("mpim:read",)}
HISTORY: ByKind = {"public": ("channels:history",), "private": ("groups:history",), "im": ("im:history",), "mpim": ("mpim:history",)}
MANAGE: ByKind = {"public": ("channels:manage",), "private": ("groups:write",)}
INVITE: ByKind = {"public": ("channels:manage", "channels:write.invites"), "private": ("groups:write", "groups:write.invites")}
TOPIC: ByKind = {"public": ("channels:manage", "channels:write.topic"), "private": ("groups:write", "groups:write.topic"),
                 "im": ("im:write", "im:write.topic")}

# method -> kind of conversation -> scopes of which one is enough; ANY stands for all kinds; a method not named needs none
NEEDED: dict[str, ByKind] = {
    "team.info": {ANY: ("team:read",)},
    "bots.info": {ANY: ("users:read",)},
    "users.info": {ANY: ("users:read",)},
    "users.list": {ANY: ("users:read",)},
    "users.lookupByEmail": {ANY: ("users:read.email",)},
    "conversations.create": MANAGE,
    "conversations.info": READ,
    "conversations.list": READ,
    "conversations.members": READ,
    "conversations.invite": INVITE,
    "conversations.join": {"public": ("channels:join",)},
    "conversations.open": {"im": ("im:write",), "mpim": ("mpim:write",)},
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "conversations.setTopic": TOPIC,
    "conversations.setPurpose": TOPIC,
    "conversations.archive": MANAGE,
    "conversations.rename": MANAGE,
    "conversations.kick": MANAGE,
    "conversations.leave": MANAGE,
    "users.conversations": READ,
    "dnd.info": {ANY: ("dnd:read",)},
    "dnd.teamInfo": {ANY: ("dnd:read",)},
    "files.info": {ANY: ("files:read",)},
    "chat.postMessage": {ANY: ("chat:write",)},
    "chat.update": {ANY: ("chat:write",)},
    "chat.delete": {ANY: ("chat:write",)},
    "chat.postEphemeral": {ANY: ("chat:write",)},
    "pins.add": {ANY: ("pins:write",)},
    "pins.remove": {ANY: ("pins:write",)},
    "pins.list": {ANY: ("pins:read",)},
    "bookmarks.add": {ANY: ("bookmarks:write",)},
    "bookmarks.edit": {ANY: ("bookmarks:write",)},
    "bookmarks.remove": {ANY: ("bookmarks:write",)},
    "bookmarks.list": {ANY: ("bookmarks:read",)},
    "reactions.add": {ANY: ("reactions:write",)},
}


class Scopes:
    """The scopes of the bot's token: those of the manifest less those taken away by a fault."""

    def __init__(self, manifest: Manifest, faults: Faults) -> None:
        self.granted, self._faults = manifest.scopes, faults

    def has(self, scope: str) -> bool:
        return scope not in self._faults.taken_scopes() and (self.granted is None or scope in self.granted)

    def provided(self) -> str:
        known = {scope for kinds in NEEDED.values() for any_of in kinds.values() for scope in any_of}
        return ",".join(sorted(scope for scope in (known if self.granted is None else self.granted) if self.has(scope)))

    def require(self, method: str, kinds: Iterable[str]) -> None:
        """`kinds` of the conversations in question; empty when they cannot be seen, and any kind's scope is enough.

        Raises SlackError missing_scope."""
        needed = NEEDED.get(method, {})
        every = tuple(scope for any_of in needed.values() for scope in any_of)
        for kind in (ANY,) if ANY in needed else tuple(kinds) or (ANY,):
            self._one_of(needed.get(kind, every))

    def _one_of(self, scopes: tuple[str, ...]) -> None:
        if scopes and not any(self.has(scope) for scope in scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=self.provided())
