/** The few line drawings of the page. */
import { svg } from "./dom.js";

const PATHS = {
  hash: ["M7.5 3 6 17", "M14 3l-1.5 14", "M3.5 7.5h13.5", "M3 12.5h13.5"],
  lock: ["M5 9h10v8H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  home: ["M3 9.5 10 4l7 5.5", "M5 8.5V16h10V8.5"],
  bot: ["M4 8h12v8H4z", "M10 8V4.5", "M8 4h4", "M7.5 11.5v1", "M12.5 11.5v1"],
  thread: ["M3 4h14v9H9l-4 3.5V13H3z"],
  pin: ["M7 3h6l-1 5 3 3H5l3-3z", "M10 11v6"],
  bookmark: ["M6 3h8v14l-4-3-4 3z"],
  menu: ["M3 5.5h14", "M3 10h14", "M3 14.5h14"],
  close: ["M5 5l10 10", "M15 5 5 15"],
  send: ["M3 10 17 4l-4 13-3.5-5z", "M9.5 12 17 4"],
  slash: ["M3 3h14v14H3z", "M12 6 8 14"],
  pause: ["M7 4.5v11", "M13 4.5v11"],
  more: ["M4.5 10h.01", "M10 10h.01", "M15.5 10h.01"],
  down: ["M5 8l5 5 5-5"],
  search: ["M8.5 3.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10z", "M12.5 12.5 17 17"],
  people: ["M7 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "M1.5 17c0-3.5 2.5-5 5.5-5s5.5 1.5 5.5 5", "M13 4a3 3 0 0 1 0 5.5", "M15 12.5c2.2.6 3.5 2 3.5 4.5"],
  pen: ["M4 16l1-4 8-8 3 3-8 8z"],
  warn: ["M10 3 18 17H2z", "M10 8v4", "M10 14.5h.01"],
};

export const icon = (name) => svg(PATHS[name], `icon icon-${name}`);
