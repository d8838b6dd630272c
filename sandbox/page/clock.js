/** Launch time on this page: told by the desk once, then counted here at the desk's speed. */
import { page } from "./state.js";

let lead = null; // seconds that the stand-in's monotonic clock is ahead of this page's

const here = () => performance.now() / 1000;

/** From the answer to a clock request sent at `asked` (seconds of `here()`): the file was written half-way of the journey. */
export function learn(clock, asked) {
  lead = clock.machine - (asked + here()) / 2;
  page.world.clock = clock;
}

export const moment = here;
const isKnown = () => lead !== null && Boolean(page.world?.clock);

/** Launch time now, in milliseconds since the epoch. Without a launch clock, the machine's own time. */
export function clockNow() {
  if (!isKnown()) return Date.now();
  const { launch, machine, speed } = page.world.clock;
  return Date.parse(launch) + (here() + lead - machine) * speed * 1000;
}
