"""What the editions of the demonstration say of themselves, and of the schools they do not rank."""

from editorial.actions.editions import Texts

SLUG = "ecoles-d-ingenieurs"
TITLE_FR, TITLE_EN = "Palmarès des écoles d’ingénieurs", "Ranking of engineering schools"
TEXTS = Texts(
    purpose_fr=(
        "Ce palmarès compare, pour le cycle ingénieur, l’excellence académique, la proximité avec les entreprises, "
        "l’ouverture internationale et la diversité des étudiants. Il ne dit rien de la vie dans les écoles. "
        "C’est une démonstration : les écoles, leurs villes et leurs chiffres sont inventés."
    ),
    purpose_en=(
        "This ranking compares, for the engineering cycle, academic excellence, closeness to companies, international "
        "openness and student diversity. It says nothing of life in the schools. "
        "It is a demonstration: the schools, their towns and their figures are made up."
    ),
    audience_fr="Les candidats, après le bac ou après une classe préparatoire, et leurs parents.",
    audience_en="Candidates, after the baccalauréat or a preparatory class, and their parents.",
)
PRINTED_FR = (
    "Onze critères notés sur 5, en quatre familles : excellence académique (15), proximité avec les entreprises (15), "
    "ouverture internationale (20), ouverture sociale (5). Le total est sur 55 ; les égalités sont ex aequo."
)
PRINTED_EN = (
    "Eleven criteria out of 5, in four families: academic excellence (15), closeness to companies (15), international "
    "openness (20), social openness (5). The total is out of 55; equal scores share their place."
)
_YOUNG = (
    "Première promotion encore en cours : trop jeune pour être comparée.",
    "Its first class has not graduated yet: too young to be compared.",
)
# Edition → school → why it is not ranked, in French and in English.
LEFT_OUT = {
    2021: {
        "École d’ingénierie du soudage de Mulbach": (
            "A rejoint l’École textile de Mulbach le 1er janvier 2020 : ses résultats sont ceux de cette école.",
            "Joined École textile de Mulbach on 1 January 2020: its results are those of that school.",
        ),
        "École du pin et des forêts": (
            "A rejoint Agro Gironelle le 1er janvier 2020 : ses résultats sont ceux de cette école.",
            "Joined Agro Gironelle on 1 January 2020: its results are those of that school.",
        ),
    },
    2022: {
        "École du chiffre et des réseaux": _YOUNG,
        "École de l’intelligence des données du Midi": _YOUNG,
    },
    2023: {
        "École du chiffre et des réseaux": _YOUNG,
        "École de l’intelligence des données du Midi": _YOUNG,
        "École d’énergie solaire de Font-Romarie": (
            "N’a pas répondu à l’enquête, malgré trois relances.",
            "Did not answer the inquiry, in spite of three reminders.",
        ),
        "Institut d’électronique de l’Artois": (
            "A rejoint l’École Saint-Éloi de Lysbourg le 1er janvier 2022 : ses résultats sont ceux de cette école.",
            "Joined École Saint-Éloi de Lysbourg on 1 January 2022: its results are those of that school.",
        ),
    },
}
CORRECTED_FR = (
    "L’École des mines de Retz nous a signalé que sa part de doubles diplômés avait été saisie avec une virgule "
    "mal placée dans le fichier certifié. La valeur corrigée lui retire des points, et change le rang de ses voisines."
)
CORRECTED_EN = (
    "École des mines de Retz told us that its share of double degrees had been typed with a misplaced decimal "
    "comma in the certified file. The corrected value takes points from it, and changes the ranks of its neighbours."
)
