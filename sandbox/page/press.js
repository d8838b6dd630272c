/** What happens when a person uses a live part of a message, a modal or Home: confirm, wait, tell the bot. */
import { act } from "./api.js";
import { confirmed } from "./dialogs.js";
import { pressed } from "./marks.js";
import { page } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const actionOf = (block, element) => `${block.block_id}/${element.action_id}`;
const keyOf = (ctx, block, element, said) => [page.me, ctx.key, actionOf(block, element), JSON.stringify(said)].join("|");

export const isBusy = (ctx, block, element, said = {}) => page.busy.has(keyOf(ctx, block, element, said));

/** `ctx` is where the element stands: {key, source: {channel, messageTs} | {view}}; `said` is {value} or {selected}.
 *  Answers whether the bot took it. */
export async function press(ctx, block, element, said = {}) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const person = page.me;
  const order = { user: person, action: actionOf(block, element), ...ctx.source, ...said };
  const answer = await act(keyOf(ctx, block, element, said), "interact", order);
  if (answer?.acked === false && ctx.source.view) toast(t("toast.no_answer"));
  if (answer?.acked && ctx.source.messageTs) pressed(person, ctx.source.channel, ctx.source.messageTs);
  return Boolean(answer?.acked);
}
