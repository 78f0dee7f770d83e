-- slice: bridges
-- The versions of one right are found by the first of its line.
CREATE INDEX grant_rule_lineage ON grant_rule (lineage);
