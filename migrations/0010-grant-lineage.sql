-- slice: bridges
-- An amended grant goes on counting where the first of its line did; none: it is the first.
ALTER TABLE grant_rule ADD COLUMN lineage @ref?(grant_rule);
