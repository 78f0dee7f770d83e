-- use people/history

-- Never a booking: who goes where is no business of a cooperative.
-- history_rows many
-- in: community text, kind text, page_only bool, before int, most int
-- out: history_row
SELECT a.seq, a.at, a.community, k.name, m.status, p.name, a.action, a.object_kind, a.object_pub, o.name, d.before, d.after
FROM audit a JOIN chain h ON h.id = a.chain LEFT JOIN audit_detail d ON d.audit = a.id
	LEFT JOIN community k ON k.id = a.community LEFT JOIN membership m ON m.id = a.membership LEFT JOIN person p ON p.id = a.person
	LEFT JOIN membership om ON a.object_kind = 'membership' AND om.pub = a.object_pub LEFT JOIN person o ON o.id = om.person
WHERE h.kind = 'audit' AND h.subject = :community AND a.object_kind IN ('community', 'link', 'membership', 'invitation', 'convention', 'grant', 'photo', 'correction', 'figure', 'step', 'fiche', 'actor', 'place', 'space', 'tariff',
		'closure', 'pack', 'pack_offer', 'workshop')
	AND (:kind = '' OR a.object_kind = :kind) AND a.seq < :before
	AND (NOT :page_only OR a.object_kind IN ('community', 'link', 'photo', 'figure', 'step'))
ORDER BY a.seq DESC LIMIT :most;

-- history_in_network one
-- in: community community_id, network community_id
-- out: is bool
SELECT EXISTS (SELECT 1 FROM link l JOIN community n ON n.id = l.to_community AND n.is_network
	WHERE l.from_community = :community AND l.to_community = :network AND l.kind = 'member_of' AND l.ended IS NULL);
