-- Amendments: changes of an active project, reviewed like the project itself; both versions stay.
CREATE TABLE amendments (
    id TEXT NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id),
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    -- 1, 2, 3 … within the project.
    number INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('IN_REVIEW', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    end_on DATE NOT NULL,
    description TEXT NOT NULL,
    -- What the project held when it was proposed.
    before_amount_minor BIGINT NOT NULL,
    before_currency TEXT NOT NULL,
    before_end_on DATE NOT NULL,
    before_description TEXT NOT NULL,
    file_id TEXT NOT NULL REFERENCES files (id),
    file_kind TEXT NOT NULL CHECK (file_kind IN ('CONTRACT', 'QUOTATION')),
    reason TEXT NOT NULL,
    -- What was read in the document, as for a project's contract.
    verdict TEXT NOT NULL CHECK (verdict IN ('MATCH', 'MISMATCH', 'UNREADABLE', 'PENDING')),
    found TEXT NOT NULL,
    proposed_by TEXT NOT NULL REFERENCES users (id),
    proposed_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decision_code TEXT CHECK (decision_code IN ('AMOUNT_MISMATCH')),
    decision_reason TEXT,
    -- The project's id while in review, NULL afterwards: one open amendment at a time.
    open_key TEXT UNIQUE,
    version INTEGER NOT NULL,
    UNIQUE (project_id, number)
);
CREATE INDEX amendments_status_due ON amendments (status, due_at, id);
CREATE INDEX amendments_status ON amendments (status, id);
-- A reviewer's files are looked up by what they belong to.
CREATE INDEX amendments_file ON amendments (file_id);
CREATE INDEX projects_contract_file ON projects (contract_file_id);
CREATE INDEX settlements_acceptance_file ON settlements (acceptance_file_id);
