-- use people/community

-- invitation_insert one
-- in: invitation_row
-- out: id invitation_id
INSERT INTO invitation (pub, community, batch, email, email_key, name, status, roles, state, problem, line, typed, invited_by, created_at)
VALUES (:pub, :community, :batch, :email, :email_key, :name, :status, :roles, :state, :problem, :line, :typed, :invited_by, :created_at)
RETURNING id;

-- What is over is shown as such; nobody has to mark it.
-- invitations_of many
-- in: community community_id, now instant
-- out: invitation_row
SELECT i.id, i.pub, i.community, i.batch, i.email, i.email_key, i.name, i.status, i.roles,
	CASE WHEN i.state = 'sent' AND i.expires_at <= :now THEN 'expired' ELSE i.state END,
	i.problem, i.line, i.typed, i.invited_by, i.created_at, i.sent_at, i.answered_at, i.expires_at, NULL, NULL, i.state = 'sent'
FROM invitation i WHERE i.community = :community AND i.state <> 'preview'
ORDER BY i.sent_at DESC, i.id DESC LIMIT 500;

-- invitation_batch many
-- in: community community_id, batch text
-- out: invitation_row
SELECT i.id, i.pub, i.community, i.batch, i.email, i.email_key, i.name, i.status, i.roles, i.state,
	i.problem, i.line, i.typed, i.invited_by, i.created_at, i.sent_at, i.answered_at, i.expires_at, NULL, NULL, FALSE
FROM invitation i WHERE i.community = :community AND i.batch = :batch AND i.state = 'preview'
ORDER BY i.line, i.id;

-- invitation_by_pub maybe
-- in: pub pubid, now instant
-- out: invitation_row
SELECT i.id, i.pub, i.community, i.batch, i.email, i.email_key, i.name, i.status, i.roles,
	CASE WHEN i.state = 'sent' AND i.expires_at <= :now THEN 'expired' ELSE i.state END,
	i.problem, i.line, i.typed, i.invited_by, i.created_at, i.sent_at, i.answered_at, i.expires_at, NULL, NULL, i.state = 'sent'
FROM invitation i WHERE i.pub = :pub AND i.state <> 'preview';

-- invitation_by_token maybe
-- in: token_hash hash, now instant
-- out: invitation_row
SELECT i.id, i.pub, i.community, i.batch, i.email, i.email_key, i.name, i.status, i.roles, i.state,
	i.problem, i.line, i.typed, i.invited_by, i.created_at, i.sent_at, i.answered_at, i.expires_at, NULL, NULL, FALSE
FROM invitation i WHERE i.token_hash = :token_hash AND i.state = 'sent' AND i.expires_at > :now;

-- invitation_waiting maybe
-- in: email_key text, community community_id, now instant
-- out: id invitation_id
SELECT id FROM invitation WHERE email_key = :email_key AND community = :community AND state = 'sent' AND expires_at > :now
ORDER BY id LIMIT 1;

-- invitation_send exec
-- in: id invitation_id, token_hash hash, now instant, expires_at instant
UPDATE invitation SET state = 'sent', token_hash = :token_hash, sent_at = :now, expires_at = :expires_at
WHERE id = :id AND state IN ('preview', 'sent');

-- invitation_answer_set exec
-- in: id invitation_id, state invitation_state, now instant
UPDATE invitation SET state = :state, answered_at = :now, token_hash = NULL WHERE id = :id AND state = 'sent';

-- invitation_drop exec
-- in: community community_id, batch text
DELETE FROM invitation WHERE community = :community AND batch = :batch AND state = 'preview';
