"""Files: uploaded by a person, handed to the bot by a form, downloaded with its token and by nobody else."""

import io
import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.files import MOST_BYTES
from sandbox.limits import check_message, check_view
from sandbox.standin import StandIn

from .conftest import Bot, Desk

PLAN = "launch: Rosetta\nzone: Europe/Paris\n"


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def upload(**more: object) -> dict:
    element = {"type": "file_input", "action_id": "file", "filetypes": ["yaml", "yml"], "max_files": 1, **more}
    return {
        "type": "modal",
        "callback_id": "plan",
        "title": plain("Add a plan"),
        "submit": plain("Check"),
        "blocks": [{"type": "input", "block_id": "plan", "label": plain("The plan"), "element": element}],
    }


async def opened(web: AsyncWebClient, desk: Desk, bot: Bot, user: str, view: dict) -> None:
    await desk("shortcut", user=user, callback_id="menu")
    await web.views_open(trigger_id=bot.payloads("shortcut")[-1]["trigger_id"], view=view)


async def submitted(web: AsyncWebClient, desk: Desk, bot: Bot, user: str) -> dict:
    """The file as the bot was told of it."""
    file = (await desk("files", user=user, name="plan.yaml", content=PLAN))["file"]
    await opened(web, desk, bot, user, upload())
    assert (await desk("submit", user=user, values={"file": [file["id"]]}))["closed"]
    return bot.payloads("view_submission")[-1]["view"]["state"]["values"]["plan"]["file"]["files"][0]


async def refused(call) -> dict:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response.data


async def test_a_form_hands_the_bot_the_file(
    web: AsyncWebClient, desk: Desk, bot: Bot, http: aiohttp.ClientSession, slack: StandIn, ids: dict[str, str]
):
    file = await submitted(web, desk, bot, ids["ada"])
    assert (file["name"], file["size"], file["filetype"], file["mimetype"], file["mode"], file["user"]) == (
        "plan.yaml",
        len(PLAN),
        "yaml",
        "text/plain",
        "snippet",
        ids["ada"],
    )
    assert file["url_private_download"] == f"{slack.url}/files-pri/T0SANDBOX-{file['id']}/download/plan.yaml"
    headers = {"Authorization": f"Bearer {slack.tokens.bot}"}
    for url in (file["url_private_download"], file["url_private"]):
        async with http.get(url, headers=headers) as answer:
            assert (answer.status, await answer.text()) == (200, PLAN)
    told = await web.files_info(file=file["id"])
    assert (told["file"], told["content"]) == (file, PLAN)
    kept = {"id": file["id"], "name": "plan.yaml", "size": len(PLAN), "user": ids["ada"]}
    assert (await desk.read("state"))["files"] == {file["id"]: kept}


@pytest.mark.parametrize("token", ["", "Bearer xoxb-somebody", "Bearer xapp-sandbox-app"])
async def test_without_the_right_token_slack_answers_with_its_page_to_sign_in(
    web: AsyncWebClient, desk: Desk, bot: Bot, http: aiohttp.ClientSession, ids: dict[str, str], token: str
):
    url = (await submitted(web, desk, bot, ids["ada"]))["url_private_download"]
    async with http.get(url, headers={"Authorization": token}, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["x-slack-meta"], answer.headers["location"][:14]) == (302, "?;acl_fail", "/signin?redir=")
    async with http.get(url, headers={"Authorization": token}) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")


async def test_the_scope_is_asked_for_everywhere(
    web: AsyncWebClient, desk: Desk, bot: Bot, http: aiohttp.ClientSession, slack: StandIn, ids: dict[str, str]
):
    file = await submitted(web, desk, bot, ids["ada"])
    await desk("fault", kind="missing_scope", scope="files:read")
    async with http.get(file["url_private"], headers={"Authorization": f"Bearer {slack.tokens.bot}"}) as answer:
        assert answer.content_type == "text/html"
    await desk("shortcut", user=ids["ada"], callback_id="menu")
    for call in (web.files_info(file=file["id"]), web.views_open(trigger_id=bot.payloads("shortcut")[-1]["trigger_id"], view=upload())):
        no = await refused(call)
        assert (no["error"], no["needed"]) == ("missing_scope", "files:read")


