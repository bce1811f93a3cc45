"""Full references by key."""

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

REFERENCES: dict[str, str] = {
    "agresti1998": "Agresti A, Coull BA (1998). Approximate is better than “exact” for interval estimation "
    "of binomial proportions. The American Statistician 52(2), 119–126.",
    "agresti2013": "Agresti A (2013). Categorical data analysis, 3rd edition. Wiley.",
    "algina2003": "Algina J, Keselman HJ (2003). Approximate confidence intervals for effect sizes. "
    "Educational and Psychological Measurement 63(4), 537–553.",
    "austin2009": "Austin PC (2009). Balance diagnostics for comparing the distribution of baseline "
    "covariates between treatment groups in propensity-score matched samples. Statistics in Medicine "
    "28(25), 3083–3107.",
    "becker1988": "Becker BJ (1988). Synthesizing standardized mean-change measures. British Journal of "
    "Mathematical and Statistical Psychology 41(2), 257–278.",
    "bell2002": "Bell RM, McCaffrey DF (2002). Bias reduction in standard errors for linear regression with "
    "multi-stage samples. Survey Methodology 28(2), 169–181.",
    "benjamini1995": "Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate: a practical and "
    "powerful approach to multiple testing. Journal of the Royal Statistical Society B 57(1), 289–300.",
    "benjamini2001": "Benjamini Y, Yekutieli D (2001). The control of the false discovery rate in multiple "
    "testing under dependency. Annals of Statistics 29(4), 1165–1188.",
    "blaker2000": "Blaker H (2000). Confidence curves and improved exact confidence intervals for discrete "
    "distributions. Canadian Journal of Statistics 28(4), 783–798.",
    "brown2001": "Brown LD, Cai TT, DasGupta A (2001). Interval estimation for a binomial proportion. "
    "Statistical Science 16(2), 101–133.",
    "buonaccorsi1987": "Buonaccorsi JP (1987). A note on confidence intervals for proportions in finite "
    "populations. The American Statistician 41(3), 215–218.",
    "cameron2015": "Cameron AC, Miller DL (2015). A practitioner's guide to cluster-robust inference. "
    "Journal of Human Resources 50(2), 317–372.",
    "clopper1934": "Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in "
    "the case of the binomial. Biometrika 26(4), 404–413.",
    "cochran1977": "Cochran WG (1977). Sampling techniques, 3rd edition. Wiley.",
    "cohen1988": "Cohen J (1988). Statistical power analysis for the behavioral sciences, 2nd edition. "
    "Lawrence Erlbaum.",
    "cumming2012": "Cumming G (2012). Understanding the new statistics. Routledge.",
    "duncan1955": "Duncan OD, Duncan B (1955). A methodological analysis of segregation indexes. American "
    "Sociological Review 20(2), 210–217.",
    "dunn1961": "Dunn OJ (1961). Multiple comparisons among means. Journal of the American Statistical "
    "Association 56(293), 52–64.",
    "fay2010": "Fay MP (2010). Two-sided exact tests and matching confidence intervals for discrete data. "
    "The R Journal 2(1), 53–58.",
    "fisher1935": "Fisher RA (1935). The logic of inductive inference. Journal of the Royal Statistical "
    "Society 98(1), 39–82.",
    "glass1976": "Glass GV (1976). Primary, secondary, and meta-analysis of research. Educational "
    "Researcher 5(10), 3–8.",
    "grissom1994": "Grissom RJ (1994). Probability of the superior outcome of one treatment over another. "
    "Journal of Applied Psychology 79(2), 314–316.",
    "hayes2017": "Hayes RJ, Moulton LH (2017). Cluster randomised trials, 2nd edition. Chapman and Hall/CRC.",
    "hedges1981": "Hedges LV (1981). Distribution theory for Glass's estimator of effect size and related "
    "estimators. Journal of Educational Statistics 6(2), 107–128.",
    "hedges1985": "Hedges LV, Olkin I (1985). Statistical methods for meta-analysis. Academic Press.",
    "hochberg1988": "Hochberg Y (1988). A sharper Bonferroni procedure for multiple tests of significance. "
    "Biometrika 75(4), 800–802.",
    "holm1979": "Holm S (1979). A simple sequentially rejective multiple test procedure. Scandinavian "
    "Journal of Statistics 6(2), 65–70.",
    "hommel1988": "Hommel G (1988). A stagewise rejective multiple test procedure based on a modified "
    "Bonferroni test. Biometrika 75(2), 383–386.",
    "howard1980": "Howard GS (1980). Response-shift bias: a problem in evaluating interventions with "
    "pre/post self-reports. Evaluation Review 4(1), 93–106.",
    "imbens2016": "Imbens GW, Kolesár M (2016). Robust standard errors in small samples. Review of "
    "Economics and Statistics 98(4), 701–712.",
    "katz1978": "Katz D, Baptista J, Azen SP, Pike MC (1978). Obtaining confidence intervals for the risk "
    "ratio in cohort studies. Biometrics 34(3), 469–474.",
    "koopman1984": "Koopman PAR (1984). Confidence intervals for the ratio of two binomial proportions. "
    "Biometrics 40(2), 513–517.",
    "lakens2013": "Lakens D (2013). Calculating and reporting effect sizes to facilitate cumulative "
    "science: a practical primer for t-tests and ANOVAs. Frontiers in Psychology 4, 863.",
    "lakens2017": "Lakens D (2017). Equivalence tests: a practical primer for t tests, correlations, and "
    "meta-analyses. Social Psychological and Personality Science 8(4), 355–362.",
    "lancaster1961": "Lancaster HO (1961). Significance tests in discrete distributions. Journal of the "
    "American Statistical Association 56(294), 223–234.",
    "manski1989": "Manski CF (1989). Anatomy of the selection problem. Journal of Human Resources 24(3), "
    "343–360.",
    "miettinen1985": "Miettinen O, Nurminen M (1985). Comparative analysis of two rates. Statistics in "
    "Medicine 4(2), 213–226.",
    "morris2002": "Morris SB, DeShon RP (2002). Combining effect size estimates in meta-analysis with "
    "repeated measures and independent-groups designs. Psychological Methods 7(1), 105–125.",
    "newcombe1998": "Newcombe RG (1998). Interval estimation for the difference between independent "
    "proportions. Statistics in Medicine 17(8), 873–890.",
    "newcombe1998a": "Newcombe RG (1998). Two-sided confidence intervals for the single proportion: "
    "comparison of seven methods. Statistics in Medicine 17(8), 857–872.",
    "pearson1900": "Pearson K (1900). On the criterion that a given system of deviations from the probable "
    "in the case of a correlated system of variables is such that it can be reasonably supposed to have "
    "arisen from random sampling. Philosophical Magazine, Series 5, 50(302), 157–175.",
    "pustejovsky2018": "Pustejovsky JE, Tipton E (2018). Small-sample methods for cluster-robust variance "
    "estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics "
    "36(4), 672–683.",
    "schuirmann1987": "Schuirmann DJ (1987). A comparison of the two one-sided tests procedure and the "
    "power approach for assessing the equivalence of average bioavailability. Journal of Pharmacokinetics "
    "and Biopharmaceutics 15(6), 657–680.",
    "sidak1967": "Šidák Z (1967). Rectangular confidence regions for the means of multivariate normal "
    "distributions. Journal of the American Statistical Association 62(318), 626–633.",
    "student1908": "Student (1908). The probable error of a mean. Biometrika 6(1), 1–25.",
    "tango1998": "Tango T (1998). Equivalence test and confidence interval for the difference in "
    "proportions for the paired-sample design. Statistics in Medicine 17(8), 891–908.",
    "tipton2015": "Tipton E, Pustejovsky JE (2015). Small-sample adjustments for tests of moderators and "
    "model fit using robust variance estimation in meta-regression. Journal of Educational and Behavioral "
    "Statistics 40(6), 604–634.",
    "welch1947": "Welch BL (1947). The generalization of ‘Student's’ problem when several different "
    "population variances are involved. Biometrika 34(1–2), 28–35.",
    "wilson1927": "Wilson EB (1927). Probable inference, the law of succession, and statistical inference. "
    "Journal of the American Statistical Association 22(158), 209–212.",
    "woolf1955": "Woolf B (1955). On estimating the relation between blood group and disease. Annals of "
    "Human Genetics 19(4), 251–253.",
    "wright1991": "Wright T (1991). Exact confidence bounds when sampling from small finite universes. "
    "Lecture Notes in Statistics 66. Springer.",
    "yates1934": "Yates F (1934). Contingency tables involving small numbers and the χ² test. Supplement to "
    "the Journal of the Royal Statistical Society 1(2), 217–235.",
}


def cite(key: str) -> str:
    """Return the full reference of a key."""
    if key not in REFERENCES:
        raise EstimationError(msg("There is no reference {key}.", key=key), do=one_of(key, REFERENCES))
    return REFERENCES[key]
