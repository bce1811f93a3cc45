"""What is said of the methods and of what they assume, by the keys that a result's `Meta` holds."""

from evaluation.vocabulary.message import Message, msg, pmsg

METHODS: dict[str, tuple[Message, Message]] = {
    "hypergeometric": (
        pmsg("method", "Share of a programme's own people or companies"),
        msg(
            "The interval inverts the hypergeometric distribution: it contains every number of yes among all that "
            "the answers do not contradict. If all have answered there is no interval, because nothing is unknown. "
            "The bounds assume nothing about the silent."
        ),
    ),
    "clopper_pearson": (
        pmsg("method", "Share in a wider population"),
        msg("The exact binomial interval, for when it is not known how many there are in all."),
    ),
    "count": (
        pmsg("method", "Counts"),
        msg("Registers and logs are counted. A count of everybody has no interval."),
    ),
    "exact_counts": (
        pmsg("method", "Who takes part"),
        msg(
            "Everybody who takes part is counted, so the shares have no interval. The p value is exact: Fisher's "
            "test against the other participants, or the binomial test against a population."
        ),
    ),
    "cr2_satterthwaite": (
        pmsg("method", "Means, changes and differences between groups"),
        msg(
            "People in the same company resemble each other. The standard errors take this into account and are "
            "corrected for few and unequal companies (CR2), with degrees of freedom after Satterthwaite. Where a "
            "comparison rests on fewer than eight organisations, or has fewer than seven degrees of freedom, the wild "
            "cluster bootstrap is used instead. With fewer than five organisations no judgement is made."
        ),
    ),
    "share_limits": (
        pmsg("method", "Shares of people in organisations"),
        msg(
            "The standard error is CR2 with Satterthwaite's degrees of freedom, and the interval is made on the "
            "logit scale, so that it stays between none and all."
        ),
    ),
    "paired_share": (
        pmsg("method", "Changes of shares among independent units"),
        msg("McNemar's test in its mid-p form, with Newcombe's interval for the change of the share."),
    ),
    "cumulative_logit": (
        pmsg("method", "Odds of a higher answer"),
        msg("A cumulative logit model with a level of its own for each person or organisation."),
    ),
    "marginal_homogeneity": (
        pmsg("method", "Whether answers are distributed otherwise"),
        msg("The tests of Stuart and Maxwell, and of Bowker, for independent units."),
    ),
    "mixed_model": (
        pmsg("method", "The course over several waves"),
        msg(
            "A normal model by maximum likelihood, with a mean for each wave and a covariance for each two. It uses "
            "everyone who answered at least once, and is right if who is missing depends only on what was measured. "
            "The interval is that of a mean over people in organisations (CR2 and Satterthwaite, or the wild "
            "bootstrap), of what each person adds to the estimate. Where fewer than five answered in some two waves, "
            "those who answered both times are compared."
        ),
    ),
    "dose_response": (
        pmsg("method", "Hours and change"),
        msg(
            "The change is compared between people with more and fewer logged hours and equal answers before, among "
            "colleagues and between organisations. It shows a connection, not what the hours did."
        ),
    ),
    "change_checks": (
        pmsg("method", "The same change computed in other ways"),
        msg(
            "Wilcoxon's signed ranks, the sign test and Yuen's trimmed means, of the organisations' mean changes where "
            "people work in organisations; signs turned for whole organisations; the wild cluster bootstrap; every "
            "organisation counted once; and a normal model of everyone who answered. Each is judged by the rule of "
            "the statement."
        ),
    ),
    "effect_sizes": (
        pmsg("method", "Standardised changes"),
        msg(
            "The change in standard deviations between people, with Hedges' correction, and the chance that a person "
            "is higher afterwards than before. The intervals are those of a mean over people in organisations, of what "
            "each person adds to the estimate (linearisation)."
        ),
    ),
    "target_answers": (
        pmsg("method", "What may be said of a target, and about whom"),
        msg(
            "What is counted among those who answered; what is certain of everyone, whatever the silent would have "
            "said; what is likely of everyone, if the silent are like the others (hypergeometric interval, or CR2 with "
            "the correction for a finite population); what is likely of programmes like this one (logit scale, CR2 and "
            "Satterthwaite; Clopper and Pearson for companies); and a beta-binomial prediction of those who did not "
            "answer. If everyone answered there is no interval."
        ),
    ),
    "comparison": (
        pmsg("method", "Those who took part and a comparison group"),
        msg(
            "The main number is the difference in mean change, with standard errors for few and unequal "
            "organisations. Beside it stand estimates from the same start, with weights that make the groups alike, "
            "with weights and outcome models together, and a test that draws anew which organisations took part. "
            "All of them assume that nothing unmeasured decided both who took part and how they changed."
        ),
    ),
    "growth": (
        pmsg("method", "Growth of accounts"),
        msg(
            "The difference in mean growth between organisations that take part and others of the same kind, the "
            "others weighted to the mix of those who take part; cells with one side only are left out."
        ),
    ),
    "yearly_growth": (
        pmsg("method", "Growth of yearly accounts"),
        msg(
            "Growth since the last year before the start, of organisations that take part less that of others in the "
            "same cells (industry, county, size class), the cells weighted as among those who take part. Where "
            "organisations start in different years each starting year is compared with those that never start, and "
            "the starting years are put together by their number of organisations (Callaway and Sant'Anna). Every "
            "organisation is its own cluster. Both sides are assumed to have grown alike without the programme, which "
            "the years before the start can speak against but not prove."
        ),
    ),
    "yearly_bounds": (
        pmsg("method", "What would have to be wrong with yearly accounts"),
        msg(
            "What would remain if the trends of the groups differed from the start on by so many times as much as they "
            "did at most before it, or if their difference before the start went on nearly as a straight line; up to "
            "which of these the difference is certain (Rambachan and Roth; Andrews, Roth and Pakes); and how unequal "
            "the chance to take part within matched pairs may be before it is no longer certain (Rosenbaum)."
        ),
    ),
    "baseline_balance": (
        pmsg("method", "Whether the groups were alike beforehand"),
        msg(
            "Differences in standard deviations, with and without weights. By the limits of the What Works "
            "Clearinghouse, 0.05 and 0.25, groups are alike, alike if the analysis adjusts, or not alike."
        ),
    ),
    "hidden_bias": (
        pmsg("method", "What would have to be wrong"),
        msg(
            "How strong something unmeasured would have to be to explain the difference away, what remains if it "
            "were as strong as what is known, and what remains if the groups would have changed differently anyway."
        ),
    ),
    "over_projects": (
        pmsg("method", "Several projects together"),
        msg(
            "A random-effects mean by restricted maximum likelihood with the interval of Hartung and Knapp. The "
            "prediction says where a further project is likely to lie. Each project is also drawn towards the mean, "
            "the more the less is known of it (empirical Bayes). Shares are put together as log odds; their mean is "
            "that of a typical project. Projects whose own report withholds the number are not part of it."
        ),
    ),
    "project_sums": (
        pmsg("method", "Sums over projects"),
        msg(
            "Counts of everybody in the projects are added up, also those that are withheld in a project's own "
            "report. A sum is withheld if it would, together with the projects' own reports, tell a withheld "
            "number. What ties different tables of a project together is not taken into account."
        ),
    ),
    "random_effects": (
        pmsg("method", "Several programmes together"),
        msg(
            "A random-effects mean by restricted maximum likelihood with the interval of Hartung and Knapp. The "
            "prediction says where a further programme is likely to lie."
        ),
    ),
    "planning": (
        pmsg("method", "Planning"),
        msg(
            "Expected precision from the organisations' own sizes, how alike colleagues change, and who is expected "
            "to be lost. The chance of a verdict about a target counts every number of yes that could come about."
        ),
    ),
    "answers_needed": (
        pmsg("method", "Answers still needed"),
        msg(
            "The least number of further answers that settles the target, if the share of yes among them is as among "
            "those who have answered."
        ),
    ),
    "sensitivity": (
        pmsg("method", "Whether verdicts depend on those who left"),
        msg(
            "The change of everyone who answered before is estimated anew under other assumptions about those who "
            "left, with the same intervals for few companies and the same rule for the verdict: weights that are the "
            "inverse of the chance to stay; scores filled in by a model with the score before, what the register "
            "says and a level for each organisation; the same scores lowered and raised; and the lowest and "
            "highest scores there can be. No data can say which assumption is true."
        ),
    ),
    "inverse_probability": (
        pmsg("method", "Weights for those who left"),
        msg(
            "Whoever stayed counts for one divided by the chance to stay, from a logistic model that is fitted anew "
            "every time organisations are drawn anew."
        ),
    ),
    "imputed_resampled": (
        pmsg("method", "Missing scores filled in"),
        msg(
            "Organisations are drawn anew, and in each draw the missing scores are filled in twice from a model with "
            "what is known and a level for each organisation; the interval takes both into account."
        ),
    ),
    "imputed_pooled": (
        pmsg("method", "Missing scores filled in, tables pooled"),
        msg(
            "The missing scores are filled in many times from a model with what is known and a level for each "
            "organisation; the results are pooled after Rubin."
        ),
    ),
    "delta": (
        pmsg("method", "Filled-in scores moved up or down"),
        msg(
            "Every filled-in score is moved by the same number of steps, to see how different those who left would "
            "have to be."
        ),
    ),
    "bounds": (
        pmsg("method", "Bounds of a change"),
        msg(
            "Everyone who left is given the lowest score after, then the highest. The interval holds the true change "
            "wherever between the two it lies."
        ),
    ),
    "wwc_boundary": (
        pmsg("method", "Attrition"),
        msg(
            "Those who answered in the first wave but not in the last. Between two groups the difference is judged "
            "by the boundary of the What Works Clearinghouse, under its cautious assumption."
        ),
    ),
    "reliable_change": (
        pmsg("method", "Changes of single people"),
        msg(
            "Measurement error follows from the spread of the scores before and from alpha (two questions: Spearman "
            "and Brown). A person has changed if chance in the answers would give as much in fewer than one case of "
            "twenty."
        ),
    ),
    "step_ratio": (
        pmsg("method", "How often a step is taken"),
        msg(
            "A group’s share over that of all others, with the score interval of Koopman. Everybody is counted; the "
            "interval says how far the ratio could have moved if the step had been settled as by lot."
        ),
    ),
    "stage_rates": (
        pmsg("method", "Stages on the way"),
        msg(
            "Each stage’s share is of those who passed the stage before, with an interval for people in companies."
        ),
    ),
    "stage_gap": (
        pmsg("method", "Where the final difference arises"),
        msg(
            "The final share is the product of the stages’ shares. A stage’s part is its mean contribution over all "
            "orders in which the stages can be changed (Shapley; with two stages Kitagawa’s form). Whole companies "
            "are drawn anew for the interval."
        ),
    ),
    "resources": (
        pmsg("method", "Time and money"),
        msg(
            "Hours from the log per participant, also those without any, and each group’s share of all hours beside "
            "its share of the participants."
        ),
    ),
    "inequality": (
        pmsg("method", "Unevenness"),
        msg(
            "Gini’s coefficient of hours per person, corrected for few people, and the share of Theil’s measure that "
            "lies between organisations."
        ),
    ),
    "adjusted_gap": (
        pmsg("method", "Differences between people who were alike beforehand"),
        msg(
            "Least squares of the score on the group and on what was known before the programme, with standard errors "
            "for people in companies (CR2). With no interactions this is the same as predicting everyone as if they "
            "belonged to each group."
        ),
    ),
    "gap_closing": (
        pmsg("method", "Whether gaps close"),
        msg(
            "Among people who answered both times: the difference between the groups’ mean changes, and the "
            "difference afterwards between people who answered alike before. The two differ when groups start apart "
            "(Lord’s paradox), so both are shown."
        ),
    ),
    "gap_parts": (
        pmsg("method", "Decomposition of a difference"),
        msg(
            "The gap between two groups is split into what goes together with background and what does not (Oaxaca "
            "and Blinder), with background valued as among both groups together. Whole companies are drawn anew for "
            "the interval. The split describes; it says neither what is fair nor what is discrimination."
        ),
    ),
    "gap_movement": (
        pmsg("method", "What each kind of background moves"),
        msg(
            "Each kind of background’s part of the step from the difference as it is to the adjusted one, whatever "
            "order they are taken in (Gelbach)."
        ),
    ),
    "maihda": (
        pmsg("method", "Combinations of groups"),
        msg(
            "Combinations of groups are taken as drawn from one distribution (MAIHDA), so that means of few people "
            "lean towards that of all. The shares of variance come with limits from data made by the model; with "
            "few combinations they are very unsure."
        ),
    ),
    "reliability": (
        pmsg("method", "Reliability of scales"),
        msg(
            "Alpha and omega say how much of the differences in a score are differences between people. Alpha "
            "needs 30 complete answers, omega 100, omega of ordered answers 200; the interval draws whole "
            "organisations anew."
        ),
    ),
    "measurement_invariance": (
        pmsg("method", "Whether questions measure alike"),
        msg(
            "Factor models over time, and ordinal regressions of each question on the others between groups, show "
            "whether questions are understood alike, and by how many steps they move a difference if they are not."
        ),
    ),
    "ordinal_invariance": (
        pmsg("method", "Whether questions measure alike, with answers as ordered"),
        msg(
            "Factor models of both waves in which the answers are ordered but no numbers (Wu and Estabrook): first "
            "with nothing equal, then with equal thresholds between the answers, then also with equal weights of the "
            "questions, then also with questions as easy to agree with. A model is kept unless it fits worse than the "
            "one before, by more than chance and by more than a close fit allows (Savalei). The shift is what is left "
            "of the change of the mean answer when everybody is taken to answer as before. It needs 200 people who "
            "answered everything both times."
        ),
    ),
    "response_shift_parts": (
        pmsg("method", "What the change of a question consists of"),
        msg(
            "A factor model of both waves in which each question has its own weight and level at each wave. The change "
            "of its mean is what the questions share, what another weight and what another use of the answers adds "
            "(Oort). The last two together, over all people, give the size of unequal measurement (dMACS). Right if "
            "more than half of the questions kept their meaning; a shift that all share cannot be told from change."
        ),
    ),
    "node_jackknife": (
        pmsg("method", "Networks of actors"),
        msg(
            "Only pairs of which it is known at both waves whether they are in contact are compared. The interval "
            "comes from leaving out one actor at a time, with all its ties; it is rather too wide than too "
            "narrow. With fewer than eight actors no judgement is made."
        ),
    ),
    "network_shape": (
        pmsg("method", "The shape of a network"),
        msg(
            "Counts of pairs and triples of the actors who answered, Freeman’s centralisation and betweenness, and the "
            "index of ties between and within kinds of actors. Two waves are compared by permuting actors (QAP)."
        ),
    ),
    "needs_bootstrap": (
        pmsg("method", "Which needs are largest"),
        msg(
            "Areas are ranked by the mean weighted discrepancy (Borich) and by how many lack competence (ranked "
            "discrepancy). Whole organisations are drawn anew to see how sure the ranks are."
        ),
    ),
    "within_agreement": (
        pmsg("method", "Whether people of an organisation agree"),
        msg(
            "The coefficient rwg compares the spread of answers within an organisation with answers at random. "
            "ICC 1 is the share of the differences between people that lies between organisations, ICC k the "
            "reliability of the organisations’ means. By custom 0.70 is wanted for rwg and ICC k."
        ),
    ),
}
"""Per method: what it is used for, and how it is done."""

ASSUMPTIONS: dict[str, Message] = {
    "silent_like_answered": msg("The interval assumes that those who did not answer are like those who did."),
    "independent_answers": msg("The interval assumes that the answers are independent of each other."),
    "clusters_independent": msg(
        "Answers from different organisations are assumed not to influence each other."
    ),
    "actors_independent": msg("Actors are taken as a sample of actors like these."),
    "both_waves": msg("Changes are about those who answered both times; those who left may differ."),
}
"""What must hold for the numbers to mean what they say."""
