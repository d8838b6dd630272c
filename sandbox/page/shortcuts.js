/** The app's shortcuts: those of a message and those of everywhere. */
import { act } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menus.js";
import { page } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const offered = (type) => (page.world.shortcuts ?? []).filter((one) => one.type === type);

/** "More actions" of a message; `source` is {channel, messageTs}. */
export const messageShortcuts = (source) => shortcuts("message", source, "more", t("message.more"));
export const globalShortcuts = () => shortcuts("global", {}, "bolt", t("composer.shortcuts"));

function shortcuts(type, source, sign, name) {
  const found = offered(type);
  const item = (one) => el("button.menu-item", { onclick: () => call(one, source) }, one.name, el("small", {}, page.world.bot.name));
  return found.length > 0 && el(`div.shortcuts`, {}, menu(icon(sign), found.map(item), { key: `shortcuts|${type}`, name, look: "quiet" }));
}

async function call({ callback_id }, source) {
  const answer = await act(`shortcut|${callback_id}`, "shortcut", { user: page.me, callback_id, ...source });
  if (answer?.acked === false && !source.messageTs) toast(t("toast.no_answer"));
}
