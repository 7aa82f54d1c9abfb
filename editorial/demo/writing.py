"""The articles of the demonstration. Every figure in them is a fact of the release they quote (docs/facts.md)."""

from editorial.actions.articles import Draft
from editorial.demo.generator.roster import HERO
from editorial.models import Article

_ANNOUNCEMENT, _ARTICLE = Article.Genre.ANNOUNCEMENT, Article.Genre.ARTICLE

AUTHOR = "Jean Rivoire"

# The announcement of the school of the story, on the edition of 2023.
HERO_ANNOUNCEMENT = Draft(
    genre=_ANNOUNCEMENT,
    title_fr="L’École des mines du Gardon entre dans le top 20 des écoles d’ingénieurs",
    title_en="École des mines du Gardon enters the top 20 of engineering schools",
    summary_fr="Sans cesse en progression, elle gravit encore des marches dans le palmarès 2023.",
    summary_en="Ever rising, it climbs a few more steps in the 2023 ranking.",
    body_fr=f"""\
L’École des mines du Gardon passe [[top:{HERO}]] : elle se classe [[rang:{HERO}]] au palmarès [[millesime]], qui \
compare [[classees]] écoles d’ingénieurs.

Ce rang la place dans les [[parmi:{HERO}]] des écoles les mieux classées, et fait d’elle la [[region:{HERO}]] école \
d’Occitanie. Elle obtient [[score:{HERO}]] points, bonus compris.

## Trois familles où elle se distingue

Elle se distingue sur [[familles:{HERO}]]. Pour la diversité, elle est [[famille:{HERO}:diversite]], avec \
[[points:{HERO}:diversite]] points sur 10 ; pour l’excellence académique, [[famille:{HERO}:academique]] ; pour la \
proximité avec les entreprises, [[famille:{HERO}:entreprises]]. Il lui reste à faire à l’international, où elle est \
[[famille:{HERO}:international]].

## Une ascension, année après année

Depuis sa [[rang:{HERO}:2018]] place en 2018, elle progresse [[progression:{HERO}]] : [[rang:{HERO}:2019]] en 2019, \
[[rang:{HERO}:2020]] en 2020, [[rang:{HERO}:2021]] en 2021, [[rang:{HERO}:2022]] en 2022. Elle a gagné \
[[gain:{HERO}]] places en un an, et [[gain:{HERO}:2018]] depuis 2018.

> « Passer de la [[rang:{HERO}:2018]] place à la [[rang:{HERO}]], cela ne se fait pas tout seul : c’est le travail \
de toutes celles et tous ceux qui font l’école, personnels, élèves et anciens élèves », dit sa directrice, Solène \
Arcambal.
""",
    body_en=f"""\
École des mines du Gardon moves [[top:{HERO}]]: it ranks [[rang:{HERO}]] in the [[millesime]] ranking, which \
compares [[classees]] engineering schools.

This puts it among the top [[parmi:{HERO}]] of schools, and makes it [[region:{HERO}]] in Occitanie. It has \
[[score:{HERO}]] points, bonus included.

## Three families in which it stands out

It stands out in [[familles:{HERO}]]. For diversity it is [[famille:{HERO}:diversite]], with \
[[points:{HERO}:diversite]] points out of 10; for academic excellence, [[famille:{HERO}:academique]]; for closeness \
to companies, [[famille:{HERO}:entreprises]]. There is more to do abroad, where it is \
[[famille:{HERO}:international]].

## Rising, year after year

From its [[rang:{HERO}:2018]] place in 2018 it has risen [[progression:{HERO}]]: [[rang:{HERO}:2019]] in 2019, \
[[rang:{HERO}:2020]] in 2020, [[rang:{HERO}:2021]] in 2021, [[rang:{HERO}:2022]] in 2022. It has gained \
[[gain:{HERO}]] places in a year, and [[gain:{HERO}:2018]] since 2018.

> “Going from [[rang:{HERO}:2018]] to [[rang:{HERO}]] does not happen by itself: it is the work of all who make the \
school, staff, students and alumni,” says its director, Solène Arcambal.
""",
)
# What the newsroom says of the edition of 2023.
EDITION_2023 = Draft(
    genre=_ANNOUNCEMENT,
    title_fr="Palmarès 2023 : chaque critère est désormais noté sur dix",
    title_en="2023 ranking: each criterion is now out of ten",
    summary_fr="Moins d’ex aequo, la parité compte, et un point de bonus récompense le label développement durable.",
    summary_en="Fewer shared places, parity counts, and a bonus point rewards the sustainability label.",
    body_fr="""\
Le palmarès [[millesime]] classe [[classees]] écoles ; [[non-classees]] autres figurent sans rang, chacune avec sa \
raison. En tête : **[[premiere]]**.

- Chaque critère était noté sur cinq points ; il l’est sur dix, ce qui distingue mieux les écoles entre elles.
- La parité entre dans l’indice de diversité, avec les frais de scolarité, l’alternance et les boursiers.
- Les chaires industrielles ne sont plus transmises : les forums entreprises les remplacent.
- Le label développement durable rapporte un point de bonus, au-delà du total.

La plus forte hausse est de [[hausse-places]] places : [[hausse]]. Quand le barème change, un rang qui bouge ne dit \
pas tout : la page de la méthode dit ce qui a changé depuis l’édition précédente.
""",
    body_en="""\
The [[millesime]] ranking ranks [[classees]] schools; [[non-classees]] others are listed without a rank, each with \
its reason. At the top: **[[premiere]]**.

- Each criterion was out of five points; it is out of ten, which tells schools apart better.
- Parity enters the index of diversity, with tuition fees, work-study and scholarships.
- Industrial chairs are no longer transmitted: job fairs replace them.
- The sustainability label brings one bonus point, beyond the total.

The greatest rise is of [[hausse-places]] places: [[hausse]]. When the scale changes, a rank that moves does not \
tell all: the page of the method says what changed since the edition before.
""",
)
HOW_IT_IS_MADE = Draft(
    genre=_ARTICLE,
    signature=AUTHOR,
    title_fr="D’où viennent les chiffres du palmarès",
    title_en="Where the figures of the ranking come from",
    summary_fr="Deux fichiers certifiés, deux vérificatrices, et aucune valeur qui compte sans avoir été relue.",
    summary_en="Two certified files, two verifiers, and no value that counts without having been read again.",
    body_fr="""\
Chaque école envoie deux documents : ses données certifiées, et ses réponses à l’enquête commune. La cellule data \
les lit ; une vérificatrice compare ensuite chaque valeur à sa cellule, jamais celle qu’elle aurait entrée \
elle-même.

Une valeur absente n’est pas un zéro. Ce que l’école n’a pas communiqué vaut la note la plus basse du critère ; ce \
qui est sans objet, ou couvert par le secret statistique, est laissé de côté. En dessous des trois quarts du barème \
connus, une école n’est pas classée : [[non-classees]] sont dans ce cas, ou hors du champ, en [[millesime]].

Sur la page d’une école, chaque chiffre mène au document, à la feuille et à la cellule où il a été lu.
""",
    body_en="""\
Each school sends two documents: its certified data, and its answers to the common inquiry. The data cell reads \
them; then a verifier compares each value with its cell, never one that she entered herself.

An absent value is not a zero. What the school did not give is worth the lowest mark of the criterion; what does not \
apply, or is under statistical secrecy, is left out. Under three quarters of the scale known, a school is not \
ranked: [[non-classees]] are, or are out of scope, in [[millesime]].

On the page of a school, each figure leads to the document, sheet and cell it was read in.
""",
)
CORRECTION = Draft(
    genre=_ARTICLE,
    signature=AUTHOR,
    title_fr="Pourquoi le palmarès 2022 a une deuxième version",
    title_en="Why the 2022 ranking has a second version",
    summary_fr="Une virgule mal placée, une école qui nous écrit, une correction publiée avec sa raison.",
    summary_en="A misplaced decimal comma, a school that writes to us, a correction published with its reason.",
    body_fr="""\
L’École des mines de Retz nous a écrit le jour de la parution : sa part de doubles diplômés était dix fois trop \
haute. La virgule avait été mal placée dans le fichier certifié, et nous ne l’avions pas vu.

Nous avons demandé un rectificatif, une autre vérificatrice l’a comparé à la source, et l’édition a été calculée de \
nouveau. L’école est [[rang:ecole-des-mines-de-retz]] dans cette deuxième version, avec \
[[score:ecole-des-mines-de-retz]] points sur 55. La première reste lisible : rien n’est effacé.
""",
    body_en="""\
École des mines de Retz wrote to us on the day of publication: its share of double degrees was ten times too high. \
The decimal comma had been misplaced in the certified file, and we had not seen it.

We asked for a corrected file, another verifier compared it with the source, and the edition was computed again. The \
school is [[rang:ecole-des-mines-de-retz]] in this second version, with [[score:ecole-des-mines-de-retz]] points out \
of 55. The first remains readable: nothing is erased.
""",
)
EDITION_2021 = Draft(
    genre=_ANNOUNCEMENT,
    title_fr="Palmarès 2021 : chaque rang se recalcule",
    title_en="2021 ranking: every rank can be computed again",
    summary_fr="Pour la première fois, la méthode et toutes les valeurs sont publiées avec les rangs.",
    summary_en="For the first time, the method and all the values are published with the ranks.",
    body_fr="""\
[[classees]] écoles sont classées en [[millesime]], en tête **[[premiere]]**. Les éditions d’avant sont \
reprises de l’imprimé ; à partir de celle-ci, la méthode, les valeurs et leurs sources sont publiées : chacun peut \
refaire le calcul.
""",
    body_en="""\
[[classees]] schools are ranked in [[millesime]], at the top **[[premiere]]**. Earlier editions are taken from \
print; from this one on, the method, the values and their sources are published: anyone can compute it again.
""",
)
# Begun, not yet published: one scheduled, one to review, one draft.
SCHEDULED = Draft(
    genre=_ARTICLE,
    signature=AUTHOR,
    title_fr="Occitanie : qui entoure l’École des mines du Gardon",
    title_en="Occitanie: who surrounds École des mines du Gardon",
    summary_fr="Première de sa région, elle a des voisines qui progressent.",
    summary_en="First of its region, it has neighbours on the rise.",
    body_fr=f"""\
L’École des mines du Gardon est [[region:{HERO}]] d’Occitanie et [[rang:{HERO}]] du palmarès [[millesime]]. L’École \
des mines de Brézac est [[rang:ecole-des-mines-de-brezac]], l’École aérospatiale de Lanternac \
[[rang:ecole-aerospatiale-de-lanternac]].
""",
    body_en=f"""\
École des mines du Gardon is [[region:{HERO}]] in Occitanie and [[rang:{HERO}]] in the [[millesime]] ranking. École \
des mines de Brézac is [[rang:ecole-des-mines-de-brezac]], École aérospatiale de Lanternac \
[[rang:ecole-aerospatiale-de-lanternac]].
""",
)
TO_REVIEW = Draft(
    genre=_ARTICLE,
    title_fr="Portrait : Agro Bretagne Sud, les pieds dans l’eau",
    summary_fr="Une école d’agronomie qui forme autant de femmes que d’hommes.",
    body_fr="""\
Agro Bretagne Sud est [[rang:agro-bretagne-sud]], avec [[score:agro-bretagne-sud]] points. Pour la diversité des \
étudiants, elle est [[famille:agro-bretagne-sud:diversite]].
""",
)
UNFINISHED = Draft(
    genre=_ARTICLE,
    title_fr="Les écoles privées en 2023 : ce que disent les chiffres",
    summary_fr="À compléter.",
    body_fr="Sur [[classees]] écoles classées en [[millesime]], les écoles privées",
)
SENT_BACK = Draft(
    genre=_ARTICLE,
    title_fr="La Bretagne des ingénieurs",
    summary_fr="De la rade à la Vilaine, une région d’écoles.",
    body_fr="""\
INSIA Bretagne est [[region:insia-bretagne]] de sa région et [[rang:insia-bretagne]] du palmarès [[millesime]]. \
Aucune autre région ne forme autant d’ingénieurs de la mer.
""",
)
