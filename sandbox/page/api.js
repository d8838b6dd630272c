/** Talking with the stand-in's desk: requests, and the workspace as it changes. */
import { learn } from "./clock.js";
import { noteWorld, restoreMarks } from "./marks.js";
import { notify } from "./pushes.js";
import { changed, page } from "./state.js";
import { toast } from "./toasts.js";
import { t } from "./words.js";

const RETRY_MS = 1000;

/** POSTs to the desk; the answer, or an Error that carries the desk's own sentence. */
async function post(path, body) {
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const sent = await fetch(`/_control/${path}`, request).catch(() => { throw new Error(t("toast.unreachable")); });
  const answer = await sent.json().catch(() => ({}));
  if (!sent.ok || answer.ok === false) throw new Error(answer.error || t("toast.refused", { status: sent.status }));
  return answer;
}

/** One action of a person: `key` shows as busy until the desk answers; a refusal becomes a toast and null. */
export async function act(key, path, body) {
  if (page.busy.has(key)) return null;
  page.busy.add(key);
  changed();
  try {
    return await post(path, body);
  } catch (error) {
    toast(error.message);
    return null;
  } finally {
    page.busy.delete(key);
    changed();
  }
}

/** Follows the workspace for as long as the page is open. */
export async function follow() {
  for (;;) {
    const world = await newer();
    if (world) {
      take(world);
    } else {
      page.isOffline = true;
      changed();
      await new Promise((resume) => setTimeout(resume, RETRY_MS));
    }
  }
}

/** The workspace once it is newer than what we have, or as it is after a loss; null when the stand-in does not answer. */
async function newer() {
  const since = page.isOffline || !page.world ? "" : `?since=${page.world.version}`;
  try {
    const answer = await fetch(`/_control/state${since}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function take(world) {
  const before = page.world;
  const isAnother = !before || world.version < before.version;
  learn(world, page.isOffline || isAnother);
  page.isOffline = false;
  page.world = world;
  if (isAnother) restoreMarks();
  else notify(before);
  noteWorld();
  changed();
}
