-- Whether something was billed by a tariff: from then on it does not change.
ALTER TABLE tariff ADD COLUMN billed INTEGER NOT NULL DEFAULT 0 CHECK (billed IN (0, 1));

-- Of what was issued before, the service is not looked at.
UPDATE tariff SET billed = 1 WHERE EXISTS (
    SELECT 1 FROM document WHERE lines LIKE '%"tariff_from":"' || valid_from || '"%');
