"""One adapter per estimator: function(case, frames) -> name -> number."""

from . import (
    binary_ordinal,
    clustered_inference,
    clustered_models,
    clustered_resampling,
    equality,
    equality_models,
    impact,
    impact_sensitivity,
    missing_data,
    needs,
    networks,
    ordinal_models,
    paired_change,
    proportions,
    reliability,
    reliability_factors,
    reliability_ordinal,
    reliability_response,
)

AREAS = (
    paired_change,
    binary_ordinal,
    ordinal_models,
    clustered_inference,
    clustered_resampling,
    clustered_models,
    proportions,
    missing_data,
    reliability,
    reliability_factors,
    reliability_ordinal,
    reliability_response,
    equality,
    equality_models,
    impact,
    impact_sensitivity,
    networks,
    needs,
)

ADAPTERS = {key: adapter for area in AREAS for key, adapter in area.ADAPTERS.items()}

# Estimator -> expected name (or pattern with *) -> why the package leaves it out on purpose.
CONVENTIONS_NOT_OFFERED = {
    key: names for area in AREAS for key, names in getattr(area, "CONVENTIONS_NOT_OFFERED", {}).items()
}
