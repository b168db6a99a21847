"""Portuguese: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

READING = Reading(
    code="pt",
    opening="Introdução",
    lead_ins=words("e mas então bom pois sim não ok claro ou também portanto"),
    asking_words=words("quem qual quais"),
    verbs=words(
        "é são era eram está estão estava tem têm tens tinha há pode podes podem poderia deve deves "
        "quer queres faz fazes fazem vai vais vão seria foi acha achas pensa pensas significa "
        "acontece surgiu nasceu "
    ),
    subjects=words(
        "eu tu ele ela você nós eles elas vocês o a os as um uma teu tua seu sua isto isso este esta essa "
    ),
    inverting=words("tu você vocês"),
    relatives=words("que quem como onde quando quanto"),
    prompts=(
        "fala-nos de",
        "fale-nos de",
        "fala-me de",
        "fale sobre",
        "conta-nos",
        "conte-nos",
        "conta-me",
        "diz-nos",
        "diga-nos",
        "explica-nos",
        "explique-nos",
        "pergunto-me",
        "gostava de saber",
        "gostaria de saber",
        "queria saber",
        "queria perguntar",
        "vamos falar de",
        "como é que",
        "o que é que",
        "por que é que",
        "porque é que",
        "onde é que",
        "quando é que",
        "quem é que",
    ),
    pleasantries=(
        "como estás",
        "como está",
        "como vai",
        "tudo bem",
        "tudo bom",
        "estás a ouvir-me",
        "está a ouvir-me",
        "me ouve",
        "podemos começar",
        "vamos começar",
    ),
    openers=(
        "então",
        "agora",
        "depois",
        "primeiro",
        "em primeiro lugar",
        "em segundo lugar",
        "por fim",
        "finalmente",
        "por exemplo",
        "além disso",
        "por outro lado",
        "mais tarde",
        "hoje",
        "na altura",
        "no ano passado",
        "portanto",
    ),
    ordinals=(
        words("primeiro"),
        words("segundo depois"),
        words("terceiro depois finalmente"),
        words("quarto finalmente"),
    ),
    counts=("zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete"),
    things=words(
        "maneiras formas razões passos regras pontos partes tipos ideias coisas perguntas problemas "
    ),
    light=words(
        "o a os as um uma uns umas de do da dos das em no na nos nas num numa com por pelo pela para "
        "sem sobre entre até e ou mas que se como quando onde porque quem qual eu tu ele ela você nós "
        "eles elas vocês me te lhe lhes vos meu minha meus teu tua seu sua seus nosso nossa este esta "
        "isto estes estas esse essa isso aquele aquela aquilo não nem sim já mais muito tão também é "
        "são era eram foi foram ser sou és somos está estão estava estar estou há tem têm tenho tinha "
        "ter faz fazer fazem vai vão vou ir pode podem poder diz dizer tudo todo todos toda todas "
        "outro outra outros outras mesmo algo nada alguém ninguém cada pouco muita muitos bem bom "
        "pois então agora depois antes sempre nunca aqui aí ali lá assim só dois três vez vezes coisa "
        "coisas gente ano anos dia dias obrigado obrigada olá pergunta "
    ),
    pointers=words("ele ela eles elas o a os as lhe lhes isto isso este esta esse essa aquilo seu sua "),
    borders=words("que quem onde quando se como por para em com sem sobre e ou mas porque"),
    dangling=words(
        "o a os as um uma de do da em no na com por para e ou mas que se como muito mais não seu meu "
    ),
    determiners=words("o a um uma"),
    addressed=words("tu teu tua te você vocês me nos eu seu sua nós"),
    joints=words("e mas porque"),
    replies=words("sim não claro exato exatamente bom absolutamente pois"),
    narrators=words("eu me meu minha nós"),
)
