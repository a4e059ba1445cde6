"""Who asks many questions finds something by chance: Holm's correction."""

from collections.abc import Sequence


def holm(chances: Sequence[float]) -> list[float]:
    """Probabilities by chance, raised for having asked several questions at once; in their order.

    Held against 5 %, at most 5 % of such families of questions give even one false answer.

    Unit:    probability.
    Unknown: never; no questions, no answers.
    Error:   careful: it never needs the questions to be independent.
    Source:  docs/definitions.md, 15 and 28: Holm (1979); statsmodels `multipletests`.
    """
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        corrected[place] = highest
    return corrected
