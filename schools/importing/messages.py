"""The sentences of an import: what was read, and what to do. Keys are the codes of the problems and stay stable."""

from django.utils.translation import gettext_noop as _

_FILES = {
    "file_empty": _("Le fichier est vide. Exportez-le de nouveau, puis déposez-le."),
    "file_too_large": _(
        "Le fichier pèse {size} Mio, la limite est de {limit} Mio. Ne gardez que les feuilles et les colonnes utiles."
    ),
    "file_unknown_suffix": _("Le nom du fichier finit par « {suffix} ». Déposez un fichier .csv ou .xlsx."),
    "file_encrypted": _("Le classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe."),
    "file_old_excel": _("C’est un classeur Excel d’avant 2007 (.xls). Enregistrez-le au format .xlsx."),
    "file_zip": _("C’est une archive zip ou un classeur, pas du texte. Un classeur doit se nommer .xlsx."),
    "file_pdf": _("C’est un document PDF. Demandez les données en .csv ou .xlsx."),
    "file_image": _("C’est une image. Demandez les données en .csv ou .xlsx."),
    "file_archive": _("C’est une archive compressée. Décompressez-la et déposez le fichier qu’elle contient."),
    "file_rtf": _("C’est un document RTF. Demandez les données en .csv ou .xlsx."),
    "file_html": _("C’est une page web (HTML), peut-être une page d’erreur. Téléchargez le fichier lui-même."),
    "file_xml": _("C’est un fichier XML. Enregistrez-le en .csv ou .xlsx depuis un tableur."),
    "file_json": _("C’est un fichier JSON. Demandez les données en .csv ou .xlsx."),
    "file_not_a_workbook": _(
        "Le fichier se nomme .xlsx mais n’est pas un classeur : cela ressemble à du texte. "
        "Si c’est un CSV, nommez-le .csv."
    ),
    "file_macros": _("Le classeur contient des macros. Enregistrez-le au format .xlsx, sans macros."),
    "file_damaged": _("Le classeur est tronqué ou abîmé ({detail}). Téléchargez-le de nouveau."),
    "file_not_xlsx_inside": _("C’est une archive zip, mais pas un classeur .xlsx. Enregistrez le tableau en .xlsx."),
    "file_unreadable": _("Le classeur ne peut pas être lu ({detail}). Ouvrez-le et enregistrez-le de nouveau."),
    "file_doctype": _("La partie « {part} » contient une définition DTD, interdite. Enregistrez de nouveau en .xlsx."),
    "file_part_twice": _("La partie « {part} » est présente deux fois. Enregistrez de nouveau le classeur."),
    "file_too_many_parts": _("Le classeur a {found} parties, la limite est de {limit}. Retirez images et graphiques."),
    "file_too_large_unpacked": _(
        "Décompressé, le classeur pèserait plus de {limit} Mio. Ne gardez que les feuilles utiles."
    ),
    "too_many_sheets": _("Le classeur a {found} feuilles, la limite est de {limit}. Ne gardez que les utiles."),
    "too_many_rows": _("Il y a plus de {limit} lignes. Ne gardez que les lignes utiles."),
    "too_many_columns": _("La ligne {line} a plus de {limit} colonnes. Ne gardez que les colonnes utiles."),
    "too_many_cells": _("Il y a plus de {limit} cellules remplies. Ne gardez que les colonnes utiles."),
    "rows_disagree": _(
        "Deux lectures du classeur ne s’accordent pas ({scanned} cellules, puis {read_count}). "
        "Enregistrez-le de nouveau depuis un tableur."
    ),
}

_TEXT_FILES = {
    "nul_bytes": _(
        "La ligne {line} contient des octets nuls : le fichier est abîmé ou n’est pas du texte. Réexportez-le."
    ),
    "encoding_unknown": _(
        "L’encodage n’est pas reconnu : ligne {line}, on lirait « {read} ». Enregistrez le fichier en UTF-8."
    ),
    "encoding_mixed": _(
        "Le fichier mêle plusieurs encodages : ligne {line}, « {read} » n’est pas en UTF-8 comme le reste. "
        "Réexportez-le entièrement en UTF-8."
    ),
    "encoding_twice": _(
        "Les accents ont été encodés deux fois : ligne {line}, « {read} ». Repartez du fichier d’origine, en UTF-8."
    ),
    "encoding_utf16": _("Le fichier se dit en UTF-16 mais il est tronqué ou abîmé. Enregistrez-le en UTF-8."),
    "quote_unbalanced": _(
        "Un guillemet droit n’est pas fermé, ou est suivi de texte, dans l’enregistrement qui commence ligne {line}. "
        "Doublez les guillemets à l’intérieur d’une cellule."
    ),
    "csv_field_too_long": _(
        "Une cellule de l’enregistrement qui commence ligne {line} est démesurée : un guillemet n’y est sans doute "
        "pas fermé."
    ),
    "delimiter_not_found": _(
        "Aucun séparateur (virgule, point-virgule, tabulation) ne donne plusieurs colonnes. Réexportez en CSV."
    ),
    "delimiter_ambiguous": _(
        "Deux séparateurs sont possibles ({found}). Mettez les cellules entre guillemets ou prenez le .xlsx."
    ),
    "row_too_long": _(
        "La ligne {row} a {found} cellules pour {expected} en-têtes : une cellule y contient sans doute le séparateur. "
        "Mettez-la entre guillemets droits."
    ),
    "row_too_short": _(
        "La ligne {row} n’a que {found} cellules pour {expected} en-têtes. Complétez-la ou réexportez le fichier."
    ),
}

