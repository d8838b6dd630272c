/** Every sentence of the page in English and French, side by side so that neither is forgotten. The table is plain JSON. */
const WORDS = {
  "app.title": {"en": "Stand-in workspace", "fr": "Espace de démonstration"},
  "app.skip": {"en": "Skip to the conversation", "fr": "Aller à la conversation"},
  "app.loading": {"en": "Opening the workspace…", "fr": "Ouverture de l’espace…"},
  "app.menu": {"en": "People and conversations", "fr": "Personnes et conversations"},
  "app.language": {"en": "Language of this page", "fr": "Langue de cette page"},
  "app.help": {"en": "How this works", "fr": "Mode d’emploi"},

  "clock.title": {"en": "Launch clock", "fr": "Horloge du lancement"},
  "clock.utc": {"en": "UTC", "fr": "UTC"},
  "clock.system": {"en": "The machine’s own time: it cannot be moved.", "fr": "Heure de la machine : elle ne peut pas être déplacée."},
  "clock.speed": {"en": "Speed of the clock", "fr": "Vitesse de l’horloge"},
  "clock.pause": {"en": "Pause", "fr": "Pause"},
  "clock.times": {"en": "{speed} times as fast", "fr": "{speed} fois plus vite"},
  "clock.real": {"en": "Real time", "fr": "Temps réel"},
  "clock.jump": {"en": "Jump", "fr": "Avancer"},
  "clock.minute": {"en": "+1 min", "fr": "+1 min"},
  "clock.ten": {"en": "+10 min", "fr": "+10 min"},
  "clock.hour": {"en": "+1 h", "fr": "+1 h"},
  "clock.moments": {"en": "Moments of this launch", "fr": "Moments de ce lancement"},
  "clock.past": {"en": "past", "fr": "passé"},
  "clock.to": {"en": "To a date and time ({zone})", "fr": "À une date et une heure ({zone})"},
  "clock.go": {"en": "Go", "fr": "Aller"},
  "clock.forward": {"en": "The clock only goes forward: choose a time after {now}.", "fr": "L’horloge ne fait qu’avancer : choisissez une heure après {now}."},

  "bot.connected.one": {"en": "Bot connected · {count} socket", "fr": "Bot connecté · {count} socket"},
  "bot.connected.other": {"en": "Bot connected · {count} sockets", "fr": "Bot connecté · {count} sockets"},
  "bot.absent": {"en": "Bot not connected", "fr": "Bot non connecté"},
  "bot.absent_long": {"en": "The bot is not connected: nobody answers commands or buttons until it is back.", "fr": "Le bot n’est pas connecté : personne ne répond aux commandes ni aux boutons jusqu’à son retour."},
  "bot.ended": {"en": "The bot’s process has ended (code {code}). Start the demo again.", "fr": "Le processus du bot s’est arrêté (code {code}). Relancez la démonstration."},
  "bot.offline": {"en": "Stand-in unreachable", "fr": "Espace injoignable"},
  "bot.offline_long": {"en": "This page has lost the stand-in workspace; what you see may be old. Trying again.", "fr": "Cette page a perdu l’espace de démonstration ; ce que vous voyez peut être ancien. Nouvel essai en cours."},
  "bot.faults": {"en": "Faults switched on: {kinds}", "fr": "Pannes simulées : {kinds}"},
  "bot.clear_faults": {"en": "Switch them off", "fr": "Les arrêter"},

  "people.title": {"en": "Look as", "fr": "Voir comme"},
  "people.search": {"en": "Find a name", "fr": "Chercher un nom"},
  "people.none": {"en": "Nobody by that name.", "fr": "Personne de ce nom."},
  "people.waiting": {"en": "To answer or to read", "fr": "À répondre ou à lire"},
  "people.everyone": {"en": "Everyone", "fr": "Tout le monde"},
  "people.guest": {"en": "guest", "fr": "invité·e"},
  "people.guest_one": {"en": "guest · 1 channel", "fr": "invité·e · 1 canal"},
  "people.dnd": {"en": "Do Not Disturb: messages come in silently", "fr": "Ne pas déranger : les messages arrivent en silence"},
  "people.gone": {"en": "deactivated", "fr": "désactivé·e"},
  "people.asks.one": {"en": "{count} question", "fr": "{count} question"},
  "people.asks.other": {"en": "{count} questions", "fr": "{count} questions"},
  "people.unread.one": {"en": "{count} unread", "fr": "{count} non lu"},
  "people.unread.other": {"en": "{count} unread", "fr": "{count} non lus"},
  "people.more": {"en": "{count} more: search to find them", "fr": "{count} de plus : cherchez leur nom"},

  "places.title": {"en": "Conversations", "fr": "Conversations"},
  "places.app": {"en": "The app", "fr": "L’application"},
  "places.home": {"en": "Home", "fr": "Accueil"},
  "places.messages": {"en": "Messages", "fr": "Messages"},
  "places.dm": {"en": "Private messages", "fr": "Messages privés"},
  "places.channels": {"en": "Channels", "fr": "Canaux"},
  "places.public": {"en": "Other public channels", "fr": "Autres canaux publics"},
  "places.no_channels": {"en": "None yet.", "fr": "Aucun pour l’instant."},
  "places.unread.one": {"en": "{count} unread", "fr": "{count} non lu"},
  "places.unread.other": {"en": "{count} unread", "fr": "{count} non lus"},

  "room.members.one": {"en": "{count} member", "fr": "{count} membre"},
  "room.members.other": {"en": "{count} members", "fr": "{count} membres"},
  "room.pinned.one": {"en": "{count} pinned", "fr": "{count} épinglé"},
  "room.pinned.other": {"en": "{count} pinned", "fr": "{count} épinglés"},
  "room.private_with": {"en": "Only {name} and the bot see this.", "fr": "Visible seulement par {name} et le bot."},
  "room.outside": {"en": "Shared with another organisation", "fr": "Partagé avec une autre organisation"},
  "room.archived": {"en": "This channel is archived.", "fr": "Ce canal est archivé."},
  "room.hidden": {"en": "{name} cannot see this conversation. Choose another one on the left, or look as somebody else.", "fr": "{name} ne peut pas voir cette conversation. Choisissez-en une autre à gauche, ou une autre personne."},
  "room.empty": {"en": "Nothing here yet.", "fr": "Rien ici pour l’instant."},
  "room.older": {"en": "Show earlier messages", "fr": "Afficher les messages précédents"},
  "room.new": {"en": "New", "fr": "Nouveau"},
  "room.to_newest": {"en": "New messages below", "fr": "Nouveaux messages plus bas"},
  "home.empty": {"en": "The app has not drawn a Home for {name} yet.", "fr": "L’application n’a pas encore dessiné l’accueil de {name}."},

  "line.joined.one": {"en": "{names} joined", "fr": "{names} a rejoint le canal"},
  "line.joined.other": {"en": "{names} joined", "fr": "{names} ont rejoint le canal"},
  "line.left.one": {"en": "{names} left", "fr": "{names} a quitté le canal"},
  "line.left.other": {"en": "{names} left", "fr": "{names} ont quitté le canal"},
  "line.others.one": {"en": "{count} other", "fr": "{count} autre"},
  "line.others.other": {"en": "{count} others", "fr": "{count} autres"},
  "line.topic": {"en": "{names} set the topic:", "fr": "{names} a défini le sujet :"},
  "line.purpose": {"en": "{names} set the description:", "fr": "{names} a défini la description :"},
  "line.renamed": {"en": "{names} renamed the channel to {name}", "fr": "{names} a renommé le canal en {name}"},
  "line.archived": {"en": "{names} archived the channel", "fr": "{names} a archivé le canal"},
  "line.pinned": {"en": "{names} pinned a message", "fr": "{names} a épinglé un message"},

  "message.app": {"en": "APP", "fr": "APPLI"},
  "message.edited": {"en": "(edited)", "fr": "(modifié)"},
  "message.pinned": {"en": "Pinned", "fr": "Épinglé"},
  "message.private": {"en": "Only visible to {name}", "fr": "Visible seulement par {name}"},
  "message.dismiss": {"en": "Dismiss", "fr": "Masquer"},
  "message.more": {"en": "More actions", "fr": "Autres actions"},
  "message.reply": {"en": "Reply in a thread", "fr": "Répondre dans un fil"},
  "message.replies.one": {"en": "{count} reply", "fr": "{count} réponse"},
  "message.replies.other": {"en": "{count} replies", "fr": "{count} réponses"},
  "message.new_replies": {"en": "{count} new", "fr": "{count} de plus"},
  "message.broadcast": {"en": "replied in a thread", "fr": "a répondu dans un fil"},
  "thread.title": {"en": "Thread", "fr": "Fil"},
  "thread.gone": {"en": "This thread is no longer there.", "fr": "Ce fil n’existe plus."},

  "composer.label": {"en": "Message to {place}", "fr": "Message à {place}"},
  "composer.thread": {"en": "Reply as {name}", "fr": "Répondre en tant que {name}"},
  "composer.placeholder": {"en": "Write as {name}, or / for a command", "fr": "Écrire en tant que {name}, ou / pour une commande"},
  "composer.send": {"en": "Send", "fr": "Envoyer"},
  "composer.commands": {"en": "Commands", "fr": "Commandes"},
  "composer.shortcuts": {"en": "Shortcuts", "fr": "Raccourcis"},
  "composer.no_thread_commands": {"en": "Slack takes no commands in threads. Type it in the conversation itself.", "fr": "Slack n’accepte pas de commande dans un fil. Tapez-la dans la conversation elle-même."},

  "block.choose": {"en": "Choose…", "fr": "Choisir…"},
  "block.more": {"en": "More actions", "fr": "Autres actions"},
  "block.zone": {"en": "{zone} time", "fr": "Heure de {zone}"},
  "block.unknown": {"en": "A part of kind “{kind}” is not drawn on this page.", "fr": "Un élément de type « {kind} » n’est pas dessiné sur cette page."},
  "confirm.yes": {"en": "Yes", "fr": "Oui"},
  "confirm.no": {"en": "Cancel", "fr": "Annuler"},

  "modal.close": {"en": "Cancel", "fr": "Annuler"},
  "modal.back": {"en": "Back", "fr": "Retour"},
  "modal.optional": {"en": "(optional)", "fr": "(facultatif)"},
  "modal.not_taken": {"en": "Slack would not take the app’s answer ({error}).", "fr": "Slack n’accepterait pas la réponse de l’application ({error})."},
  "modal.sample": {"en": "Insert an example", "fr": "Insérer un exemple"},
  "modal.sample_text": {"en": "Payment errors at 4 % in two shops; cause known, fix under way.", "fr": "Erreurs de paiement à 4 % dans deux magasins ; cause connue, correction en cours."},

  "files.choose": {"en": "Choose a file", "fr": "Choisir un fichier"},
  "files.choose_many": {"en": "Add files", "fr": "Ajouter des fichiers"},
  "files.remove": {"en": "Remove {name}", "fr": "Retirer {name}"},

  "guide.title": {"en": "See a launch through, as anyone in the company", "fr": "Vivez un lancement à la place de chacun"},
  "guide.person": {"en": "Choose a person on the left. You see what they see, at their local time.", "fr": "Choisissez une personne à gauche. Vous voyez ce qu’elle voit, à son heure locale."},
  "guide.command": {"en": "Open the launch menu and press what it offers.", "fr": "Ouvrez le menu du lancement et choisissez une action."},
  "guide.clock": {"en": "Let the launch clock run faster, or jump to the next moment, at the top.", "fr": "En haut, accélérez l’horloge du lancement ou avancez au prochain moment."},
  "guide.badge": {"en": "A badge beside a name says that something waits for that person: answer as them.", "fr": "Une pastille à côté d’un nom dit que quelque chose attend cette personne : répondez à sa place."},
  "guide.start": {"en": "Open the launch menu", "fr": "Ouvrir le menu du lancement"},

  "date.yesterday": {"en": "yesterday", "fr": "hier"},
  "date.today": {"en": "today", "fr": "aujourd’hui"},
  "date.tomorrow": {"en": "tomorrow", "fr": "demain"},
  "common.close": {"en": "Close", "fr": "Fermer"},
  "toast.unreachable": {"en": "The stand-in workspace does not answer.", "fr": "L’espace de démonstration ne répond pas."},
  "toast.no_answer": {"en": "The app did not answer within three seconds.", "fr": "L’application n’a pas répondu en trois secondes."},
  "toast.refused": {"en": "The stand-in refused (status {status}).", "fr": "L’espace de démonstration a refusé (code {status})."}
};

const STORE = "language";
let chosen = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(STORE) ?? navigator.language.slice(0, 2);
if (chosen !== "fr") chosen = "en";

export const language = () => chosen;
export const pageLocale = () => (chosen === "fr" ? "fr-FR" : "en-GB");

export function setLanguage(code) {
  chosen = code;
  localStorage.setItem(STORE, code);
}

/** The sentence `key` with {names} filled in; in another language than the page's when `code` is given. */
export function t(key, values = {}, code = chosen) {
  const sentence = WORDS[key][code] ?? WORDS[key].en;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The sentence for a number of things. */
export const count = (key, number, values = {}) => t(`${key}.${new Intl.PluralRules(chosen).select(number) === "one" ? "one" : "other"}`, { count: number, ...values });
