"""Every problem of a method has its French sentence."""

import string

from django.utils.translation import override

from editorial.desks.method_words import SENTENCES, problem_words
from rankings.engine import MethodError, parse_method
from rankings.engine.problems import MESSAGES
from tests.methods import METHOD


def names(sentence: object) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(str(sentence)) if name}


def test_every_code_has_a_sentence_that_asks_for_nothing_else() -> None:
    assert set(SENTENCES) == set(MESSAGES)
    for code, sentence in SENTENCES.items():
        assert names(sentence) <= names(MESSAGES[code]), code


def test_problem_is_said_in_the_language_of_the_page() -> None:
    try:
        parse_method(METHOD.replace("points = 10", "points = -1", 1).replace("aggregate", "agregate", 1))
    except MethodError as error:
        problems = error.problems
    french = [problem_words(problem) for problem in problems]
    assert any("attendu\u00a0: un nombre au-dessus de 0" in sentence for sentence in french)
    assert any("aggregate" in sentence for sentence in french)
    with override("en"):
        assert [problem_words(problem) for problem in problems] == [problem.message for problem in problems]
