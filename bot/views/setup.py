"""What the app is set up with, named for whoever runs the bot: its tokens, and its scopes by what does not work without each."""

from bot.views.locale import Reader


def kinds(reader: Reader) -> dict[str, str]:
    """What stands in the place of a token."""
    return {
        "bot": reader._("a bot token (xoxb-…)"),
        "app": reader._("an app-level token (xapp-…)"),
        "user": reader._("a user token (xoxp-…), with which the bot would act as a person"),
        "configuration": reader._("a configuration token (xoxe.…), which only makes apps"),
        "refresh": reader._("a refresh token (xoxe-…), with which nothing can be called"),
        "unknown": reader._("no token of Slack's"),
    }


def token(name: str, reader: Reader) -> str:
    """Which token belongs under a setting's name, and where it stands."""
    if name == "SLACK_APP_TOKEN":
        return reader._("the app-level token (xapp-…) with connections:write, from the app's page Basic Information")
    return reader._("the Bot User OAuth Token (xoxb-…), from the app's page OAuth & Permissions")


def losses(reader: Reader) -> dict[str, str]:
    """What each scope of the manifest is wanted for, as what does not work without it."""
    _ = reader._
    return {
        "chat:write": _("the bot can say nothing at all."),
        "commands": _("there are neither /launch nor the shortcuts."),
        "channels:manage": _("no public room can be made, and nobody invited into one."),
        "channels:read": _("a public room whose making was interrupted is not found again."),
        "channels:history": _("a message whose outcome is unknown is not looked for in public rooms, and may come twice."),
        "groups:write": _("no private room can be made, and nobody invited into one."),
        "groups:read": _("a private room whose making was interrupted is not found again."),
        "groups:history": _("a message whose outcome is unknown is not looked for in private rooms, and may come twice."),
        "users:read": _("people of the plan are not recognised, and accounts that were closed go unnoticed."),
        "users:read.email": _("people whom the plan names only by their mail address are not found."),
        "im:read": _("a private message whose outcome is unknown is not looked for, and may come twice."),
        "im:history": _("a private message whose outcome is unknown is not looked for, and may come twice."),
        "bookmarks:read": _("a bookmark whose outcome is unknown is not looked for, and may be there twice."),
        "bookmarks:write": _("the board will not be among the bookmarks of the room."),
        "pins:write": _("the board will not be pinned."),
        "files:read": _("a plan cannot be handed over as a file in Slack."),
        "channels:join": _("the bot cannot join a public channel by itself: before an update can appear there, invite it."),
    }
