CREATE INDEX "events_qualified" ON "events" USING btree ("dealer_id","lead_id") WHERE "events"."type" in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked', 'operation.undone') and "events"."data"->>'toGroup' = 'qualified';
--> statement-breakpoint
-- The same index, with what reports count by: leads are wide, and a million of them need not be read.
DROP INDEX leads_received;
--> statement-breakpoint
CREATE INDEX leads_received ON leads USING btree (dealer_id, received_at, id)
INCLUDE (source_id, status_id, assignee_id, client_id, duplicate_of_id, promoter_id,
  referral_link_id, quarantine_reason, is_test, is_reachable);
