-- Whether something was billed by a tariff: from then on it does not change.
ALTER TABLE tariff ADD COLUMN billed BOOLEAN NOT NULL DEFAULT FALSE;

-- Of what was issued before, the service is not looked at.
UPDATE tariff SET billed = TRUE WHERE EXISTS (
    SELECT 1 FROM document WHERE lines LIKE '%"tariff_from":"' || valid_from::TEXT || '"%');
