/** The app's Home as the chosen person sees it, and the head it shares with the bot's private messages. */
import { act } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { go, nameOf, page } from "./state.js";
import { t } from "./words.js";

/** Slack tells the app each time somebody opens its Home. */
export const homeOpened = () => act(`home|${page.me}`, "open-home", { user: page.me });

export function home() {
  const view = page.world.homes[page.me];
  const ctx = { key: `home|${page.me}`, source: { view: "home" }, values: view?.state?.values };
  const isAwaited = page.busy.has(ctx.key);
  return [
    botHead(),
    el("div.home", { key: ctx.key }, el("div.home-sheet", {}, view ? drawBlocks(view.blocks, ctx)
      : !isAwaited && el("p.empty", {}, t("home.empty", { name: nameOf(page.me) })))),
  ];
}

export function botHead() {
  const tab = (place, words) => el("button.tab", { "aria-current": page.place === place && "page", onclick: () => go({ place }) }, words);
  return el("header.room-head.bot-head", { key: "head" },
    el("h1", {}, icon("bot"), page.world.bot.name, el("span.pill", {}, t("message.app"))),
    el("p.topic", {}, t("room.private_with", { name: nameOf(page.me) })),
    el("nav.tabs", { "aria-label": page.world.bot.name }, tab("home", t("places.home")), tab("bot", t("places.messages"))));
}
