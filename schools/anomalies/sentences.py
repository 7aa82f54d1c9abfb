"""The sentences of the anomalies. Keys stay stable: they are kept with the anomalies, and said again years after."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "share_is_not_the_ratio": _(
        "« {share} » dit {read} alors que {part} ÷ {whole} × {scale} donne {computed} : l’un des trois est faux."
    ),
    "share_of_no_count": _("« {share} » dit {read} : aucun nombre entier ne donne cette part de {whole} (« {base} »)."),
    "share_of_no_fewer": _(
        "« {share} » dit {read} : il faudrait au moins {needed} personnes, et « {base} » en compte {whole}."
    ),
    "part_exceeds_whole": _("{part} dépasse {whole} : « {parts} » ne peut pas être plus grand que « {base} »."),
    "sum_is_not_whole": _("{parts} font {sum} ; « {whole} » dit {read} : un écart de {gap}, soit {percent} %."),
    "sum_differs_often": _(
        "Dans {count} lignes sur {rows}, la somme de {parts} n’est pas « {whole} » ; l’écart médian est de "
        "{percent} %. Au-delà de {most} %, chaque ligne est signalée."
    ),
    "share_of_nobody": _(
        "« {share} » est rempli dans {count} lignes où « {base} » est à zéro : une part de personne n’est pas mesurée."
    ),
    "jump_and_back": _(
        "« {column} » passe de {before} ({year_before}) à {read} ({year}), puis revient à {after} ({year_after})."
    ),
    "jump": _(
        "« {column} » passe de {before} ({year_before}) à {read} ({year}) : un rapport de {times} entre les deux."
    ),
    "vanishes_and_returns": _(
        "« {column} » n’est pas dit pour {value_years}, alors qu’il l’est avant et après : c’est un manque, "
        "pas un zéro."
    ),
    "constant": _(
        "« {value_read} » est écrit {count} fois dans « {column} », où l’on en attendrait {expected} au plus : "
        "ce n’est pas le hasard, cette valeur a sans doute été remplie d’office."
    ),
    "constant_of_nobody": _(
        "« {value_read} » est écrit {count} fois dans « {column} », où l’on en attendrait {expected} au plus, "
        "dont {impossible} fois où « {base} » ne permet pas cette part : cette valeur a été remplie d’office."
    ),
    "constant_with_others": _(
        "« {value_read} » est écrit {count} fois dans « {column} » (on en attendrait {expected} au plus), toujours "
        "avec les mêmes valeurs dans la ligne ({value_others}) ; {impossible} fois, « {base} » ne permet pas cette "
        "part : cette valeur a été remplie d’office."
    ),
    "constant_among_frequent": _(
        "« {value_read} » est écrit {count} fois dans « {column} », mais ses voisines aussi y sont fréquentes "
        "({near} fois chacune en moyenne) : un concours commun peut l’expliquer."
    ),
    "scales_differ": _(
        "{fractions} vont de 0 à 1, et {percentages} de 0 à 100 : un même nombre n’y dit pas la même chose."
    ),
    "scale_mixed": _("« {column} » semble mêler deux échelles : {small} nombres entre 0 et 1, {large} au-dessus de 1."),
    "rows_identical": _("Les lignes {value_rows} sont identiques : la même chose est comptée deux fois."),
    "rows_alike": _("Les lignes {value_rows} ne diffèrent que par « {column} »."),
    "component_same_count": _(
        "« {name} » est aussi comptée dans « {wider} », qui a le même nombre de « {column} » ({value_years}) : "
        "un total qui prend les deux la compte deux fois."
    ),
    "component_only_one": _(
        "« {name} » est aussi comptée ailleurs, sans doute dans « {wider} », seul établissement assez grand de même "
        "« {column} » ({value_years}) : un total qui prend les deux la compte deux fois."
    ),
    "component_untold": _(
        "« {name} » est marquée comme déjà comptée dans un établissement plus large, que le fichier ne dit pas "
        "({value_years})."
    ),
    "key_letter": _("La lettre de l’UAI « {key} » (« {column} ») devrait être {value_letter}."),
    "key_of_two_names": _("L’identifiant {key} porte deux noms la même année : {names}."),
}
