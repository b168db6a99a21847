"""Italian: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(
        rf"\b(?:[Ss]ono|[Ii]o sono|[Mm]i chiamo|[Ii]l mio nome è) {NAME}",
        rf"\b[Aa]l microfono,? {NAME}",
    ),
    other=(
        rf"\b(?:[Ii]l (?:mio|nostro) ospite|[Ll]a (?:mia|nostra) ospite)(?: di oggi| oggi)? è {NAME}",
        rf"\b(?:[Cc]on me|[Cc]on noi)(?: oggi)?,? (?:c'è|è) {NAME}",
        rf"\b(?:[Oo]ggi )?(?:parlo|parliamo|dialogo|dialoghiamo|chiacchieriamo) con {NAME}",
        rf"\b[Oo]ggi (?:ospitiamo|abbiamo con noi|incontriamo) {NAME}",
    ),
    address=(
        rf"\b(?:[Gg]razie(?: mille| tante)?|[Cc]iao|[Ss]alve|[Bb]uongiorno|[Bb]uonasera"
        rf"|[Bb]envenut[oa]),? {NAME}[,.!?]",
        rf"(?:di essere qui|per essere qui|per essere con noi|per l'invito|per il tuo tempo),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?:grazie|benvenut[oa]|che cosa|cosa|come|perché|dove|quando)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!e\b|che\b|il\b|la\b|un\b|una\b)",),
    greetings=("ciao", "salve", "benvenut[oaie]", "buongiorno", "buonasera", "il mio nome", "mi chiamo"),
    opening=("benvenuti a", "benvenuti su", "benvenute e benvenuti", "state ascoltando", "bentornati"),
    closing=(
        "grazie per l'ascolto",
        "grazie per averci ascoltato",
        "alla prossima",
        "a presto",
        "arrivederci",
    ),
    no_names=words(
        "Io Sì No Bene Beh Allora E Ma Quindi Poi Oh Ah Eh Certo Ecco Grazie Ciao Salve Che Cosa Come "
        "Perché Dove Quando Chi È Sono Il Lo La I Gli Le Un Una Lui Lei Noi Voi Loro Tu Questo Questa "
        "Quello Mio Mia Se Oggi Ieri Domani Esatto Molto Tutto Tutti Qui Lì Lunedì Martedì Mercoledì "
        "Giovedì Venerdì Sabato Domenica Buongiorno Buonasera "
    ),
    no_lone_names=words(
        "Italiano Italiana Romano Romana Milanese Napoletano Napoletana Siciliano Siciliana Francese "
        "Inglese Tedesco Tedesca Spagnolo Spagnola Americano Americana Svizzero Svizzera Europeo Europea "
        "Ingegnere Professore Professoressa Dottore Dottoressa Medico Giornalista Direttore Direttrice "
        "Presidente Di Stato Stata Contento Contenta Felice "
    ),
    titles=words(
        "signor signore sig signora signorina dottor dottore dottoressa dott dr professor professore "
        "professoressa prof avvocato ingegner presidente ministro ministra sindaco "
    ),
    no_person=words(
        "uno due tre quattro cinque sei sette otto nove dieci cento mille okay ok signori signore dio "
        "italia europa america africa asia francia spagna germania inghilterra svizzera roma milano "
        "napoli torino firenze bologna venezia palermo genova londra parigi berlino "
    ),
    things=words(
        "università scuola istituto ospedale banca società giornale radio televisione via piazza città "
        "partito associazione fondazione museo repubblica "
    ),
    appositions=("una?", "il", "la"),
    joints=("e",),
    own_words=words("io mi mio mia miei noi nostro tu ti tuo lei suo"),
)
