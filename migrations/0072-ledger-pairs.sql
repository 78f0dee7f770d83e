-- slice: ledger
-- What one owes another is asked at each booking on a grant with a limit: its sum reads this index alone, and
-- not every entry of who owes (ledger_owed).
CREATE INDEX ledger_entry_pair ON ledger_entry (from_account, to_account, on_day, quantity);
