"""What the page on calibration says besides its tables."""

BEFORE = """# Calibration

Whether the default methods keep what they promise, on made-up programmes whose truth is known. `make calibrate`
writes this page, with at most {replications:,} replications of a cell; every row says how many it has. Every number
stands with its Monte Carlo standard error: two in three such numbers lie within one of it of what endless
replications would give. Defaults are **bold**; the others are what is often used
instead, or stands beside the default in a report.

**The programmes.** Companies of unequal size, drawn anew each time as the simulated data are: 30 with 190 people,
and 500 with 1,300. A question with five answers before and after. What lies behind the answers is normal,
correlates 0.6 between the waves, and a share of its variance (ICC) lies between companies, of the level and of the
change alike. Yes is an answer of 3 or more: 80 in 100 before. Four in ten are women, in many companies all or
none. Where there is a change or a gap it is 0.4 standard deviations of what lies behind the answers.

**Coverage** is how often the interval holds the true change or gap, which is not zero. **False findings** are how
often the test finds a change or a gap where there is none; for shares, how often the lower limit lies above the
true share, so that a target would be called reached when it is not.
"""

HEADINGS = {
    "Mean change": "The mean over people of one question, everybody answering both times.",
    "Mean change with few companies": (
        "With fewer than eight companies, or fewer than seven degrees of freedom, the rule takes the wild bootstrap."
    ),
    "Change of a share": "The share of yes, by the mean of the changes −1, 0 and 1.",
    "Ordinal change": "The share who rose less the share who fell.",
    "Standardised change": (
        "The change in standard deviations between people (d_av), by what each person adds to it. Reports show no "
        "interval with fewer than eight companies."
    ),
    "Gap between the means of women and men": "Before, among everybody.",
    "Gap between the shares of women and men": "The share of yes before, among everybody.",
    "Equivalence when the gap is as large as the margin": (
        "The true gap is 0.3 steps, and so is the margin: to call it negligible is wrong."
    ),
    "Mean at one wave": "Before, among everybody, as the mean of programmes like this.",
    "Share in programmes like this": (
        "Seven in ten answer, by chance. The truth is the share that the companies come from."
    ),
    "Share in this programme": (
        "Seven in ten answer, by chance. The truth is the share among everybody in the programme."
    ),
    "Share in this programme, predicted": "The same, by the beta-binomial prediction of the silent.",
    "Change of everyone when those with low answers leave": (
        "About seven in ten answer again, the more the higher their answer before. The truth is the change of "
        "everybody. Methods that draw companies anew do so 299 times here and 999 times in reports; 30 "
        "companies only, because they are slow."
    ),
    "The same by waves together": (
        "The model of the course over several waves, with two waves. It assumes no equal changes of all companies."
    ),
    "Change over three waves when those with low answers leave": (
        "From the first wave to the third. At each later wave those leave more often, for good, whose last answer was "
        "low; about half answer the third time. The truth is the change of everybody."
    ),
    "agreement": (
        "Agreement within companies has no interval in the reports. The truth is the correlation of two colleagues' "
        "answers, which is a little smaller than that of what lies behind them."
    ),
}

CHANCE = "Within two Monte Carlo errors of the range: chance may explain it."
RULE = "CR2 or wild bootstrap, by the rule"
REASONS: dict[tuple[str, str], str] = {
    ("Share in this programme", "hypergeometric"): (
        "Whole people cannot be divided, so an exact interval holds the truth more often than promised; and where all "
        "companies have answers, the silent are like colleagues who are known."
    ),
    ("Share in this programme", "logit, CR2, finite"): (
        "Cautious by intention: companies that all take part are treated as drawn."
    ),
}
