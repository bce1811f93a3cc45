"""Full references by key."""

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

REFERENCES: dict[str, str] = {
    "agresti1998": "Agresti A, Coull BA (1998). Approximate is better than “exact” for interval estimation of "
    "binomial proportions. The American Statistician 52(2), 119–126.",
    "bell2002": "Bell RM, McCaffrey DF (2002). Bias reduction in standard errors for linear regression with "
    "multi-stage samples. Survey Methodology 28(2), 169–181.",
    "benjamini1995": "Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate. Journal of the Royal "
    "Statistical Society B 57(1), 289–300.",
    "buonaccorsi1987": "Buonaccorsi JP (1987). A note on confidence intervals for proportions in finite "
    "populations. The American Statistician 41(3), 215–218.",
    "cameron2015": "Cameron AC, Miller DL (2015). A practitioner's guide to cluster-robust inference. Journal of "
    "Human Resources 50(2), 317–372.",
    "clopper1934": "Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in the case "
    "of the binomial. Biometrika 26(4), 404–413.",
    "cumming2012": "Cumming G (2012). Understanding the new statistics. Routledge.",
    "hedges1981": "Hedges LV (1981). Distribution theory for Glass's estimator of effect size and related "
    "estimators. Journal of Educational Statistics 6(2), 107–128.",
    "holm1979": "Holm S (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of "
    "Statistics 6(2), 65–70.",
    "howard1980": "Howard GS (1980). Response-shift bias: a problem in evaluating interventions with pre/post "
    "self-reports. Evaluation Review 4(1), 93–106.",
    "imbens2016": "Imbens GW, Kolesár M (2016). Robust standard errors in small samples. Review of Economics and "
    "Statistics 98(4), 701–712.",
    "manski1989": "Manski CF (1989). Anatomy of the selection problem. Journal of Human Resources 24(3), 343–360.",
    "morris2002": "Morris SB, DeShon RP (2002). Combining effect size estimates in meta-analysis with repeated "
    "measures and independent-groups designs. Psychological Methods 7(1), 105–125.",
    "newcombe1998": "Newcombe RG (1998). Interval estimation for the difference between independent proportions. "
    "Statistics in Medicine 17(8), 873–890.",
    "pustejovsky2018": "Pustejovsky JE, Tipton E (2018). Small-sample methods for cluster-robust variance "
    "estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics 36(4), "
    "672–683.",
    "wilson1927": "Wilson EB (1927). Probable inference, the law of succession, and statistical inference. Journal "
    "of the American Statistical Association 22(158), 209–212.",
}


def cite(key: str) -> str:
    """Return the full reference of a key."""
    if key not in REFERENCES:
        raise EstimationError(msg("There is no reference {key}.", key=key), do=one_of(key, REFERENCES))
    return REFERENCES[key]
