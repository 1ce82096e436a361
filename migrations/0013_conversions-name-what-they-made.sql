ALTER TABLE "consents" DROP CONSTRAINT "consents_dealer_id_client_id_clients_dealer_id_id_fk";
--> statement-breakpoint
ALTER TABLE "conversions" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "conversions" ADD COLUMN "opportunity_id" uuid;