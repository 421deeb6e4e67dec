-- The guichet's own changes, the latest first.
CREATE INDEX audit_of_guichet ON audit (at) WHERE origin = 'guichet';