async def test_what_slack_itself_does_not_take_in_a_form(web: AsyncWebClient, desk: Desk, bot: Bot, slack: StandIn, ids: dict[str, str]):
    names = ("plan.yaml", "PLAN.YML", "plan.pdf")
    yaml, yml, pdf = [(await desk("files", user=ids["bob"], name=name, content="x"))["file"]["id"] for name in names]
    await opened(web, desk, bot, ids["bob"], upload())
    for given, error in (
        ([], "Please complete this required field."),
        ([yaml, yml], "Too many files: the limit here is 1."),
        ([pdf], "Only these types of file are taken here: yaml, yml."),
    ):
        assert (await desk("submit", user=ids["bob"], values={"file": given}))["errors"] == {"plan": error}
    status, answer = await desk.raw("submit", user=ids["bob"], values={"file": ["F0GONE"]})
    assert (status, answer["error"]) == (400, "bob has uploaded no file 'F0GONE'; POST /_control/files gives the id of one")
    assert (await desk.raw("submit", user=ids["bob"], values={"file": yaml}))[0] == 400
    assert (await refused(web.files_info(file=yaml)))["error"] == "file_not_found"  # it was never submitted
    assert (await desk("submit", user=ids["bob"], values={"file": [yml]}))["closed"]
    assert (await web.files_info(file=yml))["file"]["name"] == "PLAN.YML"


async def test_a_form_that_comes_back_keeps_its_file(web: AsyncWebClient, desk: Desk, bot: Bot, ids: dict[str, str]):
    bot.answer = lambda request: (
        {"response_action": "errors", "errors": {"plan": "Line 2: no such role."}} if request.payload["type"] == "view_submission" else None
    )
    file = (await desk("files", user=ids["ada"], name="plan.yaml", content=PLAN))["file"]["id"]
    await opened(web, desk, bot, ids["ada"], upload())
    await desk("submit", user=ids["ada"], values={"file": [file]})
    assert (await desk("submit", user=ids["ada"], values={}))["errors"] == {"plan": "Line 2: no such role."}
    first, again = [told["view"]["state"]["values"]["plan"]["file"]["files"] for told in bot.payloads("view_submission")]
    assert first == again
    assert first[0]["id"] == file


async def test_a_file_has_a_size_a_name_and_a_content(desk: Desk, http: aiohttp.ClientSession, slack: StandIn):
    for body, sentence in (
        ({"name": "empty.yaml", "content": ""}, "content is needed, as a text"),
        ({"content": "x"}, "name is needed, as a text"),
    ):
        assert await desk.raw("files", user="ada", **body) == (400, {"ok": False, "error": sentence})
    big = io.BytesIO(json.dumps({"user": "ada", "name": "big.yaml", "content": "x" * (MOST_BYTES + 1)}).encode())
    async with http.post(f"{slack.url}/_control/files", data=big) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "big.yaml est trop gros : un fichier fait au plus 10 Mo.")


@pytest.mark.parametrize(
    ("element", "finding"),
    [
        ({"max_files": 11}, "must be less than or equal to 10 [json-pointer:/view/blocks/0/element/max_files]"),
        ({"max_files": 0}, "must be greater than or equal to 1 [json-pointer:/view/blocks/0/element/max_files]"),
        ({"max_files": "2"}, "must be an integer [json-pointer:/view/blocks/0/element/max_files]"),
        ({"filetypes": []}, "must be more than 0 items [json-pointer:/view/blocks/0/element/filetypes]"),
        ({"placeholder": plain("x")}, "invalid additional property: placeholder [json-pointer:/view/blocks/0/element]"),
    ],
)
def test_the_element_has_its_own_limits(element: dict, finding: str):
    with pytest.raises(Exception, match="invalid_arguments") as no:
        check_view(upload(**element), "modal")
    assert no.value.more["errors"] == [finding]


def test_files_are_asked_for_in_modals_only():
    with pytest.raises(Exception, match="invalid_blocks"):
        check_message(upload()["blocks"])
    with pytest.raises(Exception, match="invalid_arguments"):
        check_view({"type": "home", "blocks": upload()["blocks"]}, "home")


async def test_a_download_can_go_wrong_like_every_call(
    web: AsyncWebClient, desk: Desk, bot: Bot, http: aiohttp.ClientSession, slack: StandIn, ids: dict[str, str]
):
    url = (await submitted(web, desk, bot, ids["ada"]))["url_private_download"]
    await desk("fault", kind="status", method="url_private", status=503)
    for status in (503, 200):
        async with http.get(url, headers={"Authorization": f"Bearer {slack.tokens.bot}"}) as answer:
            assert answer.status == status
