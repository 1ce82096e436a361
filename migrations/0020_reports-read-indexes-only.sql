-- In one statement, so that the table is written anew only once.
ALTER TABLE "events"
ADD COLUMN "left_group" text GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then data->>'fromGroup' end) STORED,
ADD COLUMN "left_status_id" uuid GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then (data->>'fromStatusId')::uuid end) STORED,
ADD COLUMN "stood_seconds" bigint GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then (data->>'stoodSeconds')::bigint end) STORED;
--> statement-breakpoint
-- With all that the funnel reads of events, which are many and wide.
CREATE INDEX "events_stays" ON "events" USING btree ("dealer_id","lead_id")
INCLUDE (left_group, left_status_id, stood_seconds, created_at)
WHERE "events"."left_group" is not null;
--> statement-breakpoint
-- The same index, also with since when a lead stands where it does.
DROP INDEX leads_received;
--> statement-breakpoint
CREATE INDEX leads_received ON leads USING btree (dealer_id, received_at, id)
INCLUDE (source_id, status_id, assignee_id, client_id, duplicate_of_id, promoter_id,
  referral_link_id, quarantine_reason, is_test, is_reachable, status_changed_at);
