-- The dossiers in which a child was before: what it ate and what it was subscribed to then stays
-- theirs. From the day after `after` until `last_day`.
CREATE TABLE former_dossier (
    child_id UUID NOT NULL REFERENCES child (id),
    family_id UUID NOT NULL REFERENCES family (id),
    after DATE NOT NULL,
    last_day DATE NOT NULL CHECK (last_day > after),
    PRIMARY KEY (child_id, last_day)
);
CREATE INDEX former_dossier_by_family ON former_dossier (family_id);

CREATE VIEW child_dossier (child_id, family_id, after, last_day) AS
    SELECT child_id, family_id, after, last_day FROM former_dossier
    UNION ALL
    SELECT id, family_id, COALESCE(
        (SELECT MAX(last_day) FROM former_dossier WHERE child_id = child.id), DATE '0001-01-01'
    ), DATE '9999-12-31' FROM child;

-- The day of confirmation, Europe/Paris, by whose tariff a term's item is billed: that of the last
-- change.
ALTER TABLE subscription ADD COLUMN confirmed_on DATE;
UPDATE subscription SET confirmed_on = (created_at AT TIME ZONE 'Europe/Paris')::DATE;
ALTER TABLE subscription ALTER COLUMN confirmed_on SET NOT NULL, DROP COLUMN created_at;

-- The first day on which it holds, where that is not its term's.
ALTER TABLE subscription ADD COLUMN first_day DATE;
