"""Area 10: networks."""

import numpy as np

from evaluation.network.graph import (
    betweenness,
    centralisation,
    checked,
    clustering,
    components,
    density,
    distances,
    dyads,
    transitivity,
    triads,
)
from evaluation.network.homophily import homophily as homophily_of
from evaluation.network.qap import qap as qap_of


def _reached(ties):
    steps = distances(ties)
    return steps[np.isfinite(steps) & (steps > 0)]


def network(case, frames):
    ties = checked(frames[0].to_numpy())
    n, pairs = len(ties), dyads(ties)
    if np.array_equal(ties, ties.T):
        return _undirected(ties)
    out, into, between = ties.sum(axis=1), ties.sum(axis=0), betweenness(ties)
    closed, local = clustering(ties)
    kinds, star = triads(ties), (n - 1) ** 2
    return {
        "n": n,
        "edges": ties.sum(),
        "density": density(ties),
        "reciprocity_edgewise": pairs.answered,
        "reciprocity_share_of_ties": pairs.answered,
        "reciprocity_dyadic": pairs.alike,
        "reciprocity_dyadic_nonnull": pairs.mutual_share,
        "mutual": pairs.mutual,
        "asymmetric": pairs.asymmetric,
        "null": pairs.null,
        "transitivity_weak": transitivity(ties),
        "transitivity_undirected_global": closed,
        "clustering_undirected_average_zero": local,
        "indegree_centralisation": centralisation(into, star),
        "outdegree_centralisation": centralisation(out, star),
        "betweenness_max": between.max(),
        "betweenness_sum": between.sum(),
        "betweenness_centralisation": centralisation(between, star * (n - 2)),
        "indegree_max": into.max(),
        "indegree_sd": into.std(ddof=1),
        "in_out_degree_correlation": np.corrcoef(into, out)[0, 1],
        "components_weak": components(ties),
        "components_strong": components(ties, strong=True),
        "mean_distance_directed": _reached(ties).mean(),
        "isolates": (out + into == 0).sum(),
        "triad_030T": kinds["030T"],
        "triad_300": kinds["300"],
        "triad_012": kinds["012"],
        "mean_degree": ties.sum() / n,
    }


def _undirected(ties):
    n, degree, between = len(ties), ties.sum(axis=1), betweenness(ties) / 2
    closed, local = clustering(ties)
    lean = centralisation(degree, (n - 1) * (n - 2))
    return {
        "n": n,
        "edges": ties.sum() / 2,
        "density": density(ties),
        "transitivity": closed,
        "average_clustering_zero": local,
        "degree_centralisation_freeman": lean,
        "degree_centralisation_sna": lean,
        "betweenness_centralisation": centralisation(between, (n - 1) ** 2 * (n - 2) / 2),
        "mean_distance": _reached(ties).mean(),
        "diameter": _reached(ties).max(),
        "betweenness_1": between[0],
    }


def qap(case, frames):
    first, second = (frame.to_numpy() for frame in frames)
    whole = qap_of(first, second, draws=1)
    low, high = (int(part) for part in case["r_fragments"]["sub"].split(":"))
    few = slice(low - 1, high)
    part = qap_of(first[few, few], second[few, few])
    return {
        "n": len(first),
        "qap_correlation": whole.correlation,
        "hamming": whole.hamming,
        "jaccard": whole.jaccard,
        "both": whole.kept,
        "gone": whole.lost,
        "new": whole.new,
        "regression_slope_2_on_1": whole.slope,
        "subset_n": high - low + 1,
        "subset_correlation": part.correlation,
        "subset_permutations": part.orders,
        "subset_exact_p_greater_equal": part.greater,
        "subset_exact_p_less_equal": part.less,
        "subset_perm_sd": part.deviation,
    }


def homophily(case, frames):
    ties = checked(frames[0].to_numpy())
    kinds = frames[1][case["columns"]["group"]].to_numpy()
    found = homophily_of(ties, kinds)
    named = ties.sum(axis=0)
    return {
        "ei_index": found.ei_index,
        "ties_between": found.between,
        "ties_within": found.within,
        "assortativity_nominal": found.assortativity,
        **{f"density_{a}{b}": value for (a, b), value in found.densities.items()},
        "odds_ratio_within_between": found.odds_ratio,
        **{f"mean_indegree_group{kind}": named[kinds == kind].mean() for kind in sorted(set(kinds))},
    }


ADAPTERS = {"network": network, "qap": qap, "homophily": homophily}
PERSONS = "for networks without directions, which no programme here measures"
CONVENTIONS_NOT_OFFERED = {
    "network": {
        "closeness_1": PERSONS,
        "closeness_centralisation": PERSONS,
        "degree_assortativity": PERSONS,
        "eigenvector_34": PERSONS,
        "modularity_2_blocks_1to17": PERSONS,
    }
}
