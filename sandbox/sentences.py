"""What Slack itself says to a person, in English or French after the person's locale."""
from sandbox.people import User

WORDS = {
    "failed": ("{what} failed with the error “{error}”.", "{what} a échoué avec l’erreur « {error} »."),
    "this_action": ("This action", "Cette action"),
    "required": ("Please complete this required field.", "Veuillez remplir ce champ obligatoire."),
    "too_short": ("At least {number} characters are needed here.", "Il faut ici au moins {number} caractères."),
    "too_long": ("At most {number} characters fit here.", "Il faut ici au plus {number} caractères."),
    "no_view": ("No modal is open for {name}.", "Aucune fenêtre n’est ouverte pour {name}."),
    "no_command": ("{command} is not a valid command here. There is {commands}.",
                   "{command} n’est pas une commande ici. Il y a {commands}."),
    "no_thread_command": ("Slash commands cannot be used in threads.", "Les commandes ne s’utilisent pas dans un fil de discussion."),
    "archived": ("#{channel} is archived: nothing can be posted there.", "#{channel} est archivé : on ne peut plus y écrire."),
    "not_member": ("{name} is not in #{channel} and cannot write there.", "{name} n’est pas dans #{channel} et ne peut pas y écrire."),
    "empty": ("A message needs some text.", "Un message a besoin d’un texte."),
}


def say(reader: User, key: str, **values: object) -> str:
    english, french = WORDS[key]
    return (french if reader.locale.startswith("fr") else english).format(**values)
