-- use people/account_care

-- account_lines many
-- in: now instant
-- out: account_line
SELECT p.id, p.pub, p.email, p.name, p.is_operator, p.verified_at IS NOT NULL, p.suspended_at, p.created_at, s.seen_at, COALESCE(s.n, 0)
FROM person p
LEFT JOIN (SELECT person, MAX(seen_at) AS seen_at, COUNT(CASE WHEN revoked_at IS NULL AND expires_at > :now THEN 1 END) AS n
	FROM session GROUP BY person) s ON s.person = p.id
WHERE p.erased_at IS NULL
ORDER BY p.id DESC;

-- account_line_by_pub maybe
-- in: pub pubid, now instant
-- out: account_line
SELECT p.id, p.pub, p.email, p.name, p.is_operator, p.verified_at IS NOT NULL, p.suspended_at, p.created_at,
	(SELECT MAX(s.seen_at) FROM session s WHERE s.person = p.id),
	(SELECT COUNT(*) FROM session s WHERE s.person = p.id AND s.revoked_at IS NULL AND s.expires_at > :now)
FROM person p
WHERE p.pub = :pub AND p.erased_at IS NULL;

-- account_suspend exec
-- in: id person_id, now instant
UPDATE person SET suspended_at = :now WHERE id = :id AND suspended_at IS NULL;

-- account_restore exec
-- in: id person_id
UPDATE person SET suspended_at = NULL WHERE id = :id AND suspended_at IS NOT NULL;

-- account_is_suspended one
-- in: id person_id
-- out: suspended bool
SELECT suspended_at IS NOT NULL FROM person WHERE id = :id;

-- care_acts many
-- in: account text
-- out: care_act
SELECT a.at, a.action, p.name, d.after, NULL, NULL
FROM audit a LEFT JOIN person p ON p.id = a.person AND p.erased_at IS NULL LEFT JOIN audit_detail d ON d.audit = a.id
WHERE a.object_kind = 'person' AND a.object_pub = :account
	AND a.action IN ('account.create', 'account.reset_link', 'account.sign_out', 'account.suspend', 'account.restore', 'account.operator')
ORDER BY a.id DESC LIMIT 100;
