-- In which language a person is written to: the one last signed in with.
ALTER TABLE account ADD COLUMN language TEXT CHECK (language IN ('fr', 'en'));
