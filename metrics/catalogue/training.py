from godview.translating.later import later as _
from metrics.catalogue.metric import Metric, Unit

METRICS = (
    Metric(
        key="training_completion_rate",
        name=_("Training completed"),
        unit=Unit.SHARE,
        definition=_(
            "Of the modules that people had to have passed by the day, the share they have "
            "passed, in the version that is taught and still in date."
        ),
        formula=_("passed and in date ÷ required and due"),
        chapter="23",
        threshold=1.0,
        shown_on=(_("Training"),),
    ),
    Metric(
        key="training_score",
        name=_("Training score"),
        unit=Unit.PER_CENT,
        definition=_("Average score of the required modules that were attempted."),
        formula=_("sum of scores ÷ modules attempted"),
        chapter="23",
        shown_on=(_("Training"),),
        counts=_("{part} points over {whole} modules"),
    ),
    Metric(
        key="training_score_with_zero",
        name=_("Training score, 0 for what was not begun"),
        unit=Unit.PER_CENT,
        definition=_("Average score of all required modules, with 0 for those not begun."),
        formula=_("sum of scores ÷ modules required and due"),
        chapter="23",
        counts=_("{part} points over {whole} modules"),
    ),
)
