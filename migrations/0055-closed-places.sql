-- slice: observatory
-- The search leaves out places that have closed (observatory/catalogue.h).
-- sqlite
CREATE TRIGGER catalogue_community_step_insert AFTER INSERT ON community_step BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_step_update AFTER UPDATE ON community_step BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_step_delete AFTER DELETE ON community_step BEGIN UPDATE catalogue_state SET n = n + 1; END;
-- postgres
CREATE TRIGGER catalogue_community_step AFTER INSERT OR UPDATE OR DELETE ON community_step FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
-- both