_TABLES = {
    "only_headers": _("Il n’y a que des en-têtes, aucune ligne de données. Vérifiez l’export."),
    "header_row_empty": _("La ligne d’en-têtes annoncée ({row}) est vide. Corrigez « header_row »."),
    "sheet_not_named": _("Le classeur a plusieurs feuilles : {found}. Nommez la bonne dans « sheet »."),
    "sheet_missing": _("La feuille « {wanted} » n’existe pas. Il y a : {found}. Corrigez « sheet »."),
    "sheet_in_csv": _("Un fichier CSV n’a pas de feuilles. Laissez « sheet » vide au lieu de « {wanted} »."),
    "column_missing": _(
        "La colonne « {column} » manque et aucun en-tête ne lui ressemble. Vérifiez le fichier et « header_row »."
    ),
    "column_missing_near": _(
        "La colonne « {column} » manque. En-têtes proches : {near}. Corrigez le fichier ou la correspondance."
    ),
    "column_twice": _("L’en-tête « {column} » est présent plusieurs fois ({cells}). Renommez l’une des colonnes."),
    "column_empty": _("La colonne « {column} » est entièrement vide. Confirmez que c’est voulu."),
    "column_empty_undeclared": _(
        "La colonne « {column} » est entièrement vide. Si c’est voulu, déclarez la cellule vide dans [absences]."
    ),
    "column_hidden": _("La colonne « {column} » est masquée dans le classeur. Confirmez qu’elle est à jour."),
    "column_computed": _(
        "La colonne « {column} » contient {count} formules : leurs derniers résultats enregistrés sont lus. Confirmez."
    ),
    "sheet_hidden": _("La feuille est masquée dans le classeur. Confirmez que c’est la bonne."),
    "rows_hidden": _("{count} lignes masquées sont lues ({rows}). Confirmez qu’elles comptent."),
    "indicator_unknown": _("L’indicateur « {indicator} » n’existe pas. Créez-le ou corrigez la correspondance."),
    "value_of_nobody": _(
        "{count} lignes de « {column} » portent une valeur alors que « {weight} » y est à zéro : "
        "elles ne comptent pour rien. Vérifiez que la colonne n’a pas été remplie d’office."
    ),
    "value_not_measured": _(
        "{count} lignes ne disent rien de « {indicator} » et ne comptent pas : {why}. Confirmez que c’est voulu."
    ),
    "scale_fractions": _(
        "« {column} » ne dépasse jamais 1 alors qu’un pourcentage est attendu. "
        "Si ce sont des fractions, ajoutez « multiply = 100 »."
    ),
}

_CELLS = {
    "cell_error": _("La cellule contient l’erreur « {read} ». Corrigez-la dans le tableur."),
    "cell_formula": _("La cellule contient une formule sans résultat enregistré. Ouvrez et enregistrez le classeur."),
    "cell_merged": _(
        "La cellule fait partie d’une fusion : « {read} » vaut pour on ne sait quelles lignes. Défusionnez."
    ),
    "cell_empty": _("La cellule est vide. Complétez-la, ou déclarez la cellule vide dans [absences]."),
    "text_too_long": _("Le texte est démesuré (« {read} »). Vérifiez les guillemets de la ligne, ou raccourcissez-le."),
    "text_invisible_sign": _("Le texte contient un signe invisible (« {read} »). Retapez-le."),
    "text_letter_lost": _("Une lettre a été perdue dans « {read} ». Repartez du fichier d’origine."),
    "key_empty": _("L’identifiant de l’école manque. Complétez la cellule."),
    "key_number": _(
        "L’identifiant « {read} » est un nombre : ses zéros de tête sont perdus. Mettez la colonne en texte."
    ),
    "key_malformed_uai": _(
        "« {read} » n’est pas un UAI : sept chiffres et une lettre. Corrigez-le, ou admettez-le dans « key.accept »."
    ),
    "key_malformed_other": _("« {read} » n’a pas la forme d’un tel identifiant. Corrigez-le."),
    "year_not_one": _("« {read} » n’est pas une année. Corrigez la cellule."),
    "key_wrong_letter": _(
        "La lettre de l’UAI « {read} » devrait être {letter}. Vérifiez qu’il n’y a pas de faute de frappe."
    ),
    "attribute_unknown_text": _("« {read} » n’est pas prévu. Les textes connus sont : {known}. Complétez « values »."),
    "attribute_conflict": _(
        "« {read} » contredit la cellule {other} de la même école (« {other_text} »). Corrigez l’une des deux."
    ),
    "attribute_not_years": _(
        "« {read} » n’est pas un nombre d’années de 1 à {most}. Corrigez la cellule, ou traduisez-la dans « values »."
    ),
    "attribute_too_long": _("« {read} » dépasse {limit} signes. Raccourcissez-le."),
}

