/** Where the chosen person can look: Home, the bot's private messages, channels. */
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import { unreadIn } from "./marks.js";
import { face } from "./message.js";
import { moon, outside, roomSign, standing } from "./signs.js";
import { botDm, go, nameOf, otherRooms, page, roomsOf, viewer } from "./state.js";
import { count, t } from "./words.js";

export function drawPlaces() {
  const dm = botDm(page.me);
  const rooms = roomsOf(page.me);
  const others = otherRooms(page.me);
  fill(document.getElementById("places"),
    el("div.looking-as", {}, face(page.me, nameOf(page.me)), el("div", {},
      el("strong", {}, nameOf(page.me)), moon(viewer()), el("div.standing", {}, standing(viewer(), false)))),
    el("div.scroll", {},
      group("app", t("places.app"), [
        place("home", [icon("home"), t("places.home")], 0),
        place("bot", [icon("bot"), t("places.dm")], dm ? unreadIn(dm.id, page.me) : 0),
      ]),
      group("rooms", t("places.channels"), rooms.length ? rooms.map(room) : [el("li.muted", {}, t("places.no_channels"))]),
      others.length > 0 && group("others", t("places.public"), others.map((one) => place(one.id, labelOf(one), 0)))));
}

const group = (key, title, items) => el("section", { key }, el("h3", {}, title), el("ul", {}, items));
const labelOf = (one) => [roomSign(one), el("span", {}, one.name), outside(one)];
const room = (one) => place(one.id, labelOf(one), unreadIn(one.id, page.me));

function place(id, label, unread) {
  const isHere = page.place === id;
  const what = `button.place${isHere ? ".place-here" : ""}${unread ? ".place-unread" : ""}`;
  return el("li", { key: id }, el(what, { "aria-current": isHere && "page", onclick: () => go({ place: id }) }, label,
    unread > 0 && el("span.badge", { role: "img", "aria-label": count("places.unread", unread) }, unread)));
}
