-- Two group roles that own nothing. The program's login roles are members of one each
-- (src/database/roles.ts). A stolen API connection reaches the rows of one dealer at most.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadyard_app') THEN
    CREATE ROLE leadyard_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadyard_worker') THEN
    CREATE ROLE leadyard_worker NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster was migrated at the same moment
END
$$;
--> statement-breakpoint
-- The tables' schema is the current one: no statement names it. PUBLIC may not create in it, because
-- functions that run as the owner look names up there.
DO $$
BEGIN
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO leadyard_app, leadyard_worker', current_schema());
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA directory TO leadyard_app;
--> statement-breakpoint
-- Every table shows only the rows of the dealer that is set for the transaction. Not forced: the owner sees
-- all rows, or it could make no dump, its functions below would find no dealer, and migrations would change
-- nothing. Nothing of a request runs as the owner (src/database/rights.ts).
-- After a transaction the setting reads '' instead of null, hence nullif.
DO $$
DECLARE
  -- History: the application inserts and reads, and never changes a row.
  append_only CONSTANT text[] := '{consents, decisions, delivery_attempts, engagements, events,
    import_files, import_problems, import_results, import_rows, payloads, qualifications, reward_entries,
    unsubscribe_links}';
  deletable CONSTANT text[] := '{accounts, activities, auto_responded_persons, clients, custom_fields, duplicates, idempotency_keys,
    import_files, import_problems, import_results, import_rows, imports, lead_clocks, lead_counts, match_keys, notifications, opportunities, person_forms, person_keys,
    queue_members, refresh_tokens, rule_sets, sale_statuses, source_costs, statuses, suppressions,
    templates}';
  t record;
BEGIN
  FOR t IN
    SELECT c.oid::regclass AS name, c.relname::text AS plain, a.attname AS dealer
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attname = CASE c.relname WHEN 'dealers' THEN 'id' ELSE 'dealer_id' END
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format($p$CREATE POLICY tenant ON %s
      USING (%I = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t.name, t.dealer);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO leadyard_app', t.name);
    IF t.plain <> ALL (append_only) THEN
      EXECUTE format('GRANT UPDATE ON %s TO leadyard_app', t.name);
    END IF;
    IF t.plain = ANY (deletable) THEN
      EXECUTE format('GRANT DELETE ON %s TO leadyard_app', t.name);
    END IF;
  END LOOP;
END
$$;
--> statement-breakpoint
-- Of a recorded consent only its end can be set.
GRANT UPDATE (void_from) ON consents TO leadyard_app;
--> statement-breakpoint
-- The operator lists dealers. The setting opens no other table.
CREATE POLICY operator ON dealers USING (current_setting('app.operator', true) = 'on');
--> statement-breakpoint
-- Read and written by functions of the directory only, which run as the owner.
ALTER TABLE directory.referral_codes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE directory.operator_keys ENABLE ROW LEVEL SECURITY;
