CREATE SCHEMA "directory";
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"source_id" uuid,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_keys_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "api_keys_hash_key" UNIQUE("dealer_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "dealers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"country" text NOT NULL,
	"currency" text NOT NULL,
	"email" text,
	"phone" text,
	"url" text,
	"address" jsonb,
	"settings" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dealers_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "queue_members" (
	"dealer_id" uuid NOT NULL,
	"queue_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queue_members_dealer_id_queue_id_user_id_pk" PRIMARY KEY("dealer_id","queue_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "queues" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queues_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "queues_name_key" UNIQUE("dealer_id","name")
);
--> statement-breakpoint
CREATE TABLE "directory"."referral_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"dealer_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refresh_tokens_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "refresh_tokens_hash_key" UNIQUE("dealer_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"active" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sources_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "sources_key_key" UNIQUE("dealer_id","key")
);
--> statement-breakpoint
CREATE TABLE "statuses" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"group" text NOT NULL,
	"color" text,
	"position" smallint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "statuses_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "statuses_name_key" UNIQUE("dealer_id","name")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	"role" text NOT NULL,
	"team" text,
	"grants" text[] NOT NULL,
	"active" boolean NOT NULL,
	"absent_from" timestamp (3) with time zone,
	"absent_until" timestamp (3) with time zone,
	"password_hash" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "users_email_key" UNIQUE("dealer_id","email")
);
--> statement-breakpoint
CREATE TABLE "promoters" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"phone" text,
	"locale" text,
	"user_id" uuid,
	"state" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "promoters_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "promoters_email_key" UNIQUE("dealer_id","email")
);
--> statement-breakpoint
CREATE TABLE "referral_links" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"label" text,
	"user_id" uuid,
	"promoter_id" uuid,
	"target_url" text,
	"active" boolean NOT NULL,
	"visits" bigint NOT NULL,
	"last_visit_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "referral_links_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "referral_links_code_key" UNIQUE("dealer_id","code")
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"display_name" text NOT NULL,
	"content" jsonb NOT NULL,
	"source_id" uuid,
	"responsible_user_id" uuid,
	"created_from_lead_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "clients_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"source_id" uuid NOT NULL,
	"external_id" text,
	"status_id" uuid NOT NULL,
	"status_changed_at" timestamp (3) with time zone NOT NULL,
	"assignee_id" uuid,
	"queue_id" uuid,
	"promoter_id" uuid,
	"referral_link_id" uuid,
	"client_id" uuid,
	"duplicate_of_id" uuid,
	"quarantine_reason" text,
	"is_test" boolean NOT NULL,
	"display_name" text,
	"vehicle_key" text,
	"content" jsonb NOT NULL,
	"payload_id" uuid NOT NULL,
	"temperature" text,
	"score" integer,
	"created_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leads_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "match_keys" (
	"dealer_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"record_type" text NOT NULL,
	"record_id" uuid NOT NULL,
	CONSTRAINT "match_keys_dealer_id_key_record_type_record_id_pk" PRIMARY KEY("dealer_id","key","record_type","record_id")
);
--> statement-breakpoint
CREATE TABLE "payloads" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"content_type" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payloads_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"text" text,
	"due_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"user_id" uuid,
	"lead_id" uuid,
	"client_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "activities_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"activity_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"undone_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conversions_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"dealer_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"step" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"considered" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decisions_dealer_id_lead_id_id_pk" PRIMARY KEY("dealer_id","lead_id","id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"recipient_name" text,
	"recipient_address" text NOT NULL,
	"state" text NOT NULL,
	"message_id" text NOT NULL,
	"attempts" smallint NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"last_error" text,
	"sent_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deliveries_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"dealer_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"outcome" text NOT NULL,
	"detail" text,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_attempts_dealer_id_delivery_id_number_pk" PRIMARY KEY("dealer_id","delivery_id","number")
);
--> statement-breakpoint
CREATE TABLE "delivery_messages" (
	"dealer_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"raw" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_messages_dealer_id_delivery_id_pk" PRIMARY KEY("dealer_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"lead_id" uuid,
	"client_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"data" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "events_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"dealer_id" uuid NOT NULL,
	"principal_id" uuid NOT NULL,
	"key" text NOT NULL,
	"operation" text NOT NULL,
	"request_hash" text NOT NULL,
	"response_status" smallint,
	"response" jsonb,
	"lead_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_dealer_id_principal_id_key_pk" PRIMARY KEY("dealer_id","principal_id","key")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"lead_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"recorded" jsonb NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operations_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "public"."sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_dealer_id_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","queue_id") REFERENCES "public"."queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."referral_codes" ADD CONSTRAINT "referral_codes_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promoters" ADD CONSTRAINT "promoters_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promoters" ADD CONSTRAINT "promoters_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "public"."promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "public"."sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "public"."sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_status_id_statuses_dealer_id_id_fk" FOREIGN KEY ("dealer_id","status_id") REFERENCES "public"."statuses"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_assignee_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","assignee_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","queue_id") REFERENCES "public"."queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "public"."promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_referral_link_id_referral_links_dealer_id_id_fk" FOREIGN KEY ("dealer_id","referral_link_id") REFERENCES "public"."referral_links"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_duplicate_of_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","duplicate_of_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_payload_id_payloads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","payload_id") REFERENCES "public"."payloads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payloads" ADD CONSTRAINT "payloads_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_dealer_id_operation_id_operations_dealer_id_id_fk" FOREIGN KEY ("dealer_id","operation_id") REFERENCES "public"."operations"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "public"."deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_messages" ADD CONSTRAINT "delivery_messages_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "public"."deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "queue_members_user" ON "queue_members" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "queues_one_default" ON "queues" USING btree ("dealer_id") WHERE "queues"."is_default";--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("dealer_id","family_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_user" ON "refresh_tokens" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "statuses_group" ON "statuses" USING btree ("dealer_id","group","position");--> statement-breakpoint
CREATE INDEX "promoters_user" ON "promoters" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "referral_links_user" ON "referral_links" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "referral_links_promoter" ON "referral_links" USING btree ("dealer_id","promoter_id");--> statement-breakpoint
CREATE INDEX "clients_created" ON "clients" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "clients_responsible" ON "clients" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_external_id_key" ON "leads" USING btree ("dealer_id","source_id","external_id") WHERE "leads"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_received" ON "leads" USING btree ("dealer_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_status" ON "leads" USING btree ("dealer_id","status_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_assignee" ON "leads" USING btree ("dealer_id","assignee_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_source" ON "leads" USING btree ("dealer_id","source_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_client" ON "leads" USING btree ("dealer_id","client_id","received_at","id") WHERE "leads"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_promoter" ON "leads" USING btree ("dealer_id","promoter_id","received_at","id") WHERE "leads"."promoter_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_unassigned" ON "leads" USING btree ("dealer_id","queue_id","received_at","id") WHERE "leads"."assignee_id" is null;--> statement-breakpoint
CREATE INDEX "leads_quarantined" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."quarantine_reason" is not null;--> statement-breakpoint
CREATE INDEX "leads_duplicate_of" ON "leads" USING btree ("dealer_id","duplicate_of_id") WHERE "leads"."duplicate_of_id" is not null;--> statement-breakpoint
CREATE INDEX "match_keys_record" ON "match_keys" USING btree ("dealer_id","record_id");--> statement-breakpoint
CREATE INDEX "activities_due" ON "activities" USING btree ("dealer_id","due_at","id");--> statement-breakpoint
CREATE INDEX "activities_user" ON "activities" USING btree ("dealer_id","user_id","due_at","id");--> statement-breakpoint
CREATE INDEX "activities_lead" ON "activities" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "activities_client" ON "activities" USING btree ("dealer_id","client_id","id");--> statement-breakpoint
CREATE INDEX "conversions_lead" ON "conversions" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "conversions_operation" ON "conversions" USING btree ("dealer_id","operation_id");--> statement-breakpoint
CREATE INDEX "deliveries_lead" ON "deliveries" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("dealer_id","state","id");--> statement-breakpoint
CREATE INDEX "events_lead" ON "events" USING btree ("dealer_id","lead_id","id") WHERE "events"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "events_client" ON "events" USING btree ("dealer_id","client_id","id") WHERE "events"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("dealer_id","type","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("dealer_id","created_at");--> statement-breakpoint
CREATE INDEX "operations_lead" ON "operations" USING btree ("dealer_id","lead_id","id");