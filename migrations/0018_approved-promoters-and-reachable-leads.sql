ALTER TABLE "promoters" ADD COLUMN "approved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "is_reachable" boolean GENERATED ALWAYS AS (content @? '$.contact.emails[*] ? (@.valid == true)' or content @? '$.contact.phones[*] ? (@.valid == true)') STORED NOT NULL;--> statement-breakpoint
-- Row security holds for the tables' owner too, and would hide from it what is to be filled here.
ALTER TABLE promoters NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Of those who were removed, history knows whether they had joined or been approved.
UPDATE promoters p SET approved_at = p.created_at
WHERE p.state = 'active' OR (p.state = 'removed' AND EXISTS (
  SELECT FROM events e WHERE e.dealer_id = p.dealer_id AND e.subject_id = p.id
    AND (e.type = 'promoter.joined'
      OR (e.type IN ('promoter.created', 'promoter.updated') AND e.data->>'state' = 'active'))));
--> statement-breakpoint
ALTER TABLE promoters FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE events FORCE ROW LEVEL SECURITY;
