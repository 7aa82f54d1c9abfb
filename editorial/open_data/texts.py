"""What the open ranking says of itself: what it measures, what it does not, for whom."""

from editorial.actions.articles import Draft
from editorial.actions.editions import Texts
from editorial.models import Article

TITLE_FR = "Palmarès ouvert des écoles d’ingénieurs"
TITLE_EN = "Open ranking of French engineering schools"

TEXTS = Texts(
    purpose_fr=(
        "Ce palmarès compare ce que des données officielles et ouvertes disent des écoles d’ingénieurs : qui elles "
        "recrutent après le baccalauréat, à qui elles s’ouvrent, et, pour celles qui ont une ligne à elles dans les "
        "statistiques du ministère, qui y étudie. Il ne mesure ni l’enseignement, ni l’insertion, ni les salaires, ni "
        "la recherche, et il ne dit rien des élèves entrés après une classe préparatoire, un BUT ou une licence. "
        "Une école qui recrute surtout après une classe préparatoire n’y est pas mal classée : elle n’y est pas "
        "classée."
    ),
    purpose_en=(
        "This ranking compares what official open data say of engineering schools: whom they admit after the "
        "baccalauréat, to whom they are open, and, for those with a row of their own in the ministry’s statistics, who "
        "studies there. It measures neither teaching, nor careers, nor salaries, nor research, and says nothing of "
        "students who entered after preparatory classes, a technical or a university degree. A school that recruits "
        "mostly after preparatory classes is not ranked low here: it is not ranked."
    ),
    audience_fr=(
        "Les lycéens et leurs familles, pour un premier regard ; les journalistes et les chercheurs, qui peuvent tout "
        "reprendre et tout recalculer depuis les fichiers d’origine."
    ),
    audience_en=(
        "Secondary-school students and their families, for a first look; journalists and researchers, who can take and "
        "recompute everything from the original files."
    ),
)

REFUSED = "Cellules de la source qui ne peuvent pas servir."
SMALL_FR = "Moins de vingt élèves admis par Parcoursup : une part sur si peu de personnes ne dit rien."
SMALL_EN = "Fewer than twenty students admitted through Parcoursup: a share of so few people says nothing."
PENDING_FR = "Une anomalie de la source n’est pas expliquée : la valeur attend une vérification humaine."
PENDING_EN = "An anomaly of the source is not explained: the value awaits a person’s verification."


_BODY_FR = """\
**[[classees]] écoles sont classées** dans l’édition [[millesime]], sur les 204 que la Commission des titres d’ingénieur
accréditait au 1er septembre 2020. Les autres ne sont pas mauvaises : on n’en sait pas assez, et chacune est listée avec
sa raison.

## Ce qu’il est

Un essai honnête de ce que permettent cinq fichiers publics. Chaque chiffre mène à ses cellules d’origine, chaque
rapprochement entre une école et une ligne a été fait par un numéro, par un nom exact ou par une décision écrite avec
son motif, et chaque point peut être refait à la main.

## Ce qu’il n’est pas

- Ce n’est pas un classement des formations. Rien n’y mesure les cours, les diplômés, leurs emplois, leurs salaires.
- Ce n’est pas un classement de toutes les écoles. Les chiffres de recrutement sont ceux de Parcoursup : ils ne voient
  que l’entrée après le baccalauréat.
- Les effectifs ne sont ceux de l’école que lorsqu’elle a une ligne à elle. Une école qui est une composante d’une
  université n’hérite pas de la part de femmes de son université : la sienne n’est pas connue.
- Les effectifs ne sont pas tous de la même année. La dernière connue compte, 2022 pour presque toutes ; une école qui a
  perdu sa ligne en rejoignant un établissement plus large garde la dernière, même ancienne, et l’année est dite :
  ceux de l’ENI de Metz sont de 2014. Une part ne mêle pas deux années : les doctorants de l’UTBM (2016) et de l’ENSC
  Montpellier (2021), que leurs lignes ne donnent plus ensuite, sont sur leurs pages et ne comptent pas.
- Un chiffre rempli d’office n’est pas une mesure. Parcoursup écrit les mêmes constantes sur des lignes sans admis, et
  0,58 sur cent trente taux d’accès : ces cellules ne comptent pas.
- Un chiffre qui saute sans raison n’est pas publié. Neuf valeurs d’années passées attendent qu’une personne les
  vérifie : des doctorants de CentraleSupélec, des étudiants en mobilité d’Arts et Métiers, des inscrits de Centrale
  Lyon. Aucune n’est d’une année qui compte.

## Ce qui manque le plus

Le taux d’accès de la plupart des écoles publiques en cinq ans, rempli d’office dans le fichier ; les doctorants,
que la dernière ligne de quinze écoles sur trente-deux laisse en blanc ; l’insertion, que ces fichiers ne contiennent
pas.
"""

_BODY_EN = """\
**[[classees]] schools are ranked** in the [[millesime]] edition, of the 204 that the Commission des titres d’ingénieur
accredited on 1 September 2020. The others are not bad: too little is known of them, and each is listed with its reason.

## What it is

An honest trial of what five public files allow. Every figure leads to its original cells, every match between a school
and a row was made by a number, by an exact name or by a written decision with its reason, and every point can be made
again by hand.

## What it is not

- It is not a ranking of courses. Nothing in it measures teaching, graduates, their jobs or their salaries.
- It is not a ranking of all schools. The intake figures are those of Parcoursup: they only see entry after the
  baccalauréat.
- Enrolments are the school’s only where it has a row of its own. A school that is part of a university does not inherit
  its university’s share of women: its own is not known.
- Enrolments are not all of the same year. The last known one counts, 2022 for almost all; a school that lost its row
  when it joined a wider establishment keeps the last one, however old, and the year is said: those of ENI Metz are of
  2014. A share never mixes two years: the doctoral students of UTBM (2016) and of ENSC Montpellier (2021), which their
  rows give no more after that, are on their pages and do not count.
- A filled-in figure is not a measurement. Parcoursup writes the same constants on rows without students admitted, and
  0.58 on a hundred and thirty access rates: those cells do not count.
- A figure that leaps for no known reason is not published. Nine values of past years wait for a person to verify them:
  doctoral students of CentraleSupélec, students in mobility of Arts et Métiers, students enrolled at Centrale Lyon.
  None is of a year that counts.

## What is missing most

The access rate of most public five-year schools, filled in by the file; doctoral students, left blank by the last row
of fifteen schools of thirty-two; careers, which these files do not contain.
"""


# The page that says plainly what this ranking is and is not; its figures are those of the release.
NOTICE = Draft(
    genre=Article.Genre.ARTICLE,
    title_fr="Ce que ce palmarès est, et ce qu’il n’est pas",
    title_en="What this ranking is, and what it is not",
    summary_fr="Des données officielles, des règles publiées, et beaucoup d’écoles dont on ne sait pas assez.",
    summary_en="Official data, published rules, and many schools of which too little is known.",
    body_fr=_BODY_FR,
    body_en=_BODY_EN,
)
