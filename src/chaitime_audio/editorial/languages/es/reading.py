"""Spanish: questions, topics, and words without weight."""

from __future__ import annotations

from ..editing import words
from ..reading import Reading

READING = Reading(
    code="es",
    opening="Introducción",
    lead_ins=words("por y pero entonces bueno pues sí no vale ok claro o también"),
    asking_words=words("qué quién quiénes cómo dónde cuándo cuánto cuánta cuántos cuántas cuál cuáles"),
    verbs=words(
        "es son era eran está están estaba has ha han había hay puede puedes pueden podría podrías "
        "debe debes quiere quieres hace haces hacen va vas van sería tiene tienes tienen opinas opina "
        "piensas piensa crees cree pasa pasó significa "
    ),
    subjects=words(
        "yo tú él ella usted nosotros ustedes ellos ellas el la los las un una tu su esto eso esta este "
    ),
    inverting=words("tú usted ustedes"),
    prompts=(
        "háblanos de",
        "háblame de",
        "háblenos de",
        "cuéntanos",
        "cuéntame",
        "cuéntenos",
        "dinos",
        "díganos",
        "explícanos",
        "explíquenos",
        "me pregunto",
        "me gustaría saber",
        "quería preguntarte",
        "quería preguntarle",
        "hablemos de",
        "describe",
    ),
    pleasantries=(
        "cómo estás",
        "cómo está",
        "cómo están",
        "qué tal",
        "qué tal estás",
        "todo bien",
        "me oyes",
        "me oye",
        "me escuchas",
        "empezamos",
        "estás listo",
        "estás lista",
    ),
    openers=(
        "entonces",
        "ahora",
        "luego",
        "después",
        "primero",
        "en primer lugar",
        "en segundo lugar",
        "por último",
        "finalmente",
        "por ejemplo",
        "además",
        "por otro lado",
        "por otra parte",
        "más tarde",
        "hoy",
        "en aquel momento",
        "el año pasado",
    ),
    ordinals=(
        words("primero"),
        words("segundo luego después"),
        words("tercero luego después finalmente"),
        words("cuarto finalmente"),
    ),
    counts=("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete"),
    things=words("maneras formas razones pasos reglas puntos partes tipos ideas cosas preguntas problemas "),
    light=words(
        "el la los las un una unos unas de del a al en con por para sin sobre entre hasta desde y e o "
        "u pero sino que si como cuando donde porque qué quién cómo cuál yo tú él ella usted nosotros "
        "ustedes ellos ellas me te se le les lo nos os mi mis tu tus su sus nuestro nuestra este esta "
        "esto estos estas ese esa eso esos esas aquel aquella no ni sí ya más muy tan también tampoco "
        "es son era eran fue fueron ser soy eres somos sido está están estaba estar estoy ha han he "
        "has hemos había haber hay tiene tienen tengo tener hace hacer hacen va van voy ir puede "
        "pueden poder dice decir todo todos toda todas otro otra otros otras mismo algo nada alguien "
        "nadie cada poco mucho mucha muchos bien bueno pues entonces ahora luego después antes "
        "siempre nunca aquí ahí allí así solo dos tres vez veces cosa cosas gente año años día días "
        "gracias hola pregunta "
    ),
    pointers=words(
        "él ella ellos ellas lo la los las le les esto eso esta esa estos esos aquello ello su sus "
    ),
    borders=words("que quien donde cuando si como por para en con sin sobre y o pero porque"),
    dangling=words(
        "el la los las un una de del a al en con por para y o pero que si como muy más no su mi tu "
    ),
    determiners=words("el la un una"),
    addressed=words("tú tu tus usted ustedes te me nos yo su sus nosotros"),
    joints=words("y pero porque"),
    replies=words("sí no claro exacto exactamente bueno absolutamente"),
    narrators=words("yo me mi mis nosotros"),
)
