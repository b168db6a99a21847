"""French: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(
        rf"\b(?:[Jj]e suis|[Jj]e m'appelle|[Mm]on nom est|[Mm]oi,? c'est|[Ii]ci) (?:votre hôte,? )?{NAME}",
        rf"\b[Aa]u micro,? {NAME}",
    ),
    other=(
        rf"\b(?:[Mm]on|[Nn]otre) (?:invitée?)(?: du jour| aujourd'hui)?,? (?:est|c'est) {NAME}",
        rf"\b(?:[Aa]vec|[Aa]uprès de) moi(?: aujourd'hui)?,? {NAME}",
        rf"\b(?:[Jj]e|[Nn]ous) (?:parle|parlons|discute|discutons|reçois|recevons|accueille|accueillons)"
        rf"(?: aujourd'hui)?(?: avec)? {NAME}",
        rf"\b[Bb]ienvenue à {NAME}",
    ),
    address=(
        rf"\b(?:[Mm]erci(?: beaucoup| infiniment)?|[Bb]onjour|[Bb]onsoir|[Ss]alut"
        rf"|[Bb]ienvenue),? {NAME}[,.!?]",
        rf"(?:d'être là|d'être avec nous|de votre présence|de m'avoir invitée?"
        rf"|de nous recevoir),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?:merci|bonjour|bonsoir|qu'est-ce|comment|pourquoi|où|quand)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!et\b|qui\b|le\b|la\b|un\b|une\b)",),
    greetings=("bonjour", "bonsoir", "salut", "bienvenue", "mon nom", "je m'appelle"),
    opening=("bienvenue dans", "bienvenue sur", "bienvenue à", "vous écoutez", "bonjour à tous"),
    closing=(
        "merci d'avoir écouté",
        "à la prochaine",
        "à bientôt",
        "merci de nous avoir écoutés",
        "au revoir",
    ),
    no_names=words(
        "Je Oui Non Bon Bien Alors Et Mais Donc Puis Oh Ah Eh Voilà Merci Bonjour Bonsoir Salut "
        "Bienvenue Quoi Comment Pourquoi Où Quand Qui Que Est Sont Le La Les Un Une Des Il Elle On Nous "
        "Vous Ils Elles Tu Ce Cette Ça Mon Ma Mes Notre Nos Votre Si Parce Aujourd Hier Demain Enfin "
        "Effectivement Absolument D'accord Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche Très Tout "
        "Tous Moi Toi Ici Là "
    ),
    no_lone_names=words(
        "Français Française Belge Suisse Allemand Allemande Anglais Anglaise Américain Américaine "
        "Italien Italienne Espagnol Espagnole Canadien Canadienne Québécois Québécoise Parisien "
        "Parisienne Européen Européenne Ingénieur Professeur Docteur Médecin Journaliste Chercheur "
        "Directeur Directrice Président Présidente "
    ),
    titles=words(
        "monsieur m madame mme mademoiselle docteur dr professeur pr maître président présidente "
        "ministre maire "
    ),
    no_person=words(
        "un deux trois quatre cinq six sept huit neuf dix cent mille okay ok messieurs mesdames dieu "
        "france belgique suisse europe amérique afrique asie allemagne italie espagne angleterre canada "
        "québec paris lyon marseille lille bordeaux toulouse nantes strasbourg genève bruxelles montréal "
        "londres berlin "
    ),
    things=words(
        "université école institut hôpital banque société journal radio télévision rue ville parti "
        "association fondation musée république inter "
    ),
    appositions=("une?", "le", "la"),
    joints=("et",),
    own_words=words("je j'ai moi me mon ma mes nous notre tu toi vous votre"),
)
