"""Portuguese: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(
        rf"\b(?:[Ee]u sou|[Ss]ou|[Cc]hamo-me|[Mm]e chamo|[Oo] meu nome é|[Mm]eu nome é) (?:o |a )?{NAME}",
        rf"\b[Aa]qui (?:é|fala) (?:o |a )?{NAME}",
    ),
    other=(
        rf"\b(?:[Oo] (?:meu|nosso)|[Aa] (?:minha|nossa)|[Mm]eu|[Mm]inha|[Nn]oss[oa]) convidad[oa]"
        rf"(?: de hoje| hoje)? é (?:o |a )?{NAME}",
        rf"\b(?:[Cc]omigo|[Cc]onnosco|[Cc]onosco)(?: hoje)?,? (?:está|temos) (?:o |a )?{NAME}",
        rf"\b(?:[Hh]oje )?(?:falo|falamos|converso|conversamos) com (?:o |a )?{NAME}",
        rf"\b[Hh]oje (?:recebemos|recebo|temos connosco|temos conosco) (?:o |a )?{NAME}",
    ),
    address=(
        rf"\b(?:[Oo]brigad[oa]|[Mm]uito obrigad[oa]|[Oo]lá|[Oo]i|[Bb]em-vind[oa]|[Bb]om dia|[Bb]oa tarde"
        rf"|[Bb]oa noite),?"
        rf" {NAME}[,.!?]",
        rf"(?:por estar aqui|por estares aqui|por ter vindo|pelo convite|pelo seu tempo"
        rf"|pelo teu tempo),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?:obrigad[oa]|bem-vind[oa]|o que|como|porquê|por que|onde|quando)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!e\b|que\b|o\b|a\b|um\b|uma\b)",),
    greetings=(
        "olá",
        "oi",
        "bem-vind[oa]s?",
        "bom dia",
        "boa (?:tarde|noite)",
        "meu nome",
        "chamo-me",
        "me chamo",
    ),
    opening=(
        "bem-vindos a",
        "bem-vindos ao",
        "bem-vindas e bem-vindos",
        "estão a ouvir",
        "você está ouvindo",
    ),
    closing=("obrigado por ouvir", "obrigada por ouvir", "até à próxima", "até a próxima", "até breve"),
    no_names=words(
        "Eu Sim Não Bom Bem Pois E Mas Então Oh Ah Eh Claro Obrigado Obrigada Olá Oi Que Como Porque "
        "Onde Quando Quem É São O A Os As Um Uma Ele Ela Nós Vocês Você Eles Tu Isto Isso Este Esta Meu "
        "Minha Se Hoje Ontem Amanhã Exato Muito Tudo Todos Aqui Portanto Primeiro Segunda Terça Quarta "
        "Quinta Sexta Sábado Domingo "
    ),
    no_lone_names=words(
        "Português Portuguesa Brasileiro Brasileira Angolano Angolana Moçambicano Moçambicana Francês "
        "Francesa Inglês Inglesa Espanhol Espanhola Italiano Italiana Americano Americana Lisboeta "
        "Carioca Paulista Engenheiro Engenheira Professor Professora Doutor Doutora Médico Médica "
        "Jornalista Diretor Diretora Presidente De Ator Atriz "
    ),
    titles=words(
        "senhor sr senhora sra dona dom doutor doutora dr dra professor professora prof engenheiro "
        "engenheira presidente ministro ministra "
    ),
    no_person=words(
        "um dois três quatro cinco seis sete oito nove dez cem mil okay ok senhoras senhores deus "
        "portugal brasil angola moçambique europa américa áfrica ásia frança itália espanha alemanha "
        "inglaterra lisboa porto coimbra braga luanda maputo londres paris berlim "
    ),
    things=words(
        "universidade escola instituto hospital banco empresa jornal rádio televisão rua cidade partido "
        "associação fundação museu república teatro "
    ),
    appositions=("uma?", "o", "a"),
    joints=("e",),
    own_words=words("eu me meu minha nós nosso tu teu tua você"),
)
