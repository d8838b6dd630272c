/** Puts the page together: one redraw for every change, one clock tick, and the keyboard's and mouse's common manners. */
import { follow } from "./api.js";
import { drawConversation } from "./conversation.js";
import { waitingFor } from "./marks.js";
import { drawModal } from "./modal.js";
import { drawPeople, tickPeople } from "./people.js";
import { drawPlaces } from "./places.js";
import { changed, go, onChange, page, people, readAddress, viewer } from "./state.js";
import { drawThread } from "./thread.js";
import { drawTopbar, tickClock } from "./topbar.js";
import { language, t } from "./words.js";

const TICK_MS = 250;
const REDRAW_MS = 15_000; // dates such as "today" and moments that have passed

function draw() {
  if (!page.world) return;
  if (!viewer()) {
    chooseSomebody();
    return;
  }
  document.documentElement.lang = language();
  document.title = t("app.title");
  document.getElementById("skip").textContent = t("app.skip");
  document.getElementById("people").setAttribute("aria-label", t("people.title"));
  document.getElementById("places").setAttribute("aria-label", t("places.title"));
  drawConversation();
  drawThread();
  const waits = new Map(people().map(({ id }) => [id, waitingFor(id)]));
  drawTopbar(waits);
  drawPlaces();
  drawPeople(waits);
  drawModal();
  document.body.classList.add("ready");
}

/** At first: whoever something waits for, else the workspace's admin, else the first of the list. */
function chooseSomebody() {
  const all = people();
  const first = all.find(({ id }) => waitingFor(id).asks) ?? all.find((one) => one.is_admin) ?? all[0];
  if (first) go({ me: first.id });
}

function tick() {
  if (!page.world || !viewer()) return;
  tickClock();
  tickPeople();
}

/** A menu closes when one chooses from it, clicks or moves elsewhere, or presses Escape. */
function closeMenus(event) {
  const isChosen = event.type === "click" && event.target.closest(".menu-item");
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const isElsewhere = event.type !== "keydown" && !menu.contains(event.target);
    if (isChosen || isElsewhere || event.key === "Escape") menu.removeAttribute("open");
  }
}

document.getElementById("loading").textContent = t("app.loading");
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("conversation").focus();
});
document.getElementById("scrim").addEventListener("click", () => document.body.classList.remove("drawer-open"));
for (const kind of ["click", "focusin", "keydown"]) document.addEventListener(kind, closeMenus);
document.addEventListener("visibilitychange", changed);
window.addEventListener("hashchange", readAddress);
onChange(draw);
readAddress();
setInterval(tick, TICK_MS);
setInterval(changed, REDRAW_MS);
follow();
