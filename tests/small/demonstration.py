"""A small file of forty fictional schools, its indicators, mapping and method: what most tests import and rank."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
INDICATORS, FORMATIONS = HERE / "indicators.toml", HERE / "formations.csv"
METHOD = (HERE / "method.toml").read_text(encoding="utf-8")
MAPPING_FILE, PROGRAMMES = HERE / "mapping.toml", HERE / "programmes.toml"
