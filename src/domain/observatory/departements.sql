-- use platform/ui

-- directory_departements many
-- out: option
SELECT code, code || ' ' || name FROM departement ORDER BY code;
