"""What Slack itself says to a person, in English or French after the person's locale."""
from sandbox.people import User

WORDS = {
    "failed": ("{what} failed with the error “{error}”.", "{what} a échoué avec l’erreur « {error} »."),
    "this_action": ("This action", "Cette action"),
    "required": ("Please complete this required field.", "Veuillez remplir ce champ obligatoire."),
    "too_short": ("At least {limit} characters are needed here.", "Il faut ici au moins {limit} caractères."),
    "too_long": ("At most {limit} characters fit here.", "Il faut ici au plus {limit} caractères."),
    "no_number": ("Enter a number.", "Saisissez un nombre."),
    "no_whole_number": ("Enter a whole number.", "Saisissez un nombre entier."),
    "too_low": ("The least that is taken here is {limit}.", "Le plus petit nombre accepté ici est {limit}."),
    "too_high": ("The most that is taken here is {limit}.", "Le plus grand nombre accepté ici est {limit}."),
    "no_email": ("Enter a valid email address.", "Saisissez une adresse électronique valide."),
    "no_url": ("Enter a valid link, such as https://example.com.", "Saisissez un lien valide, comme https://example.com."),
    "too_many_files": ("Too many files: the limit here is {limit}.", "Trop de fichiers : la limite est ici de {limit}."),
    "wrong_filetype": ("Only these types of file are taken here: {limit}.", "Seuls ces types de fichiers sont acceptés ici : {limit}."),
    "file_too_large": ("{name} is too large: a file may have 10 MB at most.", "{name} est trop gros : un fichier fait au plus 10 Mo."),
    "no_view": ("No modal is open for {name}.", "Aucune fenêtre n’est ouverte pour {name}."),
    "no_command": ("{command} is not a valid command here. There is {commands}.",
                   "{command} n’est pas une commande ici. Il y a {commands}."),
    "no_thread_command": ("Slash commands cannot be used in threads.", "Les commandes ne s’utilisent pas dans un fil de discussion."),
    "archived": ("#{channel} is archived: nothing can be posted there.", "#{channel} est archivé : on ne peut plus y écrire."),
    "not_member": ("{name} is not in #{channel} and cannot write there.", "{name} n’est pas dans #{channel} et ne peut pas y écrire."),
    "not_reader": ("{name} is not in #{channel} and cannot read it.", "{name} n’est pas dans #{channel} et ne peut pas le lire."),
    "empty": ("A message needs some text.", "Un message a besoin d’un texte."),
}


def say(reader: User, key: str, **values: object) -> str:
    english, french = WORDS[key]
    return (french if reader.locale.startswith("fr") else english).format(**values)
