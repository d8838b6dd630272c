/** Slack's emoji short names that a launch room uses, as characters; an unknown name stays as it was typed. */

const NAMES = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_down: "⬇️", arrow_forward: "▶️", arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️",
  arrows_counterclockwise: "🔄", back: "🔙", ballot_box_with_check: "☑️", bar_chart: "📊", bell: "🔔", black_circle: "⚫", black_large_square: "⬛",
  black_square_for_stop: "⏹️", blue_circle: "🔵", boom: "💥", bookmark: "🔖", bulb: "💡", calendar: "📅", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", checkered_flag: "🏁", clap: "👏", clipboard: "📋", clock1: "🕐", clock3: "🕒", closed_book: "📕",
  construction: "🚧", dart: "🎯", double_vertical_bar: "⏸️", email: "📧", exclamation: "❗", eyes: "👀", fast_forward: "⏩", fire: "🔥",
  first_quarter_moon: "🌓", gear: "⚙️", ghost: "👻", globe_with_meridians: "🌐", grey_question: "❔", hammer_and_wrench: "🛠️", hand: "✋",
  handshake: "🤝", heavy_check_mark: "✔️", heavy_minus_sign: "➖", heavy_multiplication_x: "✖️", heavy_plus_sign: "➕", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", information_source: "ℹ️", key: "🔑", large_blue_circle: "🔵", large_green_circle: "🟢", large_green_square: "🟩",
  large_orange_circle: "🟠", large_red_square: "🟥", large_yellow_circle: "🟡", leftwards_arrow_with_hook: "↩️", link: "🔗", lock: "🔒",
  loudspeaker: "📢", mag: "🔍", mailbox: "📫", mega: "📣", memo: "📝", mute: "🔇", new: "🆕", no_bell: "🔕", no_entry: "⛔", no_entry_sign: "🚫",
  octagonal_sign: "🛑", ok: "🆗", ok_hand: "👌", package: "📦", page_facing_up: "📄", pager: "📟", paperclip: "📎", pencil: "📝", pencil2: "✏️",
  phone: "☎️", pray: "🙏", pushpin: "📌", question: "❓", raised_hand: "✋", raising_hand: "🙋", recycle: "♻️", red_circle: "🔴", repeat: "🔁",
  rewind: "⏪", robot_face: "🤖", rocket: "🚀", rotating_light: "🚨", round_pushpin: "📍", satellite: "🛰️", satellite_antenna: "📡", scroll: "📜",
  seedling: "🌱", shield: "🛡️", sleeping: "😴", slightly_smiling_face: "🙂", smile: "😄", sos: "🆘", sparkles: "✨", speech_balloon: "💬",
  star: "⭐", stopwatch: "⏱️", studio_microphone: "🎙️", tada: "🎉", telephone_receiver: "📞", thinking_face: "🤔", thumbsdown: "👎",
  thumbsup: "👍", timer_clock: "⏲️", traffic_light: "🚦", triangular_flag_on_post: "🚩", unlock: "🔓", vertical_traffic_light: "🚦", warning: "⚠️",
  wave: "👋", white_check_mark: "✅", white_circle: "⚪", white_large_square: "⬜", wrench: "🔧", x: "❌", zap: "⚡", zzz: "💤",
};

export const emoji = (name) => NAMES[name.split("::")[0]] ?? `:${name}:`;
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => NAMES[name] ?? whole);
