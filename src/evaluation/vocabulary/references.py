"""Full references by key."""

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

REFERENCES: dict[str, str] = {
    "agresti1998": "Agresti A, Coull BA (1998). Approximate is better than “exact” for interval estimation "
    "of binomial proportions. The American Statistician 52(2), 119–126.",
    "agresti2005": "Agresti A, Min Y (2005). Simple improved confidence intervals for comparing matched "
    "proportions. Statistics in Medicine 24(5), 729–740.",
    "agresti2010": "Agresti A (2010). Analysis of ordinal categorical data, 2nd edition. Wiley.",
    "agresti2013": "Agresti A (2013). Categorical data analysis, 3rd edition. Wiley.",
    "algina2003": "Algina J, Keselman HJ (2003). Approximate confidence intervals for effect sizes. "
    "Educational and Psychological Measurement 63(4), 537–553.",
    "asparouhov2010": "Asparouhov T, Muthén B (2010). Simple second order chi-square correction. Mplus "
    "technical appendix.",
    "austin2009": "Austin PC (2009). Balance diagnostics for comparing the distribution of baseline "
    "covariates between treatment groups in propensity-score matched samples. Statistics in Medicine "
    "28(25), 3083–3107.",
    "barnard1999": "Barnard J, Rubin DB (1999). Small-sample degrees of freedom with multiple imputation. "
    "Biometrika 86(4), 948–955.",
    "bartlett1951": "Bartlett MS (1951). The effect of standardization on a χ² approximation in factor "
    "analysis. Biometrika 38(3–4), 337–344.",
    "bartlett2020": "Bartlett JW, Hughes RA (2020). Bootstrap inference for multiple imputation under "
    "uncongeniality and misspecification. Statistical Methods in Medical Research 29(12), 3533–3546.",
    "bates2015": "Bates D, Mächler M, Bolker B, Walker S (2015). Fitting linear mixed-effects models using lme4. "
    "Journal of Statistical Software 67(1), 1–48.",
    "becker1988": "Becker BJ (1988). Synthesizing standardized mean-change measures. British Journal of "
    "Mathematical and Statistical Psychology 41(2), 257–278.",
    "bell2002": "Bell RM, McCaffrey DF (2002). Bias reduction in standard errors for linear regression with "
    "multi-stage samples. Survey Methodology 28(2), 169–181.",
    "benjamini1995": "Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate: a practical and "
    "powerful approach to multiple testing. Journal of the Royal Statistical Society B 57(1), 289–300.",
    "benjamini2001": "Benjamini Y, Yekutieli D (2001). The control of the false discovery rate in multiple "
    "testing under dependency. Annals of Statistics 29(4), 1165–1188.",
    "bentler1990": "Bentler PM (1990). Comparative fit indexes in structural models. Psychological Bulletin "
    "107(2), 238–246.",
    "bernaards2005": "Bernaards CA, Jennrich RI (2005). Gradient projection algorithms and software for "
    "arbitrary rotation criteria in factor analysis. Educational and Psychological Measurement 65(5), "
    "676–696.",
    "bhapkar1966": "Bhapkar VP (1966). A note on the equivalence of two test criteria for hypotheses in categorical "
    "data. Journal of the American Statistical Association 61(313), 228–235.",
    "binder1983": "Binder DA (1983). On the variances of asymptotically normal estimators from complex "
    "surveys. International Statistical Review 51(3), 279–292.",
    "blaker2000": "Blaker H (2000). Confidence curves and improved exact confidence intervals for discrete "
    "distributions. Canadian Journal of Statistics 28(4), 783–798.",
    "bock1981": "Bock RD, Aitkin M (1981). Marginal maximum likelihood estimation of item parameters: "
    "application of an EM algorithm. Psychometrika 46(4), 443–459.",
    "bowker1948": "Bowker AH (1948). A test for symmetry in contingency tables. Journal of the American "
    "Statistical Association 43(244), 572–574.",
    "brosseau2012": "Brosseau-Liard PE, Savalei V, Li L (2012). An investigation of the sample performance of "
    "two nonnormality corrections for RMSEA. Multivariate Behavioral Research 47(6), 904–930.",
    "brown1910": "Brown W (1910). Some experimental results in the correlation of mental abilities. British "
    "Journal of Psychology 3(3), 296–322.",
    "brown2001": "Brown LD, Cai TT, DasGupta A (2001). Interval estimation for a binomial proportion. "
    "Statistical Science 16(2), 101–133.",
    "buonaccorsi1987": "Buonaccorsi JP (1987). A note on confidence intervals for proportions in finite "
    "populations. The American Statistician 41(3), 215–218.",
    "cameron2008": "Cameron AC, Gelbach JB, Miller DL (2008). Bootstrap-based improvements for inference with "
    "clustered errors. Review of Economics and Statistics 90(3), 414–427.",
    "cameron2011": "Cameron AC, Gelbach JB, Miller DL (2011). Robust inference with multiway clustering. Journal of "
    "Business & Economic Statistics 29(2), 238–249.",
    "cameron2015": "Cameron AC, Miller DL (2015). A practitioner's guide to cluster-robust inference. "
    "Journal of Human Resources 50(2), 317–372.",
    "carpenter2013": "Carpenter JR, Kenward MG (2013). Multiple imputation and its application. Wiley.",
    "chamberlain1980": "Chamberlain G (1980). Analysis of covariance with qualitative data. Review of Economic Studies "
    "47(1), 225–238.",
    "chen2007": "Chen FF (2007). Sensitivity of goodness of fit indexes to lack of measurement invariance. "
    "Structural Equation Modeling 14(3), 464–504.",
    "choi2011": "Choi SW, Gibbons LE, Crane PK (2011). lordif: an R package for detecting differential item "
    "functioning using iterative hybrid ordinal logistic regression/item response theory and Monte Carlo "
    "simulations. Journal of Statistical Software 39(8).",
    "cliff1993": "Cliff N (1993). Dominance statistics: ordinal analyses to answer ordinal questions. "
    "Psychological Bulletin 114(3), 494–509.",
    "clopper1934": "Clopper CJ, Pearson ES (1934). The use of confidence or fiducial limits illustrated in "
    "the case of the binomial. Biometrika 26(4), 404–413.",
    "cochran1950": "Cochran WG (1950). The comparison of percentages in matched samples. Biometrika 37(3–4), "
    "256–266.",
    "cochran1977": "Cochran WG (1977). Sampling techniques, 3rd edition. Wiley.",
    "cohen1960": "Cohen J (1960). A coefficient of agreement for nominal scales. Educational and Psychological "
    "Measurement 20(1), 37–46.",
    "cohen1968": "Cohen J (1968). Weighted kappa: nominal scale agreement with provision for scaled "
    "disagreement or partial credit. Psychological Bulletin 70(4), 213–220.",
    "cohen1988": "Cohen J (1988). Statistical power analysis for the behavioral sciences, 2nd edition. "
    "Lawrence Erlbaum.",
    "conover1999": "Conover WJ (1999). Practical nonparametric statistics, 3rd edition. Wiley.",
    "crane2006": "Crane PK, Gibbons LE, Jolley L, van Belle G (2006). Differential item functioning analysis "
    "with ordinal logistic regression techniques: DIFdetect and difwithpar. Medical Care 44(11 Suppl 3), "
    "S115–S123.",
    "cronbach1951": "Cronbach LJ (1951). Coefficient alpha and the internal structure of tests. Psychometrika "
    "16(3), 297–334.",
    "cumming2012": "Cumming G (2012). Understanding the new statistics. Routledge.",
    "deke2017": "Deke J, Chiang H (2017). The WWC attrition standard: sensitivity to assumptions and "
    "opportunities for refining and adapting to new contexts. Evaluation Review 41(2), 130–154.",
    "deming1940": "Deming WE, Stephan FF (1940). On a least squares adjustment of a sampled frequency "
    "table when the expected marginal totals are known. Annals of Mathematical Statistics 11(4), 427–444.",
    "dempster1977": "Dempster AP, Laird NM, Rubin DB (1977). Maximum likelihood from incomplete data via "
    "the EM algorithm. Journal of the Royal Statistical Society B 39(1), 1–38.",
    "deville1993": "Deville JC, Särndal CE, Sautory O (1993). Generalized raking procedures in survey "
    "sampling. Journal of the American Statistical Association 88(423), 1013–1020.",
    "duhachek2004": "Duhachek A, Iacobucci D (2004). Alpha's standard error (ASE): an accurate and precise "
    "confidence interval estimate. Journal of Applied Psychology 89(5), 792–808.",
    "duncan1955": "Duncan OD, Duncan B (1955). A methodological analysis of segregation indexes. American "
    "Sociological Review 20(2), 210–217.",
    "dunn1961": "Dunn OJ (1961). Multiple comparisons among means. Journal of the American Statistical "
    "Association 56(293), 52–64.",
    "durkalski2003": "Durkalski VL, Palesch YY, Lipsitz SR, Rust PF (2003). Analysis of clustered matched-pair data. "
    "Statistics in Medicine 22(15), 2417–2428.",
    "efron1987": "Efron B (1987). Better bootstrap confidence intervals. Journal of the American Statistical "
    "Association 82(397), 171–185.",
    "eisinga2013": "Eisinga R, te Grotenhuis M, Pelzer B (2013). The reliability of a two-item scale: Pearson, "
    "Cronbach, or Spearman-Brown? International Journal of Public Health 58(4), 637–642.",
    "enders2010": "Enders CK (2010). Applied missing data analysis. Guilford Press.",
    "fagerland2013": "Fagerland MW, Lydersen S, Laake P (2013). The McNemar test for binary matched-pairs data: mid-p "
    "and asymptotic are better than exact conditional. BMC Medical Research Methodology 13, 91.",
    "fay2010": "Fay MP (2010). Two-sided exact tests and matching confidence intervals for discrete data. "
    "The R Journal 2(1), 53–58.",
    "feldt1965": "Feldt LS (1965). The approximate sampling distribution of Kuder-Richardson reliability "
    "coefficient twenty. Psychometrika 30(3), 357–370.",
    "feng2004": "Feng D, Cliff N (2004). Monte Carlo evaluation of ordinal d with improved confidence interval. "
    "Journal of Modern Applied Statistical Methods 3(2), 322–332.",
    "field2007": "Field CA, Welsh AH (2007). Bootstrapping clustered data. Journal of the Royal Statistical "
    "Society, Series B 69(3), 369–390.",
    "fisher1935": "Fisher RA (1935). The logic of inductive inference. Journal of the Royal Statistical "
    "Society 98(1), 39–82.",
    "fisher1935a": "Fisher RA (1935). The design of experiments. Oliver and Boyd.",
    "fleiss1969": "Fleiss JL, Cohen J, Everitt BS (1969). Large sample standard errors of kappa and weighted "
    "kappa. Psychological Bulletin 72(5), 323–327.",
    "fleiss1971": "Fleiss JL (1971). Measuring nominal scale agreement among many raters. Psychological "
    "Bulletin 76(5), 378–382.",
    "flora2020": "Flora DB (2020). Your coefficient alpha is probably wrong, but which coefficient omega is "
    "right? A tutorial on using R to obtain better reliability estimates. Advances in Methods and "
    "Practices in Psychological Science 3(4), 484–501.",
    "fornell1981": "Fornell C, Larcker DF (1981). Evaluating structural equation models with unobservable "
    "variables and measurement error. Journal of Marketing Research 18(1), 39–50.",
    "friedman1937": "Friedman M (1937). The use of ranks to avoid the assumption of normality implicit in the "
    "analysis of variance. Journal of the American Statistical Association 32(200), 675–701.",
    "gelman2013": "Gelman A, Carlin JB, Stern HS, Dunson DB, Vehtari A, Rubin DB (2013). Bayesian data "
    "analysis, 3rd edition. Chapman and Hall/CRC.",
    "glass1976": "Glass GV (1976). Primary, secondary, and meta-analysis of research. Educational "
    "Researcher 5(10), 3–8.",
    "green2009": "Green SB, Yang Y (2009). Reliability of summed item scores using structural equation "
    "modeling: an alternative to coefficient alpha. Psychometrika 74(1), 155–167.",
    "greenhouse1959": "Greenhouse SW, Geisser S (1959). On methods in the analysis of profile data. Psychometrika "
    "24(2), 95–112.",
    "grissom1994": "Grissom RJ (1994). Probability of the superior outcome of one treatment over another. "
    "Journal of Applied Psychology 79(2), 314–316.",
    "grund2018": "Grund S, Lüdtke O, Robitzsch A (2018). Multiple imputation of missing data for "
    "multilevel models: simulations and recommendations. Organizational Research Methods 21(1), 111–149.",
    "guttman1945": "Guttman L (1945). A basis for analyzing test-retest reliability. Psychometrika 10(4), "
    "255–282.",
    "harman1966": "Harman HH, Jones WH (1966). Factor analysis by minimizing residuals (minres). Psychometrika "
    "31(3), 351–368.",
    "hayes2017": "Hayes RJ, Moulton LH (2017). Cluster randomised trials, 2nd edition. Chapman and Hall/CRC.",
    "hedges1981": "Hedges LV (1981). Distribution theory for Glass's estimator of effect size and related "
    "estimators. Journal of Educational Statistics 6(2), 107–128.",
    "hedges1985": "Hedges LV, Olkin I (1985). Statistical methods for meta-analysis. Academic Press.",
    "henseler2015": "Henseler J, Ringle CM, Sarstedt M (2015). A new criterion for assessing discriminant "
    "validity in variance-based structural equation modeling. Journal of the Academy of Marketing Science "
    "43(1), 115–135.",
    "hochberg1988": "Hochberg Y (1988). A sharper Bonferroni procedure for multiple tests of significance. "
    "Biometrika 75(4), 800–802.",
    "hodges1963": "Hodges JL, Lehmann EL (1963). Estimates of location based on rank tests. Annals of Mathematical "
    "Statistics 34(2), 598–611.",
    "holland1988": "Holland PW, Thayer DT (1988). Differential item performance and the Mantel-Haenszel "
    "procedure. In: Wainer H, Braun HI (eds), Test Validity, 129–145. Lawrence Erlbaum.",
    "holm1979": "Holm S (1979). A simple sequentially rejective multiple test procedure. Scandinavian "
    "Journal of Statistics 6(2), 65–70.",
    "hommel1988": "Hommel G (1988). A stagewise rejective multiple test procedure based on a modified "
    "Bonferroni test. Biometrika 75(2), 383–386.",
    "horn1965": "Horn JL (1965). A rationale and test for the number of factors in factor analysis. "
    "Psychometrika 30(2), 179–185.",
    "horowitz2000": "Horowitz JL, Manski CF (2000). Nonparametric analysis of randomized experiments with "
    "missing covariate and outcome data. Journal of the American Statistical Association 95(449), 77–84.",
    "howard1980": "Howard GS (1980). Response-shift bias: a problem in evaluating interventions with "
    "pre/post self-reports. Evaluation Review 4(1), 93–106.",
    "hu1999": "Hu L, Bentler PM (1999). Cutoff criteria for fit indexes in covariance structure analysis: "
    "conventional criteria versus new alternatives. Structural Equation Modeling 6(1), 1–55.",
    "huynh1976": "Huynh H, Feldt LS (1976). Estimation of the Box correction for degrees of freedom from sample "
    "data in randomized block and split-plot designs. Journal of Educational Statistics 1(1), 69–82.",
    "imbens2004": "Imbens GW, Manski CF (2004). Confidence intervals for partially identified parameters. "
    "Econometrica 72(6), 1845–1857.",
    "imbens2016": "Imbens GW, Kolesár M (2016). Robust standard errors in small samples. Review of "
    "Economics and Statistics 98(4), 701–712.",
    "jacobson1991": "Jacobson NS, Truax P (1991). Clinical significance: a statistical approach to defining "
    "meaningful change in psychotherapy research. Journal of Consulting and Clinical Psychology 59(1), "
    "12–19.",
    "jennrich1966": "Jennrich RI, Sampson PF (1966). Rotation for simple loadings. Psychometrika 31(3), "
    "313–323.",
    "jodoin2001": "Jodoin MG, Gierl MJ (2001). Evaluating type I error and power rates using an effect size "
    "measure with the logistic regression procedure for DIF detection. Applied Measurement in Education "
    "14(4), 329–349.",
    "joreskog1967": "Jöreskog KG (1967). Some contributions to maximum likelihood factor analysis. "
    "Psychometrika 32(4), 443–482.",
    "joreskog1969": "Jöreskog KG (1969). A general approach to confirmatory maximum likelihood factor analysis. "
    "Psychometrika 34(2), 183–202.",
    "kaiser1974": "Kaiser HF (1974). An index of factorial simplicity. Psychometrika 39(1), 31–36.",
    "katz1978": "Katz D, Baptista J, Azen SP, Pike MC (1978). Obtaining confidence intervals for the risk "
    "ratio in cohort studies. Biometrics 34(3), 469–474.",
    "kauermann2001": "Kauermann G, Carroll RJ (2001). A note on the efficiency of sandwich covariance matrix "
    "estimation. Journal of the American Statistical Association 96(456), 1387–1396.",
    "kendall1939": "Kendall MG, Babington Smith B (1939). The problem of m rankings. Annals of Mathematical "
    "Statistics 10(3), 275–287.",
    "kenward1997": "Kenward MG, Roger JH (1997). Small sample inference for fixed effects from restricted maximum "
    "likelihood. Biometrics 53(3), 983–997.",
    "kerby2014": "Kerby DS (2014). The simple difference formula: an approach to teaching nonparametric "
    "correlation. Comprehensive Psychology 3, 11.IT.3.1.",
    "kish1965": "Kish L (1965). Survey sampling. Wiley.",
    "koopman1984": "Koopman PAR (1984). Confidence intervals for the ratio of two binomial proportions. "
    "Biometrics 40(2), 513–517.",
    "korn1998": "Korn EL, Graubard BI (1998). Confidence intervals for proportions with small expected "
    "number of positive counts estimated from survey data. Survey Methodology 24(2), 193–201.",
    "krippendorff2011": "Krippendorff K (2011). Computing Krippendorff's alpha-reliability. University of "
    "Pennsylvania, Annenberg School for Communication.",
    "kuznetsova2017": "Kuznetsova A, Brockhoff PB, Christensen RHB (2017). lmerTest package: tests in linear mixed "
    "effects models. Journal of Statistical Software 82(13), 1–26.",
    "lakens2013": "Lakens D (2013). Calculating and reporting effect sizes to facilitate cumulative "
    "science: a practical primer for t-tests and ANOVAs. Frontiers in Psychology 4, 863.",
    "lakens2017": "Lakens D (2017). Equivalence tests: a practical primer for t tests, correlations, and "
    "meta-analyses. Social Psychological and Personality Science 8(4), 355–362.",
    "lancaster1961": "Lancaster HO (1961). Significance tests in discrete distributions. Journal of the "
    "American Statistical Association 56(294), 223–234.",
    "lee2009": "Lee DS (2009). Training, wages, and sample selection: estimating sharp bounds on "
    "treatment effects. Review of Economic Studies 76(3), 1071–1102.",
    "li1991": "Li KH, Raghunathan TE, Rubin DB (1991). Large-sample significance levels from multiply "
    "imputed data using moment-based statistics and an F reference distribution. Journal of the American "
    "Statistical Association 86(416), 1065–1073.",
    "liang1986": "Liang KY, Zeger SL (1986). Longitudinal data analysis using generalized linear models. "
    "Biometrika 73(1), 13–22.",
    "little1988": "Little RJA (1988). A test of missing completely at random for multivariate data with "
    "missing values. Journal of the American Statistical Association 83(404), 1198–1202.",
    "liu1994": "Liu Q, Pierce DA (1994). A note on Gauss–Hermite quadrature. Biometrika 81(3), 624–629.",
    "liu2017": "Liu Y, Millsap RE, West SG, Tein J-Y, Tanaka R, Grimm KJ (2017). Testing measurement invariance "
    "in longitudinal data with ordered-categorical measures. Psychological Methods 22(3), 486–506.",
    "lord1963": "Lord FM (1963). Elementary models for measuring change. In: Harris CW (ed), Problems in "
    "Measuring Change, 21–38. University of Wisconsin Press.",
    "lubbe2019": "Lubbe D (2019). Parallel analysis with categorical variables: impact of category probability "
    "proportions on dimensionality assessment accuracy. Psychological Methods 24(3), 339–351.",
    "lumley2010": "Lumley T (2010). Complex surveys: a guide to analysis using R. Wiley.",
    "mancl2001": "Mancl LA, DeRouen TA (2001). A covariance estimator for GEE with improved small-sample "
    "properties. Biometrics 57(1), 126–134.",
    "manski1989": "Manski CF (1989). Anatomy of the selection problem. Journal of Human Resources 24(3), "
    "343–360.",
    "mantel1959": "Mantel N, Haenszel W (1959). Statistical aspects of the analysis of data from retrospective "
    "studies of disease. Journal of the National Cancer Institute 22(4), 719–748.",
    "maxwell1970": "Maxwell AE (1970). Comparing the classification of subjects by two independent judges. British "
    "Journal of Psychiatry 116(535), 651–655.",
    "mccullagh1980": "McCullagh P (1980). Regression models for ordinal data. Journal of the Royal Statistical "
    "Society, Series B 42(2), 109–142.",
    "mcdonald1999": "McDonald RP (1999). Test Theory: A Unified Treatment. Lawrence Erlbaum.",
    "mcgraw1996": "McGraw KO, Wong SP (1996). Forming inferences about some intraclass correlation "
    "coefficients. Psychological Methods 1(1), 30–46.",
    "mcnemar1947": "McNemar Q (1947). Note on the sampling error of the difference between correlated proportions "
    "or percentages. Psychometrika 12(2), 153–157.",
    "meredith1993": "Meredith W (1993). Measurement invariance, factor analysis and factorial invariance. "
    "Psychometrika 58(4), 525–543.",
    "miettinen1985": "Miettinen O, Nurminen M (1985). Comparative analysis of two rates. Statistics in "
    "Medicine 4(2), 213–226.",
    "morris2002": "Morris SB, DeShon RP (2002). Combining effect size estimates in meta-analysis with "
    "repeated measures and independent-groups designs. Psychological Methods 7(1), 105–125.",
    "muthen1984": "Muthén B (1984). A general structural equation model with dichotomous, ordered categorical, "
    "and continuous latent variable indicators. Psychometrika 49(1), 115–132.",
    "muthen1997": "Muthén B, du Toit SHC, Spisic D (1997). Robust inference using weighted least squares and "
    "quadratic estimating equations in latent variable modeling with categorical and continuous outcomes. "
    "Unpublished technical report.",
    "newcombe1998": "Newcombe RG (1998). Interval estimation for the difference between independent "
    "proportions. Statistics in Medicine 17(8), 873–890.",
    "newcombe1998a": "Newcombe RG (1998). Two-sided confidence intervals for the single proportion: "
    "comparison of seven methods. Statistics in Medicine 17(8), 857–872.",
    "newcombe1998b": "Newcombe RG (1998). Improved confidence intervals for the difference between binomial "
    "proportions based on paired data. Statistics in Medicine 17(22), 2635–2650.",
    "obuchowski1998": "Obuchowski NA (1998). On the comparison of correlated proportions for clustered data. "
    "Statistics in Medicine 17(13), 1495–1507.",
    "olejnik2003": "Olejnik S, Algina J (2003). Generalized eta and omega squared statistics: measures of effect "
    "size for some common research designs. Psychological Methods 8(4), 434–447.",
    "olsson1979": "Olsson U (1979). Maximum likelihood estimation of the polychoric correlation coefficient. "
    "Psychometrika 44(4), 443–460.",
    "owen1956": "Owen DB (1956). Tables for computing bivariate normal probabilities. Annals of Mathematical "
    "Statistics 27(4), 1075–1090.",
    "pearson1900": "Pearson K (1900). On the criterion that a given system of deviations from the probable "
    "in the case of a correlated system of variables is such that it can be reasonably supposed to have "
    "arisen from random sampling. Philosophical Magazine, Series 5, 50(302), 157–175.",
    "pratt1959": "Pratt JW (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. Journal of "
    "the American Statistical Association 54(287), 655–667.",
    "pustejovsky2018": "Pustejovsky JE, Tipton E (2018). Small-sample methods for cluster-robust variance "
    "estimation and hypothesis testing in fixed effects models. Journal of Business & Economic Statistics "
    "36(4), 672–683.",
    "rao1984": "Rao JNK, Scott AJ (1984). On chi-squared tests for multiway contingency tables with cell "
    "proportions estimated from survey data. Annals of Statistics 12(1), 46–60.",
    "reise1990": "Reise SP, Yu J (1990). Parameter recovery in the graded response model using MULTILOG. "
    "Journal of Educational Measurement 27(2), 133–144.",
    "reiter2007": "Reiter JP (2007). Small-sample degrees of freedom for multi-component significance "
    "tests with multiple imputation for missing data. Biometrika 94(2), 502–508.",
    "revelle2019": "Revelle W, Condon DM (2019). Reliability from α to ω: a tutorial. Psychological Assessment "
    "31(12), 1395–1411.",
    "roemer2021": "Roemer E, Schuberth F, Henseler J (2021). HTMT2: an improved criterion for assessing "
    "discriminant validity in structural equation modeling. Industrial Management & Data Systems 121(12), "
    "2637–2650.",
    "roodman2019": "Roodman D, Nielsen MØ, MacKinnon JG, Webb MD (2019). Fast and wild: bootstrap inference in "
    "Stata using boottest. The Stata Journal 19(1), 4–60.",
    "rubin1987": "Rubin DB (1987). Multiple imputation for nonresponse in surveys. Wiley.",
    "samejima1969": "Samejima F (1969). Estimation of latent ability using a response pattern of graded scores. "
    "Psychometrika Monograph Supplement 17.",
    "schmid1957": "Schmid J, Leiman JM (1957). The development of hierarchical factor solutions. Psychometrika "
    "22(1), 53–61.",
    "schuirmann1987": "Schuirmann DJ (1987). A comparison of the two one-sided tests procedure and the "
    "power approach for assessing the equivalence of average bioavailability. Journal of Pharmacokinetics "
    "and Biopharmaceutics 15(6), 657–680.",
    "seaman2013": "Seaman SR, White IR (2013). Review of inverse probability weighting for dealing with "
    "missing data. Statistical Methods in Medical Research 22(3), 278–295.",
    "searle1971": "Searle SR (1971). Linear models. Wiley.",
    "self1987": "Self SG, Liang KY (1987). Asymptotic properties of maximum likelihood estimators and likelihood "
    "ratio tests under nonstandard conditions. Journal of the American Statistical Association "
    "82(398), 605–610.",
    "shrout1979": "Shrout PE, Fleiss JL (1979). Intraclass correlations: uses in assessing rater reliability. "
    "Psychological Bulletin 86(2), 420–428.",
    "sidak1967": "Šidák Z (1967). Rectangular confidence regions for the means of multivariate normal "
    "distributions. Journal of the American Statistical Association 62(318), 626–633.",
    "skellam1948": "Skellam JG (1948). A probability distribution derived from the binomial distribution "
    "by regarding the probability of success as variable between the sets of trials. Journal of the Royal "
    "Statistical Society B 10(2), 257–261.",
    "spearman1910": "Spearman C (1910). Correlation calculated from faulty data. British Journal of Psychology "
    "3(3), 271–295.",
    "steiger1990": "Steiger JH (1990). Structural model evaluation and modification: an interval estimation "
    "approach. Multivariate Behavioral Research 25(2), 173–180.",
    "stuart1955": "Stuart A (1955). A test for homogeneity of the marginal distributions in a two-way "
    "classification. Biometrika 42(3–4), 412–416.",
    "student1908": "Student (1908). The probable error of a mean. Biometrika 6(1), 1–25.",
    "tallis1962": "Tallis GM (1962). The maximum likelihood estimation of correlation from contingency tables. "
    "Biometrics 18(3), 342–353.",
    "tango1998": "Tango T (1998). Equivalence test and confidence interval for the difference in "
    "proportions for the paired-sample design. Statistics in Medicine 17(8), 891–908.",
    "tipton2015": "Tipton E, Pustejovsky JE (2015). Small-sample adjustments for tests of moderators and "
    "model fit using robust variance estimation in meta-regression. Journal of Educational and Behavioral "
    "Statistics 40(6), 604–634.",
    "tucker1973": "Tucker LR, Lewis C (1973). A reliability coefficient for maximum likelihood factor analysis. "
    "Psychometrika 38(1), 1–10.",
    "vonhippel2021": "von Hippel PT, Bartlett JW (2021). Maximum likelihood multiple imputation: faster "
    "imputations and consistent standard errors without posterior draws. Statistical Science 36(3), 400–420.",
    "webb2023": "Webb MD (2023). Reworking wild bootstrap-based inference for clustered errors. Canadian Journal "
    "of Economics 56(3), 839–858.",
    "welch1947": "Welch BL (1947). The generalization of ‘Student's’ problem when several different "
    "population variances are involved. Biometrika 34(1–2), 28–35.",
    "widaman2010": "Widaman KF, Ferrer E, Conger RD (2010). Factorial invariance within longitudinal structural "
    "equation models: measuring the same construct across time. Child Development Perspectives 4(1), "
    "10–18.",
    "wilcox2017": "Wilcox RR (2017). Introduction to robust estimation and hypothesis testing, 4th edition. "
    "Academic Press.",
    "wilcoxon1945": "Wilcoxon F (1945). Individual comparisons by ranking methods. Biometrics Bulletin 1(6), 80–83.",
    "wilson1927": "Wilson EB (1927). Probable inference, the law of succession, and statistical inference. "
    "Journal of the American Statistical Association 22(158), 209–212.",
    "woolf1955": "Woolf B (1955). On estimating the relation between blood group and disease. Annals of "
    "Human Genetics 19(4), 251–253.",
    "wright1991": "Wright T (1991). Exact confidence bounds when sampling from small finite universes. "
    "Lecture Notes in Statistics 66. Springer.",
    "wu2016": "Wu H, Estabrook R (2016). Identification of confirmatory factor analysis models of different "
    "levels of invariance for ordered categorical outcomes. Psychometrika 81(4), 1014–1045.",
    "wwc2022": "What Works Clearinghouse (2022). Procedures and standards handbook, version 5.0. U.S. "
    "Department of Education, Institute of Education Sciences.",
    "yang2010": "Yang Z, Sun X, Hardin JW (2010). A note on the tests for clustered matched-pair binary data. "
    "Biometrical Journal 52(5), 638–652.",
    "yates1934": "Yates F (1934). Contingency tables involving small numbers and the χ² test. Supplement to "
    "the Journal of the Royal Statistical Society 1(2), 217–235.",
    "yuan2000": "Yuan K-H, Bentler PM (2000). Three likelihood-based methods for mean and covariance structure "
    "analysis with nonnormal missing data. Sociological Methodology 30(1), 165–200.",
    "yuen1974": "Yuen KK (1974). The two-sample trimmed t for unequal population variances. Biometrika 61(1), "
    "165–170.",
    "zumbo1999": "Zumbo BD (1999). A Handbook on the Theory and Methods of Differential Item Functioning (DIF). "
    "Directorate of Human Resources Research and Evaluation, Department of National Defense, Ottawa.",
}


def cite(key: str) -> str:
    """Return the full reference of a key."""
    if key not in REFERENCES:
        raise EstimationError(msg("There is no reference {key}.", key=key), do=one_of(key, REFERENCES))
    return REFERENCES[key]
