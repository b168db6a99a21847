"""Italian: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

READING = Reading(
    code="it",
    opening="Introduzione",
    lead_ins=words("e ma allora quindi beh bene sì no ok certo o anche"),
    asking_words=words("cosa cos'è com'è dov'è chi quale quali qual"),
    verbs=words(
        "è sono era erano sei siete hai ha avete hanno aveva c'è può puoi potete possono potrebbe "
        "deve devi vuole vuoi fa fai fanno va vai vanno sarebbe pensi pensa credi significa succede "
    ),
    subjects=words("io tu lui lei noi voi loro il lo la i gli le un una tuo sua questo questa quello "),
    inverting=words("tu voi"),
    relatives=words("che chi dove quando perché come quanto"),
    prompts=(
        "parlaci di",
        "parlami di",
        "ci parli di",
        "raccontaci",
        "raccontami",
        "ci racconti",
        "dicci",
        "spiegaci",
        "ci spieghi",
        "mi chiedo",
        "vorrei sapere",
        "mi piacerebbe sapere",
        "volevo chiederti",
        "volevo chiederle",
        "parliamo di",
        "descrivi",
    ),
    pleasantries=(
        "come stai",
        "come sta",
        "come va",
        "tutto bene",
        "mi senti",
        "mi sente",
        "mi sentite",
        "cominciamo",
        "iniziamo",
        "sei pronto",
        "sei pronta",
    ),
    openers=(
        "allora",
        "quindi",
        "ora",
        "adesso",
        "poi",
        "prima",
        "innanzitutto",
        "in primo luogo",
        "in secondo luogo",
        "infine",
        "per esempio",
        "ad esempio",
        "inoltre",
        "d'altra parte",
        "più tardi",
        "oggi",
        "all'epoca",
        "l'anno scorso",
    ),
    ordinals=(
        words("primo innanzitutto"),
        words("secondo poi"),
        words("terzo poi infine"),
        words("quarto infine"),
    ),
    counts=("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette"),
    things=words("modi ragioni motivi passi regole punti parti tipi idee cose domande problemi"),
    light=words(
        "il lo la l' i gli le un uno una di d' del dello della dei degli delle a al allo alla ai agli "
        "alle da dal dalla in nel nella nei con su sul sulla per tra fra senza e ed o ma però che chi "
        "cui se come quando dove perché quindi allora anche io tu lui lei noi voi loro mi ti si ci vi "
        "me te li ne mio mia miei tuo tua suo sua nostro nostra vostro questo questa questi queste "
        "quello quella quelli non no sì più molto poco tanto tutto tutti tutta tutte altro altri "
        "altra ogni qualche qualcosa niente nessuno è sono era erano essere sei siamo siete stato "
        "stata ho hai ha abbiamo avete hanno aveva avere fa fare faccio va vado andare può posso "
        "potere deve dire dice c'è c'era già ancora poi ora adesso dopo prima sempre mai qui lì così "
        "solo bene beh ecco due tre volta volte cosa cose gente anno anni giorno giorni grazie ciao "
        "domanda "
    ),
    pointers=words(
        "lui lei loro lo la li le gli questo questa questi queste quello quella ciò ne ci suo sua "
    ),
    borders=words("che chi cui dove quando se come per in con su senza e o ma perché"),
    dangling=words(
        "il lo la i gli le un una di del della a al in con per su e o ma che se come molto più non "
    ),
    determiners=words("il la un una"),
    addressed=words("tu tuo tua ti te voi vi lei suo sua io mi noi ci"),
    joints=words("e ma quindi perché"),
    replies=words("sì no certo esatto esattamente beh assolutamente"),
    narrators=words("io mi mio mia miei noi"),
)
