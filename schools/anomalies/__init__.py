"""What looks wrong in a file that reads well. Pure: rows in, anomalies out; nothing here knows a database.

`find_anomalies` is a function of the document, its mapping and its checks alone: the same three give the same
anomalies, in the same order. What is looked for is written in a checks file (docs/checks-file.md).
"""

from schools.anomalies.checks import Checks
from schools.anomalies.checks_file import checks_for, parse_checks
from schools.anomalies.finding import find_anomalies
from schools.anomalies.found import Anomaly, said
from schools.anomalies.series import Jump, gaps, jumps

__all__ = ["Anomaly", "Checks", "Jump", "checks_for", "find_anomalies", "gaps", "jumps", "parse_checks", "said"]
