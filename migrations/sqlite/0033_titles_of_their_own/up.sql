-- A record is called by what it holds itself and never by what it links to, which not everybody may read. Titles of records that
-- are there are written anew, by a job for each page whose form has links.
INSERT INTO jobs (id, kind, payload, status, dedupe_key, run_at, attempts, lost_leases, max_attempts, created_at)
SELECT
    'job_' || substr('33000000000000000000000000', 1, 26 - length(number)) || number,
    'record.index',
    '{"instanceId":"' || instance_id || '","pageKey":"' || page_key || '"}',
    'QUEUED',
    'own titles ' || instance_id || ' ' || page_key,
    '2026-01-01 00:00:00', 0, 0, 8, '2026-01-01 00:00:00'
FROM (
    SELECT instance_id, page_key, CAST(ROW_NUMBER() OVER (ORDER BY instance_id, page_key) AS TEXT) AS number
    FROM (
        SELECT form.instance_id AS instance_id, form.key AS page_key FROM instance_components AS form
        WHERE form.definition LIKE '%"link"%' AND EXISTS (
            SELECT 1 FROM app_records WHERE app_records.instance_id = form.instance_id AND app_records.page_key = form.key
        )
    ) AS pages
) AS numbered;

-- Sample rows of versions that are there are indexed on their way into an instance, instead of being copied with what they were
-- called, where the form has links.
UPDATE application_sample_rows SET as_is = FALSE
WHERE as_is = TRUE AND EXISTS (
    SELECT 1 FROM application_components AS form
    WHERE form.version_id = application_sample_rows.version_id AND form.key = application_sample_rows.component_key
    AND form.definition LIKE '%"link"%'
);
DELETE FROM application_sample_values
WHERE EXISTS (
    SELECT 1 FROM application_sample_rows AS sample
    WHERE sample.version_id = application_sample_values.version_id
    AND sample.component_key = application_sample_values.component_key
    AND sample.position = application_sample_values.position AND sample.as_is = FALSE
);
