-- Row security holds for the tables' owner too, and would hide from it what is to be changed here.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE leads NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Absences are a list from now on.
UPDATE users SET absences = jsonb_build_array(jsonb_build_object(
  'from', to_char(absent_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'until', to_char(absent_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
WHERE absent_from IS NOT NULL;
--> statement-breakpoint
INSERT INTO teams (dealer_id, key, name, created_at, updated_at)
SELECT d.id, t.key, t.name, now(), now() FROM dealers d
CROSS JOIN (VALUES ('call_center', 'Call center'), ('online_sales', 'Online sales'),
  ('store_sales', 'Store sales')) AS t(key, name);
--> statement-breakpoint
-- Who has had a lead, has had it since it came: nothing says otherwise for leads of that time.
UPDATE leads SET assigned_at = received_at, first_assigned_at = received_at
WHERE assignee_id IS NOT NULL;
--> statement-breakpoint
UPDATE leads SET home_queue_id = queue_id WHERE queue_id IS NOT NULL;
--> statement-breakpoint
ALTER TABLE users FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE leads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- The new tables show only the dealer set for this transaction, like all the others.
DO $$
DECLARE
  t regclass;
BEGIN
  FOREACH t IN ARRAY ARRAY['teams', 'lead_clocks', 'rule_sets', 'assignment_turns', 'handovers',
    'qualification_forms', 'qualifications', 'engagements', 'recomputations']::regclass[]
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
-- History is append-only, whatever a program does.
REVOKE UPDATE ON qualifications, engagements FROM leadyard_app;
--> statement-breakpoint
GRANT DELETE ON rule_sets, lead_clocks TO leadyard_app;
--> statement-breakpoint
-- A user's team is known with them: offers to a team are its members' to see.
DROP FUNCTION directory.authenticate_user(uuid, uuid);
--> statement-breakpoint
CREATE FUNCTION directory.authenticate_user(p_dealer uuid, p_user uuid)
RETURNS TABLE (id uuid, role text, team text, grants text[], queue_ids uuid[], country text,
  currency text)
LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  RETURN QUERY
    SELECT u.id, u.role, u.team, u.grants,
      ARRAY(SELECT m.queue_id FROM queue_members m
        WHERE m.dealer_id = p_dealer AND m.user_id = p_user),
      d.country, d.currency
    FROM users u JOIN dealers d ON d.id = u.dealer_id
    WHERE u.dealer_id = p_dealer AND u.id = p_user AND u.active;
END
$$;
--> statement-breakpoint
-- Work of the present tenant other than deliveries, for the worker. The kinds are listed here, so
-- that the application can't make the worker do anything else. It begins after every transaction has
-- ended that read what held before: a capture under way takes no longer than its statements may.
CREATE FUNCTION directory.enqueue_task(p_task text, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR p_task NOT IN ('rescore') THEN
    RAISE EXCEPTION 'no such task';
  END IF;
  PERFORM graphile_worker.add_job(p_task,
    json_build_object('dealerId', v_dealer, 'id', p_id), job_key := p_task || ':' || p_id,
    run_at := now() + interval '10 seconds');
END
$$;
--> statement-breakpoint
-- Holds the turns of a dealer until the transaction ends, then reads what one of them is decided from.
-- One lock for all of a dealer's entries: who asks for two of them can't wait for who asks for the same
-- two the other way round. In a volatile function each statement sees what was committed before it
-- began: the counts are those of after the wait.
CREATE FUNCTION public.hold_assignment_turn(
  p_dealer uuid, p_entry uuid, p_users uuid[], p_limited uuid[], p_day_start timestamptz,
  p_counts_open boolean
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = public AS $$
DECLARE
  v_turn jsonb;
  v_open uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('assignment turns ' || p_dealer, 0));
  SELECT jsonb_build_object('lastUserId', t.last_user_id, 'credits', t.credits) INTO v_turn
    FROM assignment_turns t WHERE t.dealer_id = p_dealer AND t.entry_id = p_entry;
  IF p_counts_open THEN
    v_open := ARRAY(SELECT s.id FROM statuses s
      WHERE s.dealer_id = p_dealer AND s."group" IN ('new', 'working', 'nurturing', 'qualified'));
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
          AND l.status_id = ANY (v_open) LIMIT 1000) AS few)), '{}')
      FROM unnest(p_users) AS u(id) WHERE p_counts_open));
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION public.hold_assignment_turn FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION public.hold_assignment_turn TO leadyard_app;
--> statement-breakpoint
REVOKE ALL ON FUNCTION directory.authenticate_user, directory.enqueue_task FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION directory.authenticate_user, directory.enqueue_task TO leadyard_app;
