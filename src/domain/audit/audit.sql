-- use audit/chain

-- audit_insert one
-- in: audit_row
-- out: id row_id
INSERT INTO audit (chain, seq, at, person, membership, community, action, object_kind, object_pub, request_id, commitment, prev, hash)
VALUES (:chain, :seq, :at, :person, :membership, :community, :action, :object_kind, :object_pub, :request_id, :commitment, :prev, :hash)
RETURNING id;

-- audit_detail_insert exec
-- in: audit row_id, salt text, before text?, after text?
INSERT INTO audit_detail (audit, salt, before, after) VALUES (:audit, :salt, :before, :after);

-- audit_of_chain many
-- in: chain chain_id
-- out: audit_check
SELECT a.id, a.chain, a.seq, a.at, a.person, a.membership, a.community, a.action, a.object_kind, a.object_pub, a.request_id,
	a.commitment, a.prev, a.hash, d.salt, d.before, d.after
FROM audit a LEFT JOIN audit_detail d ON d.audit = a.id
WHERE a.chain = :chain ORDER BY a.seq;
