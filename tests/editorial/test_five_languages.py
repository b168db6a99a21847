"""Spanish, French, Italian, Portuguese and Dutch: fillers, numbers, questions, type, and names in speech."""

from __future__ import annotations

import pytest

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.questions import asks

from .test_name import Talk, cast_of, named

GAP = "\u202f"


@pytest.mark.parametrize(
    ("language", "spoken", "printed"),
    [
        ("fr", "Euh, on a, euh, commencé en mars.", "On a commencé en mars."),
        (
            "fr",
            "Nous avons vingt-trois modèles et deux mille quatre lettres.",
            "Nous avons 23 modèles et 2004 lettres.",
        ),
        ("fr", "C'était en mille neuf cent quatre-vingt-quatre.", "C’était en 1984."),
        ("fr", "Cent personnes et douze oiseaux.", "Cent personnes et douze oiseaux."),
        ("fr", "Vingt, trente lettres.", "20, 30 lettres."),
        ("fr", "Il perd trente pour cent.", f"Il perd 30{GAP}%."),
        ("fr", "Trois cent mille lettres.", f"300{GAP}000 lettres."),
        ("fr", 'Pourquoi? Elle a dit: "Venez!"', f"Pourquoi{GAP}? Elle a dit{GAP}: «{GAP}Venez{GAP}!{GAP}»"),
        ("fr", "Tout est sur exemple point org slash notes.", "Tout est sur exemple.org/notes."),
        ("fr", "Nous nous levons tôt.", "Nous nous levons tôt."),
        ("es", "Eh, tengo cuarenta y cinco libros.", "Tengo 45 libros."),
        (
            "es",
            "Qué piensas? Doscientas personas y treinta y un perros.",
            "¿Qué piensas? 200 personas y 31 perros.",
        ),
        ("es", "Fue en dos mil veintitrés.", "Fue en 2023."),
        ("es", "Baja el veinte por ciento!", "¡Baja el 20\u00a0%!"),
        ("es", "¿Y tú? Muy, muy bien.", "¿Y tú? Muy, muy bien."),
        ("it", "Ehm, ho ventitré libri e settantun lettere.", "Ho 23 libri e 71 lettere."),
        ("it", "Era il duemilaventitré, con cento persone.", "Era il 2023, con cento persone."),
        ("it", "Cala del cinquanta per cento.", "Cala del 50%."),
        ("pt", "Hum, tenho quarenta e cinco livros.", "Tenho 45 livros."),
        (
            "pt",
            "Foi em dois mil e vinte e três, com dezesseis ou dezassete pessoas.",
            "Foi em 2023, com 16 ou 17 pessoas.",
        ),
        ("pt", "Trinta e uma pessoas e cem cartas.", "31 pessoas e cem cartas."),
        ("nl", "Ehm, ik heb drieëntwintig boeken.", "Ik heb 23 boeken."),
        ("nl", "In negentienhonderd vierentachtig kwamen honderd mensen.", "In 1984 kwamen honderd mensen."),
        ("nl", "Het daalt zestien procent.", "Het daalt 16%."),
    ],
)
def test_a_sentence_is_printed_as_its_language_prints(say, language, spoken, printed):
    """Fillers go, numbers become figures, marks stand as the language has them; what means it stays."""
    assert " ".join(item.text for item in clean(say(("S1", spoken)), language)) == printed


@pytest.mark.parametrize(
    ("language", "text", "asking"),
    [
        ("fr", "Pouvez-vous nous raconter le début.", True),
        ("fr", "Est-ce que cela marche.", True),
        ("fr", "Comment est né le projet.", True),
        ("fr", "Quand on est jeune, on rêve.", False),
        ("fr", "Rendez-vous demain.", False),
        ("fr", "Comment allez-vous?", False),
        ("es", "Cómo es el trabajo.", True),
        ("es", "Cuéntanos el principio.", True),
        ("es", "Es el mejor de todos.", False),
        ("es", "Por eso es importante.", False),
        ("it", "Raccontaci come è nata l'idea.", True),
        ("it", "Qual è il problema.", True),
        ("it", "Quando è arrivato, abbiamo mangiato.", False),
        ("it", "È la prima volta.", False),
        ("pt", "Como é que nasceu a ideia.", True),
        ("pt", "Fale sobre o livro.", True),
        ("pt", "É o melhor de todos.", False),
        ("nl", "Hoe is het begonnen.", True),
        ("nl", "Kunt u dat uitleggen.", True),
        ("nl", "Het is mooi hier.", False),
    ],
)
def test_a_question_is_known_without_its_mark(language, text, asking):
    """By its first words or its order; what only looks like it asks nothing."""
    assert asks(text, language) is asking


TALKS: tuple[tuple[str, Talk], ...] = (
    (
        "fr",
        (
            (
                "S1",
                "Bienvenue dans L'Heure du Thé. Je m'appelle Jeanne Morel, et avec moi, Hugo Lambert.",
            ),
            ("S2", "Merci, Jeanne. Je construis des orgues."),
            ("S1", "Qu'est-ce qui est le plus difficile?"),
            ("S2", "Les tuyaux."),
        ),
    ),
    (
        "es",
        (
            ("S1", "Bienvenidos a La Hora del Té. Me llamo Jeanne Morel y hoy hablamos con Hugo Lambert."),
            ("S2", "Gracias, Jeanne. Construyo órganos."),
            ("S1", "¿Qué es lo más difícil?"),
            ("S2", "Los tubos."),
        ),
    ),
    (
        "it",
        (
            ("S1", "Benvenuti a L'Ora del Tè. Mi chiamo Jeanne Morel e oggi parliamo con Hugo Lambert."),
            ("S2", "Grazie, Jeanne. Costruisco organi."),
            ("S1", "Qual è la cosa più difficile?"),
            ("S2", "Le canne."),
        ),
    ),
    (
        "pt",
        (
            ("S1", "Bem-vindos ao programa. O meu nome é Jeanne Morel e hoje conversamos com Hugo Lambert."),
            ("S2", "Obrigado, Jeanne. Construo órgãos."),
            ("S1", "O que é mais difícil?"),
            ("S2", "Os tubos."),
        ),
    ),
    (
        "nl",
        (
            ("S1", "Welkom bij Theetijd. Mijn naam is Jeanne Morel en vandaag praat ik met Hugo Lambert."),
            ("S2", "Dank je, Jeanne. Ik bouw orgels."),
            ("S1", "Wat is het moeilijkste?"),
            ("S2", "De pijpen."),
        ),
    ),
)


@pytest.mark.parametrize(("language", "talk"), TALKS, ids=[language for language, _ in TALKS])
def test_people_are_named_by_what_they_say(language: str, talk: Talk) -> None:
    """Who introduces herself is the host, who is presented and gives thanks by name the guest."""
    found = named(cast_of(talk, language=language))
    assert found["S1"] == ("Jeanne Morel", "host")
    assert found["S2"] == ("Hugo Lambert", "guest")
