"""Portuguese, of Portugal and of Brazil: what cleaning looks for."""

from __future__ import annotations

from ..editing import SOUNDS, SPOKEN_MARKS, Editing, phrases, words
from ..spoken_numbers import SpokenNumbers

NUMBERS = SpokenNumbers(("pt", "pt_BR"), ("mil",), joint="e")
_ARTICLES = "o a os as um uma uns umas meu minha seu sua teu tua nosso nossa este esta estes estas esse essa"
_PREPOSITIONS = "de do da dos das em no na nos nas num numa com por pelo pela para sem sobre entre até"
_CONJUNCTIONS = "e ou mas que se como porque quando"

EDITING = Editing(
    code="pt",
    fillers=words("hã ahn hum hm hmm mmm eh ehm"),
    noises=words("mhm uhum aham mm-hmm"),
    yes="Sim",
    no="Não",
    agreement=phrases(
        "sim, claro, ok, okay, exato, exatamente, pois, pois é, está bem, tá, certo, isso, com certeza, "
        "ah, ah sim, verdade, muito bem, sim claro"
    ),
    asides=phrases("sabes, sabe, percebes, quer dizer, digamos, tipo, por assim dizer, vá lá"),
    aside_guards=words("que se como o não do"),
    lone_agreement=words("ok okay tá pois"),
    tags=phrases("né, não é, sabes, sabe, certo, tá"),
    corrections=phrases("quer dizer, desculpe, desculpa, ou melhor, aliás, digo, não"),
    stutters=words("eu tu ele ela nós", _ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "me te lhe não é"),
    doubles=words("se nos"),
    emphasis=words(
        "muito sim não mais nunca nada já quase tudo tão bem obrigado obrigada sempre pouco assim vamos"
    ),
    intensive_ends=("mente",),
    refrains=phrases("pouco a, dia a, passo a, um a"),
    unfinished=words(_ARTICLES, _PREPOSITIONS, _CONJUNCTIONS, "muito não"),
    negations=words("não nunca nada ninguém nenhum nenhuma nem sem"),
    hanging=words("os um uma uns umas meu minha seu sua do da dos das e ou de que"),
    continuing=phrases("incluindo, assim como, tais como, em vez de"),
    comma_before=words("e mas ou porque que embora onde quando"),
    comma_after=words("quando se embora como porque enquanto depois antes"),
    comma_behind=words("sim não bom bem claro pois então olá obrigado obrigada ah oh"),
    clause_subjects=words("eu tu ele ela você nós eles elas vocês é era isso isto há"),
    openers=words("então e mas bom pois"),
    empty_openers=words("pronto bom"),
    abbreviations=words("sr sra dr dra prof eng etc p.ex n.º art av d"),
    percent=phrases("por cento, porcento"),
    ranges=words("a ou"),
    magnitudes=words("cem centos mil milhões bilhões"),
    scales=words("milhões bilhões"),
    dot="ponto",
    slash="barra",
    read_number=NUMBERS.read,
    small_value=NUMBERS.small_value,
    units=words("mm"),
    unit_cues=words("por poucos alguns vários meio"),
    marks=(*SPOKEN_MARKS, ("hífen", "-"), ("traço", "-"), ("barra", "/")),
    sounds=(*SOUNDS, ("riso|risada", "risos"), ("inaudível|incompreensível", "unintelligible")),
    amounts=words("cem mil milhão milhões dúzia meio dobro metade"),
)
