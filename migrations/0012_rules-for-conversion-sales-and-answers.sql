-- Row security holds for the tables' owner too, and would hide from it what is to be read here.
ALTER TABLE clients NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Dealers of before start with the same statuses of sales as new ones.
INSERT INTO sale_statuses (dealer_id, id, name, "group", position, created_at, updated_at)
SELECT d.id, gen_random_uuid(), s.name, s.grp, s.position, now(), now() FROM dealers d
CROSS JOIN (VALUES ('New', 'open', 0), ('Working', 'open', 1), ('Fulfilled', 'fulfilled', 2),
  ('Cancelled', 'cancelled', 3)) AS s(name, grp, position);
--> statement-breakpoint
-- What clients brought with them stands on their record since they were made.
INSERT INTO consents (dealer_id, id, client_id, lead_id, purpose, channel, granted, text, text_version,
  language, page, ip, proof_url, given_at, origin, effective_at, actor_type, created_at)
SELECT c.dealer_id, gen_random_uuid(), c.id, c.created_from_lead_id, s.purpose, s.channel, s.granted,
  s.text, s."textVersion", s.language, s.page, s.ip, s."proofUrl", s."givenAt",
  CASE WHEN c.created_from_lead_id IS NULL THEN 'direct' ELSE 'conversion' END,
  c.created_at, 'system', c.created_at
FROM clients c CROSS JOIN LATERAL jsonb_to_recordset(c.content->'consents') AS s(purpose text,
  channel text, granted boolean, text text, "textVersion" text, language text, page text, ip text,
  "proofUrl" text, "givenAt" timestamptz);
--> statement-breakpoint
ALTER TABLE clients FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- The new tables show only the dealer set for this transaction, like all the others.
DO $$
DECLARE
  t regclass;
BEGIN
  FOREACH t IN ARRAY ARRAY['accounts', 'opportunities', 'consents', 'custom_fields',
    'field_mappings', 'sale_statuses', 'sales', 'reward_programmes', 'rewards', 'reward_entries',
    'templates', 'answered_persons', 'unsubscribe_links', 'suppressions']::regclass[]
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %s
      USING (dealer_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO leadyard_app', t);
  END LOOP;
END
$$;
--> statement-breakpoint
-- History is append-only, whatever a program does: of a statement only its end can be set.
REVOKE UPDATE ON consents, reward_entries, unsubscribe_links FROM leadyard_app;
--> statement-breakpoint
GRANT UPDATE (void_from) ON consents TO leadyard_app;
--> statement-breakpoint
GRANT DELETE ON accounts, opportunities, custom_fields, sale_statuses, templates, suppressions
TO leadyard_app;
--> statement-breakpoint
-- A searchable custom field lets records of before be found by it too: that is the worker's to do.
CREATE OR REPLACE FUNCTION directory.enqueue_task(p_task text, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR p_task NOT IN ('rescore', 'reindex') THEN
    RAISE EXCEPTION 'no such task';
  END IF;
  PERFORM graphile_worker.add_job(p_task,
    json_build_object('dealerId', v_dealer, 'id', p_id), job_key := p_task || ':' || p_id,
    run_at := now() + interval '10 seconds');
END
$$;
