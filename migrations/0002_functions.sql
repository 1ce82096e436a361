-- Functions that run as the owner keep the search path of this moment (`SET search_path FROM CURRENT`):
-- the tables' schema, whatever its name, and temporary objects last.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
--> statement-breakpoint
-- The directory: what must be known before a tenant is. One exact answer a call, so nothing can be listed.
CREATE FUNCTION directory.dealer_by_slug(p_slug text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT id FROM dealers WHERE slug = p_slug
$$;
--> statement-breakpoint
CREATE FUNCTION directory.dealer_by_referral_code(p_code text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT dealer_id FROM directory.referral_codes WHERE code = p_code
$$;
--> statement-breakpoint
-- False when another link has this code already, of this dealer or another.
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
CREATE FUNCTION directory.dealer_by_operator_key(p_key text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT dealer_id FROM directory.operator_keys WHERE key = p_key
$$;
--> statement-breakpoint
-- False when the operator created another dealer under this key since then. Of two at the same moment,
-- the second waits for the first.
CREATE FUNCTION directory.claim_operator_key(p_key text, p_at timestamptz, p_since timestamptz)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO directory.operator_keys AS k (key, dealer_id, created_at)
  VALUES (p_key, nullif(current_setting('app.tenant', true), '')::uuid, p_at)
  ON CONFLICT (key) DO UPDATE SET dealer_id = excluded.dealer_id, created_at = excluded.created_at
  WHERE k.created_at <= p_since;
  RETURN found;
END
$$;
--> statement-breakpoint
-- Whether scripts of an origin may use the API of any dealer: a preflight has no credential that would
-- name the dealer. The request that follows is allowed for its own dealer only.
CREATE FUNCTION directory.is_api_origin(p_origin text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM dealers WHERE settings -> 'apiOrigins' ? p_origin)
$$;
--> statement-breakpoint
CREATE INDEX dealers_api_origins ON dealers USING gin ((settings -> 'apiOrigins'));
--> statement-breakpoint
-- For how many seconds the oldest delivery of all dealers has been due and untaken; 0: none is due. A process
-- without a worker sees by it that none takes them.
CREATE FUNCTION directory.delivery_delay() RETURNS float8
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 FROM deliveries
  WHERE state = 'pending' AND due_at <= now()
$$;
--> statement-breakpoint
-- Every dealer's id, for the worker's housekeeping, which then goes from tenant to tenant.
CREATE FUNCTION directory.dealer_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT id FROM dealers
$$;
--> statement-breakpoint
-- The application may add jobs of the present tenant. It can't read the queue. The kinds are listed here,
-- so that the application can't make the worker do anything else. An import runs at once: a user is
-- watching it. The others run after every transaction has ended that read the earlier state: a capture
-- takes no longer than its statements may.
CREATE FUNCTION directory.enqueue_task(p_task text, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR p_task NOT IN ('rescore', 'reindex', 'rekey', 'import') THEN
    RAISE EXCEPTION 'no such task';
  END IF;
  PERFORM graphile_worker.add_job(p_task,
    json_build_object('dealerId', v_dealer, 'id', p_id), job_key := p_task || ':' || p_id,
    run_at := CASE WHEN p_task = 'import' THEN now() ELSE now() + interval '10 seconds' END);
END
$$;
--> statement-breakpoint
-- Requests and sign-ins that were counted in a window, by all processes together. What a crash loses begins anew.
CREATE UNLOGGED TABLE directory.counted (
  key text PRIMARY KEY,
  taken integer NOT NULL,
  granted integer NOT NULL,
  ends_at timestamptz NOT NULL
);
--> statement-breakpoint
ALTER TABLE directory.counted ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Takes up to so many of a key's present window, which begins with its first. `granted` is what is left to take.
CREATE FUNCTION directory.take_counted(p_key text, p_ask integer, p_most integer, p_seconds integer)
RETURNS TABLE (granted integer, taken integer, left_ms integer)
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO directory.counted AS c (key, taken, granted, ends_at)
  VALUES (p_key, least(p_ask, p_most), least(p_ask, p_most), now() + p_seconds * interval '1 second')
  ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN c.ends_at <= now() THEN excluded.taken ELSE greatest(c.taken, least(c.taken + p_ask, p_most)) END,
    granted = CASE WHEN c.ends_at <= now() THEN excluded.taken
      ELSE greatest(least(p_ask, p_most - c.taken), 0) END,
    ends_at = CASE WHEN c.ends_at <= now() THEN excluded.ends_at ELSE c.ends_at END
  RETURNING c.granted, c.taken, (extract(epoch FROM c.ends_at - now()) * 1000)::integer
$$;
--> statement-breakpoint
-- Gives some back, as a sign-in that was right does.
CREATE FUNCTION directory.give_counted(p_key text, p_count integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE directory.counted SET taken = greatest(taken - p_count, 0) WHERE key = p_key AND ends_at > now()
$$;
--> statement-breakpoint
-- For the worker: removes so many windows that have ended, and returns how many there were. No index finds
-- them: with one by `ends_at`, no update of the table could be heap-only.
CREATE FUNCTION directory.forget_counted(p_limit integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  WITH gone AS (
    DELETE FROM directory.counted WHERE key = ANY (ARRAY(
      SELECT key FROM directory.counted WHERE ends_at <= now() LIMIT p_limit FOR UPDATE SKIP LOCKED))
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
--> statement-breakpoint
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA directory FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA directory TO leadyard_app;
--> statement-breakpoint
-- Functions over the tenants' tables, in the tables' schema. Those that don't run as the owner look
-- names up in the caller's search path, and row security holds for the caller.
--
-- The principal of an API key, in one round trip: the key names its dealer, and only that dealer's rows
-- are looked at.
CREATE FUNCTION authenticate_key(p_dealer uuid, p_hash text, p_now timestamptz)
RETURNS TABLE (id uuid, scopes text[], source_id uuid, country text, currency text, locale text,
  time_zone text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  -- The last use is exact to a minute. Of many first requests at once, one writes.
  UPDATE api_keys k SET last_used_at = p_now
  WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > p_now)
    AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
  RETURN QUERY
    SELECT k.id, k.scopes, k.source_id, d.country, d.currency, d.locale, d.time_zone
    FROM api_keys k JOIN dealers d ON d.id = k.dealer_id
    WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > p_now);
END
$$;
--> statement-breakpoint
-- The principal of a user's token. Its team is included: offers to a team are visible to its members.
CREATE FUNCTION authenticate_user(p_dealer uuid, p_user uuid)
RETURNS TABLE (id uuid, role text, team text, grants text[], queue_ids uuid[], country text,
  own_locale text, currency text, locale text, time_zone text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  RETURN QUERY
    SELECT u.id, u.role, u.team, u.grants,
      ARRAY(SELECT m.queue_id FROM queue_members m
        WHERE m.dealer_id = p_dealer AND m.user_id = p_user),
      d.country, u.locale, d.currency, d.locale, d.time_zone
    FROM users u JOIN dealers d ON d.id = u.dealer_id
    WHERE u.dealer_id = p_dealer AND u.id = p_user AND u.active;
END
$$;
--> statement-breakpoint
-- Locks the turns of a dealer until the transaction ends, then reads what one of them is decided from.
-- One lock for all of a dealer's entries: two transactions that ask for the same two entries in opposite
-- order can't wait for each other. In a volatile function each statement sees what was committed before
-- it began, so the counts are those after the wait.
CREATE FUNCTION hold_assignment_turn(
  p_dealer uuid, p_entry uuid, p_users uuid[], p_limited uuid[], p_day_start timestamptz,
  p_counts_open boolean, p_busy text[]
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_turn jsonb;
  v_busy uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('assignment turns ' || p_dealer, 0));
  SELECT jsonb_build_object('lastUserId', t.last_user_id, 'credits', t.credits) INTO v_turn
    FROM assignment_turns t WHERE t.dealer_id = p_dealer AND t.entry_id = p_entry;
  IF p_counts_open THEN
    v_busy := ARRAY(SELECT s.id FROM statuses s
      WHERE s.dealer_id = p_dealer AND s."group" = ANY (p_busy));
  END IF;
  RETURN jsonb_build_object(
    'turn', v_turn,
    'today', (SELECT coalesce(jsonb_object_agg(u.id, (SELECT count(*) FROM leads l
        WHERE l.dealer_id = p_dealer AND l.assignee_id = u.id
          AND l.status_id = ANY (ARRAY(SELECT s.id FROM statuses s WHERE s.dealer_id = p_dealer))
          AND l.assigned_at >= p_day_start)), '{}')
      FROM unnest(p_limited) AS u(id)),
    'open', (SELECT coalesce(jsonb_object_agg(u.id, (SELECT count(*) FROM (SELECT FROM leads l
        WHERE l.dealer_id = p_dealer AND l.assignee_id = u.id
          AND l.status_id = ANY (v_busy) LIMIT 1000) AS few)), '{}')
      FROM unnest(p_users) AS u(id) WHERE p_counts_open));
END
$$;
--> statement-breakpoint
-- The application never removes leads, except those of an import that is undone. This removes them with
-- what was written when they were created, and no others. It fails where other rows refer to one of
-- them by now.
CREATE FUNCTION remove_imported_leads(p_import uuid, p_leads uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  v_dealer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  v_leads uuid[];
  v_count integer;
BEGIN
  SELECT coalesce(array_agg(id), '{}') INTO v_leads FROM leads
  WHERE dealer_id = v_dealer AND id = ANY (p_leads) AND import_id = p_import;
  DELETE FROM match_keys WHERE dealer_id = v_dealer AND record_id = ANY (v_leads);
  DELETE FROM person_keys k USING person_forms f
  WHERE f.dealer_id = v_dealer AND f.record_id = ANY (v_leads)
    AND k.dealer_id = v_dealer AND k.key = ANY (f.keys) AND k.record_id = f.record_id;
  DELETE FROM person_forms WHERE dealer_id = v_dealer AND record_id = ANY (v_leads);
  DELETE FROM decisions WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM lead_clocks WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM lead_participants WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM notifications WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM leads WHERE dealer_id = v_dealer AND id = ANY (v_leads);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
--> statement-breakpoint
-- An import may be the first data of an installation, and multiplies its tables within a minute: sooner
-- than autovacuum looks. Until then every plan is made for empty tables, and each batch takes longer than
-- the one before. This renews the statistics of the table of an import that has changed most since they
-- were taken, and returns false when none has changed by more than half. A table that an undo has emptied
-- keeps its statistics: with those of an empty one, people of the next import are looked up by the wrong
-- index. Only the owner may take statistics. They are a help: a reason not to take them now is no failure.
CREATE FUNCTION renew_statistics() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  v_table regclass;
BEGIN
  SELECT oid INTO v_table FROM pg_class
  WHERE oid = ANY (ARRAY['leads', 'clients', 'match_keys', 'person_keys', 'person_forms', 'events', 'decisions', 'import_rows',
      'import_results', 'import_problems']::regclass[])
    AND pg_stat_get_mod_since_analyze(oid) > greatest(1000, reltuples / 2)
    AND pg_stat_get_live_tuples(oid) > 0
  ORDER BY pg_stat_get_mod_since_analyze(oid) / greatest(1, reltuples) DESC
  LIMIT 1;
  IF v_table IS NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('ANALYZE (SKIP_LOCKED) %s', v_table);
  RETURN true;
EXCEPTION
  WHEN query_canceled OR lock_not_available THEN
    RETURN false;
END
$$;
--> statement-breakpoint
-- The deliveries of all dealers that are due, by dealer. The worker takes each dealer's in a transaction of that
-- dealer, which costs about as much for many as for one: of those that are due longest, up to p_batch of each
-- dealer come first, and more of a dealer where there is room.
CREATE FUNCTION due_deliveries(p_limit integer, p_batch integer, p_taken uuid[])
RETURNS TABLE (dealer_id uuid, delivery_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT due.dealer_id, array_agg(due.id ORDER BY due.due_at, due.id) FROM (
    SELECT w.dealer_id, w.id, w.due_at FROM (
      SELECT o.dealer_id, o.id, o.due_at,
        (row_number() OVER (PARTITION BY o.dealer_id ORDER BY o.due_at, o.id) - 1) / p_batch AS batch,
        min(o.due_at) OVER (PARTITION BY o.dealer_id) AS oldest
      FROM (SELECT d.dealer_id, d.id, d.due_at FROM deliveries d
        WHERE d.state = 'pending' AND d.due_at <= now() AND d.id <> ALL (p_taken)
        ORDER BY d.due_at LIMIT 16 * p_limit) o
    ) w
    ORDER BY w.batch, w.oldest, w.dealer_id, w.due_at, w.id LIMIT p_limit) due
  GROUP BY due.dealer_id
$$;
--> statement-breakpoint
-- How many deliveries of all dealers wait, up to a bound, and the age of the oldest: since it was due, or
-- where attempts failed, since it was owed.
CREATE FUNCTION delivery_figures(p_bound integer)
RETURNS TABLE (waiting integer, running integer, scheduled integer, oldest_seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT count(*) FILTER (WHERE due_at <= now())::integer,
    count(*) FILTER (WHERE due_at > now() AND attempts > 0 AND next_attempt_at IS NULL)::integer,
    count(*) FILTER (WHERE due_at > now() AND next_attempt_at IS NOT NULL)::integer,
    coalesce(extract(epoch FROM now() - min(CASE WHEN attempts > 0 THEN created_at ELSE due_at END)
      FILTER (WHERE due_at <= now() OR attempts > 0)), 0)::float8
  FROM (SELECT due_at, attempts, next_attempt_at, created_at FROM deliveries WHERE state = 'pending'
    ORDER BY due_at LIMIT p_bound) pending
$$;
--> statement-breakpoint
-- The application removes no history. This does, where a retention setting ends: what the present tenant has
-- from before a time, and nothing of the last 30 days, whatever is asked. It looks at so many rows after an
-- id, in the order of ids, which is that of time (UUID version 7), and returns the last id it looked at, how
-- many it looked at and how many it removed. Two at once skip each other's rows.
--
-- messages: those of deliveries that are never sent again, with the attempts. The delivery stays.
-- payloads: all but those of imports, in which the leads of a file find their columns.
-- notifications: all but those whose mail waits, which would be cancelled.
-- digests: those of which no notification is left.
CREATE FUNCTION forget_history(p_what text, p_before timestamptz, p_after uuid, p_limit integer)
RETURNS TABLE (last_id uuid, looked integer, gone integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  v_dealer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  v_end uuid := (lpad(to_hex(greatest(0, floor(extract(epoch FROM
    least(p_before, now() - interval '30 days')) * 1000))::bigint), 12, '0') || '70008000000000000000')::uuid;
  v_ids uuid[];
  v_ended uuid[];
BEGIN
  CASE p_what
  WHEN 'messages' THEN
    v_ids := ARRAY(SELECT m.delivery_id FROM delivery_messages m
      WHERE m.dealer_id = v_dealer AND m.delivery_id > p_after AND m.delivery_id < v_end
      ORDER BY m.delivery_id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    v_ended := ARRAY(SELECT d.id FROM deliveries d
      WHERE d.dealer_id = v_dealer AND d.id = ANY (v_ids) AND d.state IN ('sent', 'cancelled'));
    DELETE FROM delivery_attempts a WHERE a.dealer_id = v_dealer AND a.delivery_id = ANY (v_ended);
    DELETE FROM delivery_messages m WHERE m.dealer_id = v_dealer AND m.delivery_id = ANY (v_ended);
  WHEN 'payloads' THEN
    v_ids := ARRAY(SELECT p.id FROM payloads p
      WHERE p.dealer_id = v_dealer AND p.id > p_after AND p.id < v_end
      ORDER BY p.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM payloads p WHERE p.dealer_id = v_dealer AND p.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM imports i WHERE i.dealer_id = v_dealer AND i.payload_id = p.id);
  WHEN 'notifications' THEN
    v_ids := ARRAY(SELECT n.id FROM notifications n
      WHERE n.dealer_id = v_dealer AND n.id > p_after AND n.id < v_end
      ORDER BY n.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM notifications n WHERE n.dealer_id = v_dealer AND n.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM deliveries d
        WHERE d.dealer_id = v_dealer AND d.id = n.id AND d.state = 'pending');
  WHEN 'digests' THEN
    v_ids := ARRAY(SELECT g.id FROM digests g
      WHERE g.dealer_id = v_dealer AND g.id > p_after AND g.id < v_end
      ORDER BY g.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM digests g WHERE g.dealer_id = v_dealer AND g.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM notifications n WHERE n.dealer_id = v_dealer AND n.digest_id = g.id);
  END CASE;
  GET DIAGNOSTICS gone = ROW_COUNT;
  looked := cardinality(v_ids);
  last_id := v_ids[looked];
  RETURN NEXT;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION authenticate_key, authenticate_user, hold_assignment_turn,
  remove_imported_leads, renew_statistics, forget_history, due_deliveries, delivery_figures FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION authenticate_key, authenticate_user, hold_assignment_turn,
  remove_imported_leads, renew_statistics, forget_history TO leadyard_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION due_deliveries, delivery_figures TO leadyard_worker;
--> statement-breakpoint
-- The transaction that wrote a row: lists of changes are in the order of transactions, and stop before
-- those that have not ended, so that a change that is committed late is not passed over.
CREATE FUNCTION note_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION note_change();
--> statement-breakpoint
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON clients FOR EACH ROW EXECUTE FUNCTION note_change();
--> statement-breakpoint
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON activities FOR EACH ROW EXECUTE FUNCTION note_change();
--> statement-breakpoint
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON opportunities FOR EACH ROW EXECUTE FUNCTION note_change();
--> statement-breakpoint
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON sales FOR EACH ROW EXECUTE FUNCTION note_change();
--> statement-breakpoint
-- Keeps `leads.next_action_at`, by which lists are ordered, with the planned activities of the lead. The
-- leads are locked first: of two transactions that plan for one lead, the second then counts what the
-- first planned.
CREATE FUNCTION keep_next_actions() RETURNS trigger
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_dealers uuid[];
  v_leads uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT a.dealer_id, a.lead_id FROM after_change a
      WHERE a.lead_id IS NOT NULL AND a.state = 'planned' AND a.due_at IS NOT NULL) t;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT b.dealer_id, b.lead_id FROM before_change b
      WHERE b.lead_id IS NOT NULL AND b.state = 'planned' AND b.due_at IS NOT NULL) t;
  ELSE
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT a.dealer_id, a.lead_id
      FROM before_change b JOIN after_change a ON a.dealer_id = b.dealer_id AND a.id = b.id
      WHERE a.lead_id IS NOT NULL AND (a.state, a.due_at) IS DISTINCT FROM (b.state, b.due_at)) t;
  END IF;
  IF v_leads IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM leads l JOIN unnest(v_dealers, v_leads) AS t (dealer_id, id)
    ON l.dealer_id = t.dealer_id AND l.id = t.id
    ORDER BY l.id FOR NO KEY UPDATE OF l;
  UPDATE leads l SET next_action_at = n.due_at
  FROM unnest(v_dealers, v_leads) AS t (dealer_id, id)
  CROSS JOIN LATERAL (SELECT min(a.due_at) AS due_at FROM activities a
    WHERE a.dealer_id = t.dealer_id AND a.lead_id = t.id AND a.state = 'planned') n
  WHERE l.dealer_id = t.dealer_id AND l.id = t.id AND l.next_action_at IS DISTINCT FROM n.due_at;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER keep_next_actions_of_new AFTER INSERT ON activities
REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
--> statement-breakpoint
CREATE TRIGGER keep_next_actions_of_changed AFTER UPDATE ON activities
REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
--> statement-breakpoint
CREATE TRIGGER keep_next_actions_of_removed AFTER DELETE ON activities
REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
--> statement-breakpoint
-- Keeps `lead_counts`. A lead with a client waits in no queue. Rows are only added, so that captures of one dealer do not wait for each other.
CREATE FUNCTION count_leads() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, count(*)
    FROM after_change GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, -count(*)
    FROM before_change GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  ELSE
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, sum(leads)
    FROM (
      SELECT dealer_id, status_id, source_id, assignee_id, queue_id, client_id, temperature, type, is_test,
        quarantine_reason, 1 AS leads FROM after_change
      UNION ALL
      SELECT dealer_id, status_id, source_id, assignee_id, queue_id, client_id, temperature, type, is_test,
        quarantine_reason, -1 FROM before_change
    ) AS moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(leads) <> 0;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER count_new AFTER INSERT ON leads
REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
--> statement-breakpoint
CREATE TRIGGER count_changed AFTER UPDATE ON leads
REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
--> statement-breakpoint
CREATE TRIGGER count_removed AFTER DELETE ON leads
REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
--> statement-breakpoint
-- The stamp of a dealer is another one after each change of what processes remember of the dealer: names, and
-- what captures are decided by. Without a tenant, as in a change by hand, all dealers get another.
CREATE FUNCTION stamp_dealer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE dealers SET stamp = gen_random_uuid()
  WHERE id = coalesce(nullif(current_setting('app.tenant', true), '')::uuid, id);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON statuses
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON status_reasons
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON queues
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON queue_members
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON rule_sets
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON custom_fields
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
-- Of sources and users other columns change by themselves.
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE OF key, name, kind, active ON sources
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE OF name, email, role, team, active, absences, working_hours,
  capacity_per_day, languages, notification_modes ON users
FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
--> statement-breakpoint
CREATE FUNCTION stamp_own() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.stamp := gen_random_uuid();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stamp_own BEFORE UPDATE OF email, settings, time_zone, working_hours ON dealers
FOR EACH ROW EXECUTE FUNCTION stamp_own();
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_change, keep_next_actions, count_leads, stamp_dealer, stamp_own FROM PUBLIC;
--> statement-breakpoint
-- Indexes that include what reports count by, which the schema in TypeScript can't say. Leads are wide
-- and events are many: a report over a million of them reads the index only.
CREATE INDEX leads_received ON leads USING btree (dealer_id, received_at, id)
INCLUDE (source_id, status_id, assignee_id, client_id, duplicate_of_id, promoter_id,
  referral_link_id, quarantine_reason, is_test, is_reachable, status_changed_at);
--> statement-breakpoint
-- A user has tens of thousands of leads after years. A page of them in any order reads one of these.
CREATE INDEX leads_assignee ON leads USING btree (dealer_id, assignee_id, received_at, id)
INCLUDE (status_id, client_id, source_id, type, temperature, is_test, quarantine_reason, score,
  next_action_at, last_touch_at, status_changed_at, updated_at, changed_in);
--> statement-breakpoint
CREATE INDEX leads_unassigned ON leads USING btree (dealer_id, queue_id, received_at, id)
INCLUDE (assignee_id, status_id, client_id, source_id, type, temperature, is_test, quarantine_reason, score,
  next_action_at, last_touch_at, status_changed_at, updated_at, changed_in)
WHERE assignee_id IS NULL;
--> statement-breakpoint
CREATE INDEX events_stays ON events USING btree (dealer_id, lead_id)
INCLUDE (left_group, left_status_id, stood_seconds, created_at, worked_by)
WHERE left_group IS NOT NULL OR worked_by IS NOT NULL;
--> statement-breakpoint
-- Which leads ever were qualified, and by whom.
CREATE INDEX events_qualified ON events USING btree (dealer_id, lead_id)
INCLUDE (created_at, worked_by)
WHERE type IN ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked', 'operation.undone')
  AND data->>'toGroup' = 'qualified';
--> statement-breakpoint
CREATE INDEX activities_lead ON activities USING btree (dealer_id, lead_id, id)
INCLUDE (type, state, outcome, user_id, created_by, done_at);
--> statement-breakpoint
-- Activities done in a period.
CREATE INDEX activities_done ON activities USING btree (dealer_id, done_at, id)
INCLUDE (lead_id, user_id, state)
WHERE done_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX qualifications_lead ON qualifications USING btree (dealer_id, lead_id, id)
INCLUDE (result, actor_type, actor_id);
--> statement-breakpoint
-- How tables are stored. test/database/storage.test.ts has the list and counts heap-only updates.
--
-- Rows that are only added. Without dead rows autovacuum would come after a fifth of the table is new: at ten
-- million rows, two million that index-only scans must look up in the table. It comes after 100,000, and
-- freezes what it sees, so that no vacuum against wraparound has to write the whole table again.
ALTER TABLE events SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE decisions SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0);
--> statement-breakpoint
ALTER TABLE match_keys SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE person_keys SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE person_forms SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0);
--> statement-breakpoint
-- Added, and pruned in batches by a retention setting: dead rows are a small part of a large table.
ALTER TABLE payloads SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE delivery_messages SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE delivery_attempts SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_freeze_min_age = 0, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE notifications SET (autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
-- Leads change all their lives, and each change is by `changed_in` and `updated_at` in indexes, so that none is
-- heap-only and no fillfactor helps. A fifth of ten million would be two million dead rows in thirty indexes.
-- Reports read `leads_received` only, as far as vacuum has marked the table.
ALTER TABLE leads SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
-- A queue: each row is updated two or three times soon after it came, by columns of indexes. Below 2% of the pages
-- vacuum leaves the indexes alone anyway; `deliveries_due` is cleaned by those who read it, many times a second.
ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
-- A row for each change of a lead, folded into few every minute, and read whole by counts of a dealer.
ALTER TABLE lead_counts SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
-- Removed a day after they came: half the table is dead after each housekeeping.
ALTER TABLE idempotency_keys SET (autovacuum_vacuum_scale_factor = 0.05);
--> statement-breakpoint
-- A plan that serves all dealers is made for one of the usual size, and PostgreSQL then finds a few ids in an index
-- such as (dealer_id, status_changed_at, id) by going through all entries of the dealer: cheap for the usual one,
-- and thousands of pages for the largest. Such plans are made for a dealer of a twentieth of all rows instead, or
-- of the share of the largest where that is less. Plans for given values know the large dealers anyway.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['accounts', 'activities', 'clients', 'deliveries', 'leads', 'notifications',
    'opportunities', 'sales']
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN dealer_id SET (n_distinct = 20)', t);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Counters and dates of which no index knows, in rows that stay: pages have room for the next version, which then
-- needs no entry in an index and no vacuum.
ALTER TABLE api_keys SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE referral_links SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE assignment_turns SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
ALTER TABLE lead_clocks SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
--> statement-breakpoint
ALTER TABLE directory.counted SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
