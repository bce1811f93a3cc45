"""What a programme calls what it measures, by dotted key and language."""

from evaluation.project.measure import AbsentMeasure
from evaluation.project.model import Project
from evaluation.project.profile import read_profile


def project_words(project: Project) -> dict[str, dict[str, str]]:
    """Return the words of a definition: of waves, scales, sources, groups, resources, accounts and statements."""
    words = {"project.name": project.name, "project.about": project.about}
    words |= {f"wave.{key}": wave.label for key, wave in project.waves.items()}
    words |= {f"scale.{key}": scale.label for key, scale in project.scales.items()}
    words |= {f"source.{key}": source.label for key, source in project.sources.items() if source.label}
    for key, group in project.groups.items():
        words[f"group.{key}"] = group.label
        words |= {f"level.{key}.{level}": entry.label for level, entry in group.levels.items()}
    words |= {f"term.{key}": resource.label for key, resource in project.equality.resources.items()}
    for yearly in filter(None, (project.impact.accounts, project.impact.panel)):
        words |= {f"term.accounts_{key}": outcome.label for key, outcome in yearly.outcomes.items()}
    if project.profile:
        common = read_profile(project.profile).indicators
        words |= {f"term.common_{key}": indicator.label for key, indicator in common.items()}
    for key, indicator in project.indicators.items():
        words[f"label.{key}"] = indicator.label
        words[f"statement.{key}"] = indicator.statement
        words[f"respondents.{key}"] = indicator.respondents
        if isinstance(indicator.measure, AbsentMeasure):
            words[f"why.{key}"] = indicator.measure.not_collected
        words[f"id.{key}"] = dict.fromkeys(project.languages, indicator.id)
    return words
