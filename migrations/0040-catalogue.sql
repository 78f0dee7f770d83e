-- slice: observatory
-- What the search keeps in memory (observatory/catalogue.h) is worked out again when
-- this number has moved: with every change of what it was made of.
CREATE TABLE catalogue_state (
	id @id,
	n @int
);
INSERT INTO catalogue_state (id, n) VALUES (1, 1);
-- sqlite
CREATE TRIGGER catalogue_community_insert AFTER INSERT ON community BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_update AFTER UPDATE ON community BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_delete AFTER DELETE ON community BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_link_insert AFTER INSERT ON link BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_link_update AFTER UPDATE ON link BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_link_delete AFTER DELETE ON link BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_typology_insert AFTER INSERT ON community_typology BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_typology_update AFTER UPDATE ON community_typology BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_typology_delete AFTER DELETE ON community_typology BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_feature_insert AFTER INSERT ON community_feature BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_feature_update AFTER UPDATE ON community_feature BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_community_feature_delete AFTER DELETE ON community_feature BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_place_insert AFTER INSERT ON place BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_place_update AFTER UPDATE ON place BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_place_delete AFTER DELETE ON place BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_space_insert AFTER INSERT ON space BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_space_update AFTER UPDATE ON space BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_space_delete AFTER DELETE ON space BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_commune_insert AFTER INSERT ON commune BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_commune_update AFTER UPDATE ON commune BEGIN UPDATE catalogue_state SET n = n + 1; END;
CREATE TRIGGER catalogue_commune_delete AFTER DELETE ON commune BEGIN UPDATE catalogue_state SET n = n + 1; END;
-- postgres
CREATE FUNCTION catalogue_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE catalogue_state SET n = n + 1;
	RETURN NULL;
END $$;
CREATE TRIGGER catalogue_community AFTER INSERT OR UPDATE OR DELETE ON community FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_link AFTER INSERT OR UPDATE OR DELETE ON link FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_community_typology AFTER INSERT OR UPDATE OR DELETE ON community_typology FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_community_feature AFTER INSERT OR UPDATE OR DELETE ON community_feature FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_place AFTER INSERT OR UPDATE OR DELETE ON place FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_space AFTER INSERT OR UPDATE OR DELETE ON space FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
CREATE TRIGGER catalogue_commune AFTER INSERT OR UPDATE OR DELETE ON commune FOR EACH STATEMENT EXECUTE FUNCTION catalogue_moves();
-- both
