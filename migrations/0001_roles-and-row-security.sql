-- Two group roles that own nothing. The program's login roles are members of one each
-- (src/database/roles.ts): what a stolen API connection can do ends at one dealer's rows.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadyard_app') THEN
    CREATE ROLE leadyard_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadyard_worker') THEN
    CREATE ROLE leadyard_worker NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this cluster was being made at the same moment
END
$$;
--> statement-breakpoint
-- Every table with a dealer shows only the dealer set for this transaction, to its owner too.
-- After a transaction the setting reads '' instead of null, hence nullif.
DO $$
DECLARE
  t regclass;
BEGIN
  FOR t IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'dealer_id'
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY tenant ON %s
      USING (dealer_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  END LOOP;
END
$$;
--> statement-breakpoint
ALTER TABLE dealers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE dealers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON dealers
  USING (id = nullif(current_setting('app.tenant', true), '')::uuid);
--> statement-breakpoint
-- The operator lists dealers; nothing else is open to that setting.
CREATE POLICY operator ON dealers USING (current_setting('app.operator', true) = 'on');
--> statement-breakpoint
-- For the functions of the directory, which run as the owner.
CREATE POLICY directory ON dealers FOR SELECT TO CURRENT_USER USING (true);
--> statement-breakpoint
ALTER TABLE directory.referral_codes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE directory.referral_codes FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY directory ON directory.referral_codes TO CURRENT_USER USING (true);
--> statement-breakpoint
-- What must be known before any tenant is: one exact answer a call, so nothing can be listed.
CREATE FUNCTION directory.dealer_by_slug(p_slug text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT id FROM public.dealers WHERE slug = p_slug
$$;
--> statement-breakpoint
CREATE FUNCTION directory.dealer_by_referral_code(p_code text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT dealer_id FROM directory.referral_codes WHERE code = p_code
$$;
--> statement-breakpoint
-- False when another link has this code already, whichever dealer's.
CREATE FUNCTION directory.claim_referral_code(p_code text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO directory.referral_codes (code, dealer_id)
  VALUES (p_code, nullif(current_setting('app.tenant', true), '')::uuid)
  ON CONFLICT DO NOTHING;
  RETURN found;
END
$$;
--> statement-breakpoint
-- Every dealer's id, for the worker's housekeeping, which then goes from tenant to tenant.
CREATE FUNCTION directory.dealer_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT id FROM public.dealers
$$;
--> statement-breakpoint
-- The application may owe work, not read who else is owed any: jobs of the present tenant only.
CREATE FUNCTION directory.enqueue_deliveries(p_ids uuid[], p_run_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR coalesce(cardinality(p_ids), 0) = 0 THEN
    RETURN;
  END IF;
  PERFORM graphile_worker.add_jobs(ARRAY(
    SELECT ROW('deliver', json_build_object('dealerId', v_dealer, 'deliveryId', d), NULL,
               p_run_at, NULL, 'delivery:' || d, NULL, NULL)::graphile_worker.job_spec
    FROM unnest(p_ids) AS d));
END
$$;
--> statement-breakpoint
-- Who a credential belongs to, in one round trip: it names its dealer, whose rows alone are then
-- looked at. Not a definer's function: row security holds for the one who calls it.
CREATE FUNCTION directory.authenticate_key(p_dealer uuid, p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, scopes text[], source_id uuid, country text, currency text)
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  -- How exact the last use is: a minute. Of many first requests at once, one writes.
  UPDATE api_keys k SET last_used_at = p_now
  WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > p_now)
    AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
  RETURN QUERY
    SELECT k.id, k.scopes, k.source_id, d.country, d.currency
    FROM api_keys k JOIN dealers d ON d.id = k.dealer_id
    WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > p_now);
END
$$;
--> statement-breakpoint
CREATE FUNCTION directory.authenticate_user(p_dealer uuid, p_user uuid)
RETURNS TABLE (id uuid, role text, grants text[], queue_ids uuid[], country text, currency text)
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  RETURN QUERY
    SELECT u.id, u.role, u.grants,
      ARRAY(SELECT m.queue_id FROM queue_members m
        WHERE m.dealer_id = p_dealer AND m.user_id = p_user),
      d.country, d.currency
    FROM users u JOIN dealers d ON d.id = u.dealer_id
    WHERE u.dealer_id = p_dealer AND u.id = p_user AND u.active;
END
$$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA directory FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA directory TO leadyard_app;
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA directory TO leadyard_app;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO leadyard_app, leadyard_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO leadyard_app;
--> statement-breakpoint
-- History is append-only, whatever a program does.
REVOKE UPDATE ON events, decisions, payloads, delivery_attempts FROM leadyard_app;
--> statement-breakpoint
GRANT DELETE ON clients, match_keys, statuses, queue_members, activities, idempotency_keys,
  refresh_tokens TO leadyard_app;
