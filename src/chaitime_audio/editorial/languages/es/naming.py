"""Spanish: how people make themselves known."""

from __future__ import annotations

from ..editing import words
from ..naming import NAME, Naming

NAMING = Naming(
    itself=(rf"\b(?:[Ss]oy|[Yy]o soy|[Mm]e llamo|[Mm]i nombre es) {NAME}", rf"\b[Ll]es habla {NAME}"),
    other=(
        rf"\b(?:[Mm]i|[Nn]uestr[oa]) invitad[oa](?: de hoy| hoy)? es {NAME}",
        rf"\b(?:[Cc]onmigo|[Cc]on nosotros)(?: hoy)?,? (?:está|tenemos a) {NAME}",
        rf"\b(?:[Hh]oy )?(?:hablo|hablamos|converso|conversamos|charlo|charlamos) con {NAME}",
        rf"\b[Hh]oy (?:nos acompaña|recibimos a|tenemos a) {NAME}",
    ),
    address=(
        rf"\b(?:[Gg]racias|[Mm]uchas gracias|[Hh]ola|[Bb]ienvenid[oa]|[Bb]uenos días|[Bb]uenas tardes"
        rf"|[Bb]uenas noches),?"
        rf" {NAME}[,.!?]",
        rf"(?:por estar aquí|por venir|por acompañarnos|por invitarme|por tu tiempo"
        rf"|por su tiempo),? {NAME}[,.!?]",
        rf"(?:^|[.?!] ){NAME}, (?:gracias|muchas gracias|bienvenid[oa]|¿?qué|¿?cómo|¿?por qué|¿?dónde"
        rf"|¿?cuándo)\b",
    ),
    vocative=(rf"(?:^|[.?!] ){NAME}, (?!y\b|que\b|el\b|la\b|un\b|una\b)",),
    greetings=("hola", "bienvenid[oa]s?", "buenos días", "buenas (?:tardes|noches)", "mi nombre", "me llamo"),
    opening=(
        "bienvenidos a",
        "bienvenidas a",
        "están escuchando",
        "estás escuchando",
        "bienvenidos y bienvenidas",
    ),
    closing=(
        "gracias por escuchar",
        "hasta la próxima",
        "hasta pronto",
        "nos escuchamos",
        "gracias por acompañarnos",
    ),
    no_names=words(
        "Yo Sí No Bueno Bien Pues Y Pero Entonces Oh Ah Eh Claro Gracias Hola Qué Cómo Por Dónde Cuándo "
        "Quién Es Son El La Los Las Un Una Él Ella Nosotros Ustedes Ellos Tú Usted Esto Eso Este Esta Mi "
        "Tu Su Si Cuando Porque Hoy Ayer Mañana Exacto Vale Muy Todo Todos Aquí Ahí Lunes Martes "
        "Miércoles Jueves Viernes Sábado Domingo Muchas Buenos Buenas "
    ),
    no_lone_names=words(
        "Español Española Mexicano Mexicana Argentino Argentina Colombiano Colombiana Chileno Chilena "
        "Peruano Peruana Cubano Cubana Venezolano Venezolana Catalán Catalana Vasco Vasca Inglés Inglesa "
        "Francés Francesa Italiano Italiana Americano Americana Ingeniero Ingeniera Profesor Profesora "
        "Doctor Doctora Médico Médica Periodista Director Directora Presidente Presidenta De "
    ),
    titles=words(
        "señor sr señora sra señorita don doña doctor doctora dr dra profesor profesora presidente "
        "presidenta ministro ministra alcalde "
    ),
    no_person=words(
        "uno dos tres cuatro cinco seis siete ocho nueve diez cien mil okay ok señoras señores dios "
        "españa méxico argentina colombia chile perú cuba venezuela europa américa áfrica asia francia "
        "italia alemania inglaterra madrid barcelona valencia sevilla bilbao bogotá lima santiago "
        "caracas habana londres parís "
    ),
    things=words(
        "universidad escuela instituto hospital banco empresa periódico radio televisión calle ciudad "
        "partido asociación fundación museo república "
    ),
    appositions=("una?", "el", "la"),
    joints=("y",),
    own_words=words("yo me mi mis nosotros nuestro tú tu te usted"),
)
