-- Nothing could use it: under row security PostgreSQL lets only leak-proof operators near an index,
-- and those of arrays are none. Whom a lead was handed over by is found by the handovers instead.
DROP INDEX "leads_followers";--> statement-breakpoint
-- The handover or activity that a message tells of.
ALTER TABLE "deliveries" ADD COLUMN "about_id" uuid;
