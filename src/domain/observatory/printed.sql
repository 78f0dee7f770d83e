-- use observatory/printed

-- printed_fact_put exec
-- in: printed_fact, source text
INSERT INTO printed_fact (source, sheet, line, figure, printed, milli, year)
VALUES (:source, :sheet, :line, :figure, :printed, :milli, :year)
ON CONFLICT (source, sheet, line, figure, year) DO UPDATE SET printed = excluded.printed, milli = excluded.milli;

-- printed_facts many
-- in: sheet text
-- out: printed_fact
SELECT sheet, line, figure, printed, milli, year FROM printed_fact WHERE sheet = :sheet ORDER BY id;
