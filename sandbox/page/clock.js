/** Launch time on this page: told by the desk with the workspace, then counted here at the desk's speed. */
import { page } from "./state.js";

let heard = null; // what the desk said, and when: {launch: ms since the epoch, at: ms of this page, setting}

/** Of an unchanged setting the first word stands, so that the figures never step back by a journey's length. */
export function learn({ clock, now }, isAnew) {
  const setting = JSON.stringify(clock);
  if (isAnew || heard?.setting !== setting) heard = { launch: Date.parse(now), at: performance.now(), setting };
}

/** Launch time now, in milliseconds since the epoch. Without a launch clock, the machine's own time. */
export function clockNow() {
  const clock = page.world?.clock;
  return clock ? heard.launch + (performance.now() - heard.at) * clock.speed : Date.now();
}
