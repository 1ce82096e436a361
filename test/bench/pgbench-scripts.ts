/**
 * The capture as pgbench does it: no HTTP, no JSON to read, no decisions to make. The statements are
 * those of a service that asks for one thing at a time, in ten round trips, and writes the same rows
 * into the same tables under the same row security.
 *
 * The variables `dealer`, `source`, `status`, `queue` and `payload` come from a table made for the
 * purpose, since pgbench itself can't hold a list of ids.
 */
export const TEN_ROUND_TRIPS = `\\set d random(1, :dealers)
\\set c random(1, 500000)
BEGIN;
SELECT set_config('app.tenant', dealer_id::text, true) AS tenant, dealer_id AS dealer, source_id AS source, status_id AS status, queue_id AS queue FROM bench_dealers WHERE n = :d \\gset
SELECT count(*) AS hits FROM (SELECT m.record_id FROM match_keys m WHERE m.dealer_id = (:dealer)::uuid AND m.key = 'e:' || 'c' || (:c)::text || '@example.com' LIMIT 101) x \\gset
SELECT count(*) AS hits FROM (SELECT m.record_id FROM match_keys m WHERE m.dealer_id = (:dealer)::uuid AND m.key = 'p:+48601' || lpad((:c)::text, 6, '0') LIMIT 101) x \\gset
SELECT s.name AS name FROM sources s WHERE s.dealer_id = (:dealer)::uuid AND s.key = 'website' \\gset
SELECT q.name AS name FROM queues q WHERE q.dealer_id = (:dealer)::uuid AND q.is_default \\gset
WITH p AS (INSERT INTO payloads (dealer_id, id, content_type, body, created_at) VALUES ((:dealer)::uuid, gen_random_uuid(), 'application/json', (:body)::text, now()) RETURNING id) INSERT INTO leads (dealer_id, id, type, source_id, status_id, status_changed_at, queue_id, is_test, display_name, content, payload_id, version, received_at, updated_at) SELECT (:dealer)::uuid, uuidv7(), 'inquiry', (:source)::uuid, (:status)::uuid, now(), (:queue)::uuid, false, 'Ann Lee', (:content)::jsonb, p.id, 1, now(), now() FROM p RETURNING id AS lead \\gset
INSERT INTO match_keys (dealer_id, key, record_type, record_id) VALUES ((:dealer)::uuid, 'e:' || 'c' || (:c)::text || '@example.com', 'lead', (:lead)::uuid), ((:dealer)::uuid, 'p:+48601' || lpad((:c)::text, 6, '0'), 'lead', (:lead)::uuid), ((:dealer)::uuid, 'n:' || 'ann', 'lead', (:lead)::uuid), ((:dealer)::uuid, 'n:' || 'lee', 'lead', (:lead)::uuid);
WITH e AS (INSERT INTO events (dealer_id, id, type, subject_type, subject_id, lead_id, actor_type, data, created_at) VALUES ((:dealer)::uuid, uuidv7(), 'lead.created', 'lead', (:lead)::uuid, (:lead)::uuid, 'key', '{"type": "inquiry"}', now())) INSERT INTO decisions (dealer_id, lead_id, id, step, outcome, code, facts, created_at) SELECT (:dealer)::uuid, (:lead)::uuid, uuidv7(), s, 'reachable', 'reachable', '{"emails": 1, "phones": 1}', now() FROM unnest(ARRAY['validated', 'matched', 'routed', 'announced']) s;
INSERT INTO deliveries (dealer_id, id, lead_id, purpose, channel, target, state, message_id, attempts, next_attempt_at, due_at, created_at, updated_at) SELECT (:dealer)::uuid, uuidv7(), (:lead)::uuid, p, 'mail', '{"name": null, "address": "leads@dealer.example"}', 'pending', '<x@leadyard>', 0, now(), now(), now(), now() FROM unnest(ARRAY['dealer_mail', 'dealer_adf']) p;
COMMIT;
`

/** The table the script takes its ids from; readable by the application's role. */
export const BENCH_DEALERS = `create table bench_dealers as
  select row_number() over (order by d.id) as n, d.id as dealer_id, s.id as source_id,
    t.id as status_id, q.id as queue_id
  from dealers d
  join sources s on s.dealer_id = d.id and s.key = 'website'
  join statuses t on t.dealer_id = d.id and t."group" = 'new'
  join queues q on q.dealer_id = d.id and q.is_default;
create unique index on bench_dealers (n);
grant select on bench_dealers to leadyard_app`
