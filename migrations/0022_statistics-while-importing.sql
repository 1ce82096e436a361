-- A list may be the first that a system ever holds, and multiplies its tables within a minute: sooner
-- than autovacuum looks. Until somebody has, every plan is made for empty tables, and each batch takes
-- longer than the one before. This renews the statistics of that table of an import which has changed
-- most since they were taken, and answers false when none has changed by more than half. Statistics are
-- the owner's to take. They are a help only: what keeps them from being taken in time is no failure.
CREATE FUNCTION directory.renew_statistics() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_table regclass;
BEGIN
  SELECT oid INTO v_table FROM pg_catalog.pg_class
  WHERE oid = ANY (ARRAY['public.leads', 'public.clients', 'public.match_keys', 'public.events',
      'public.decisions', 'public.import_rows', 'public.import_results',
      'public.import_problems']::regclass[])
    AND pg_catalog.pg_stat_get_mod_since_analyze(oid) > greatest(1000, reltuples / 2)
  ORDER BY pg_catalog.pg_stat_get_mod_since_analyze(oid) / greatest(1, reltuples) DESC
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
REVOKE ALL ON FUNCTION directory.renew_statistics() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION directory.renew_statistics() TO leadyard_app;
