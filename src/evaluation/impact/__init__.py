"""Those who took part against a comparison group, and how strong the evidence is."""
