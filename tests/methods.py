"""The method the factories rank by: two families, a scale of each kind, every kind of absence ruled."""

METHOD = """format = 1
title = { fr = "Méthode des essais", en = "Method of the trials" }
aggregate = "mean"
points = 10
minimum_coverage = 0.5
rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "unranked" }

[[node]]
key = "insertion"
title = { fr = "Insertion", en = "Employment" }
weight = 60
[[node.node]]
key = "salaire"
title = { fr = "Salaire", en = "Salary" }
weight = 2
indicator = "salaire"
scale = { kind = "minmax", better = "higher" }
[[node.node]]
key = "emploi"
title = { fr = "Emploi", en = "Work" }
weight = 1
indicator = "emploi"
scale = { kind = "thresholds", better = "higher", from = [70, 80, 90], points = [0, 4, 7, 10] }

[[node]]
key = "ouverture"
title = { fr = "Ouverture", en = "Openness" }
weight = 40
[[node.node]]
key = "doctorants"
title = { fr = "Doctorat", en = "Doctorate" }
weight = 1
indicator = "doctorants"
scale = { kind = "minmax", better = "higher", low = 0, high = 25 }
[[node.node]]
key = "mobilite"
title = { fr = "Mobilité", en = "Mobility" }
weight = 1
indicator = "mobilite"
scale = { kind = "minmax", better = "higher" }
"""