_NUMBERS = {
    "number_not_one": _("« {read} » n’est pas un nombre. Corrigez-le, ou déclarez cette marque dans [absences]."),
    "number_not_finite": _("« {read} » n’est pas un nombre fini. Mettez le nombre, ou une marque d’absence déclarée."),
    "number_underscore": _("« {read} » contient des traits bas. Écrivez les milliers avec des espaces, ou sans rien."),
    "number_foreign_digits": _("« {read} » n’est pas écrit avec les chiffres 0 à 9 ordinaires. Retapez-le."),
    "number_mixed_marks": _(
        "« {read} » mêle des séparateurs de milliers et de décimales. Écrivez par exemple 1 234,5."
    ),
    "number_plus": _("« {read} » porte un signe plus. Retirez-le."),
    "number_exponent": _("« {read} » a un exposant hors de toute mesure. Vérifiez le nombre."),
    "number_marked": _("« {read} » est un nombre suivi d’une marque ou d’une unité. Ne laissez que le nombre."),
    "number_too_long": _("« {read} » a trop de chiffres pour une mesure. Vérifiez le nombre."),
    "number_percent_sign": _(
        "« {read} » porte un signe pour cent. Retirez-le, ou dites « percent_sign = true » dans la correspondance."
    ),
    "number_is_date": _("« {read} » est une date, pas un nombre : le tableur a pu convertir la saisie. Retapez-le."),
    "number_is_boolean": _("« {read} » est vrai ou faux, pas un nombre. Retapez-le."),
    "weight_negative": _("Le poids « {read} » est négatif. Corrigez-le."),
    "factor_negative": _("Le facteur « {read} » est négatif. Corrigez-le."),
    "out_of_bounds": _(
        "« {read} » sort des bornes de « {indicator} » : de {minimum} à {maximum}. Corrigez la cellule."
    ),
    "out_of_bounds_mixed": _(
        "« {read} » sort des bornes de « {indicator} » : de {minimum} à {maximum}. "
        "La colonne semble mêler fractions et pourcentages : mettez-la toute à la même échelle."
    ),
    "total_out_of_bounds": _(
        "Pour {key}, le résultat {total} sort des bornes de « {indicator} » : de {minimum} à {maximum}. "
        "Vérifiez les lignes de cette école."
    ),
    "value_too_large": _("Pour {key}, le résultat dépasse {limit} chiffres avant la virgule. Vérifiez les lignes."),
    "several_rows": _(
        "{key} a plusieurs lignes ({cells}) alors qu’une seule est attendue. "
        "Retirez les doublons, ou choisissez « aggregate »."
    ),
}

_PLACES = {
    "rank_not_one": _("« {read} » n’est pas un rang. Écrivez par exemple 16, ou « 16e ex aequo »."),
    "rank_beyond": _("Le rang « {read} » dépasse le nombre d’écoles classées, {most}. Corrigez l’un des deux."),
    "tie_unknown_text": _("« {read} » ne dit pas si le rang est partagé. Écrivez oui ou non."),
    "tie_contradicts_rank": _("« {read} » contredit le rang de la même ligne, « {rank} ». Corrigez l’un des deux."),
    "points_not_possible": _("« {read} » n’est pas une note possible. Corrigez la cellule."),
    "place_unknown_school": _(
        "Aucune école ne répond à « {read} ». Corrigez la cellule, ou donnez d’abord cet identifiant "
        "ou cet autre nom à l’école."
    ),
    "place_of_several_schools": _("« {read} » mène à plusieurs écoles : {names}. Donnez l’identifiant de la bonne."),
    "place_school_twice": _("« {name} » est déjà à la cellule {other}. Gardez une seule ligne par école."),
    "place_name_differs": _(
        "L’identifiant « {read} » est celui de « {name} », que la ligne nomme « {said} ». Confirmez."
    ),
}

SENTENCES = _FILES | _TEXT_FILES | _TABLES | _CELLS | _NUMBERS | _PLACES
