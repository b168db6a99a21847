"""French: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

READING = Reading(
    code="fr",
    opening="Introduction",
    lead_ins=words("et mais alors donc bon ben oui non ok d'accord voilà ou aussi"),
    asking_words=words("quoi qu'est-ce qui où comment pourquoi quand combien quel quelle quels quelles"),
    verbs=words(
        "est sont était étaient êtes es as a avez ont avait avaient peut peux pouvez pourrait "
        "pourriez doit devez veux voulez fait faites faut va vont allez sera serait "
    ),
    subjects=words(
        "je tu il elle on nous vous ils elles le la les l' un une votre vos ton ta tes ce cette ces ça "
    ),
    inverting=words("vous tu"),
    ordering=words("rendez-vous"),
    relatives=words("que qui où quand"),
    asking_ends=("-vous", "-tu", "-il", "-elle", "-on", "-ils", "-elles", "-je", "-ce"),
    prompts=(
        "parlez-nous de",
        "parle-nous de",
        "racontez-nous",
        "raconte-nous",
        "dites-nous",
        "dis-nous",
        "expliquez-nous",
        "explique-nous",
        "je me demande",
        "j'aimerais savoir",
        "j'aimerais comprendre",
        "est-ce que",
        "est-ce qu'il",
        "est-ce qu'elle",
        "est-ce qu'on",
        "qu'est-ce que",
        "qu'est-ce qui",
        "parlons de",
        "décrivez",
    ),
    pleasantries=(
        "comment allez-vous",
        "comment vas-tu",
        "comment ça va",
        "ça va",
        "vous allez bien",
        "tu vas bien",
        "vous m'entendez",
        "tu m'entends",
        "on commence",
        "vous êtes prêt",
        "vous êtes prête",
    ),
    openers=(
        "alors",
        "donc",
        "maintenant",
        "ensuite",
        "puis",
        "d'abord",
        "premièrement",
        "deuxièmement",
        "enfin",
        "finalement",
        "par exemple",
        "par ailleurs",
        "d'ailleurs",
        "en revanche",
        "plus tard",
        "aujourd'hui",
        "à l'époque",
        "l'année dernière",
    ),
    ordinals=(
        words("premièrement d'abord"),
        words("deuxièmement ensuite"),
        words("troisièmement ensuite enfin"),
        words("quatrièmement enfin"),
    ),
    counts=("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept"),
    things=words(
        "façons manières raisons étapes règles points parties types idées choses questions problèmes "
    ),
    light=words(
        "le la les l' un une des du de d' au aux à en dans avec pour par sur sous sans chez vers "
        "entre et ou mais donc car ni que qu' qui quoi dont où si comme quand je j' tu il elle on "
        "nous vous ils elles me m' te t' se s' lui leur leurs moi toi eux y ce c' cet cette ces ça "
        "cela celui celle ceux mon ma mes ton ta tes son sa ses notre nos votre vos ne n' pas plus "
        "jamais rien est sont était étaient être suis es êtes sera serait été ai as a avons avez ont "
        "avait avoir eu fait faire fais va vais vont aller peut peux pouvez pouvoir doit dit dire "
        "très bien tout tous toute toutes aussi encore même alors après avant bon ben euh oui non "
        "voilà là ici il-y-a c'est c'était j'ai qu'il qu'elle qu'on qu'ils d'un d'une n'est s'est "
        "l'on peu beaucoup trop moins autre autres deux trois fois chose choses gens an ans jour "
        "jours merci bonjour question "
    ),
    pointers=words(
        "il elle ils elles lui leur leurs eux ce ça cela celui celle ceux ceci en y c'est c'était "
    ),
    borders=words("que qui dont où quand si comme pour par sur dans avec sans et ou mais"),
    dangling=words(
        "le la les un une des du de à en dans avec pour par sur et ou mais que qui si je tu il elle "
        "on nous vous ils très plus pas "
    ),
    determiners=words("le la un une"),
    addressed=words("vous votre vos tu toi ton ta tes te nous moi je j'ai"),
    joints=words("et mais donc car"),
    replies=words("oui non voilà exactement absolument tout bien si"),
    narrators=words("je j'ai moi mon ma mes j'étais"),
)
