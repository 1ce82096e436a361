-- The new tables show only the dealer set for this transaction, like all the others.
DO $$
DECLARE
  t regclass;
BEGIN
  FOREACH t IN ARRAY ARRAY['imports', 'import_rows', 'import_results', 'import_problems',
    'source_costs', 'incentive_rates']::regclass[]
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
-- Rows are what was sent, results what became of them: neither changes.
REVOKE UPDATE ON import_rows, import_results, import_problems FROM leadyard_app;
--> statement-breakpoint
GRANT DELETE ON imports, import_rows, import_results, import_problems, source_costs
TO leadyard_app;
--> statement-breakpoint
-- Leads are never removed by the application, save those of an import that is taken back: this
-- removes them with what was written as they were made, and no others. Fails where anything else has
-- come to hang on one of them, for then it is no longer only the import's.
CREATE FUNCTION directory.remove_imported_leads(p_import uuid, p_leads uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  v_leads uuid[];
  v_count integer;
BEGIN
  SELECT coalesce(array_agg(id), '{}') INTO v_leads FROM public.leads
  WHERE dealer_id = v_dealer AND id = ANY (p_leads) AND import_id = p_import;
  DELETE FROM public.match_keys WHERE dealer_id = v_dealer AND record_id = ANY (v_leads);
  DELETE FROM public.decisions WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM public.lead_clocks WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM public.leads WHERE dealer_id = v_dealer AND id = ANY (v_leads);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION directory.remove_imported_leads(uuid, uuid[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION directory.remove_imported_leads(uuid, uuid[]) TO leadyard_app;
--> statement-breakpoint
-- An import is the worker's to do, and at once: somebody is looking on.
CREATE OR REPLACE FUNCTION directory.enqueue_task(p_task text, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR p_task NOT IN ('rescore', 'reindex', 'import') THEN
    RAISE EXCEPTION 'no such task';
  END IF;
  PERFORM graphile_worker.add_job(p_task,
    json_build_object('dealerId', v_dealer, 'id', p_id), job_key := p_task || ':' || p_id,
    run_at := CASE WHEN p_task = 'import' THEN now() ELSE now() + interval '10 seconds' END);
END
$$;
