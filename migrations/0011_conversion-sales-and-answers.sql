CREATE TABLE "accounts" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"content" jsonb NOT NULL,
	"responsible_user_id" uuid,
	"created_from_lead_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "accounts_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "opportunities" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"client_id" uuid NOT NULL,
	"account_id" uuid,
	"lead_id" uuid,
	"stage" text NOT NULL,
	"amount" numeric(14, 2),
	"currency" text,
	"expected_close" date,
	"products" jsonb NOT NULL,
	"description" text,
	"close_reason" text,
	"closed_at" timestamp (3) with time zone,
	"responsible_user_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "opportunities_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid,
	"lead_id" uuid,
	"purpose" text NOT NULL,
	"channel" text,
	"granted" boolean NOT NULL,
	"text" text,
	"text_version" text,
	"language" text,
	"page" text,
	"ip" text,
	"proof_url" text,
	"given_at" timestamp (3) with time zone,
	"origin" text NOT NULL,
	"operation_id" uuid,
	"effective_at" timestamp (3) with time zone NOT NULL,
	"void_from" timestamp (3) with time zone,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consents_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "custom_fields" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"target" text NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"options" text[] NOT NULL,
	"required" boolean NOT NULL,
	"searchable" boolean NOT NULL,
	"position" smallint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "custom_fields_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "custom_fields_key_key" UNIQUE("dealer_id","target","key")
);
--> statement-breakpoint
CREATE TABLE "field_mappings" (
	"dealer_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "field_mappings_dealer_id_pk" PRIMARY KEY("dealer_id")
);
--> statement-breakpoint
CREATE TABLE "reward_entries" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reward_id" uuid NOT NULL,
	"promoter_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"points" integer NOT NULL,
	"note" text,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reward_entries_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "reward_programmes" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"points_per_sale" integer NOT NULL,
	"eligible_when" text NOT NULL,
	"active" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reward_programmes_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "reward_programmes_name_key" UNIQUE("dealer_id","name")
);
--> statement-breakpoint
CREATE TABLE "rewards" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"sale_id" uuid NOT NULL,
	"promoter_id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"points" integer NOT NULL,
	"eligible_when" text NOT NULL,
	"state" text NOT NULL,
	"payment_reference" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rewards_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "rewards_sale_key" UNIQUE("dealer_id","sale_id")
);
--> statement-breakpoint
CREATE TABLE "sale_statuses" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"group" text NOT NULL,
	"color" text,
	"position" smallint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sale_statuses_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "sale_statuses_name_key" UNIQUE("dealer_id","name")
);
--> statement-breakpoint
CREATE TABLE "sales" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"client_id" uuid,
	"opportunity_id" uuid,
	"status_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"amount" numeric(14, 2),
	"currency" text,
	"vehicle" jsonb,
	"user_id" uuid,
	"promoter_id" uuid,
	"referral_link_id" uuid,
	"operation_id" uuid NOT NULL,
	"sold_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sales_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "answered_persons" (
	"dealer_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"answered_at" timestamp (3) with time zone NOT NULL,
	"lead_id" uuid NOT NULL,
	CONSTRAINT "answered_persons_dealer_id_key_pk" PRIMARY KEY("dealer_id","key")
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email_key" text NOT NULL,
	"reason" text NOT NULL,
	"lead_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppressions_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "suppressions_email_key" UNIQUE("dealer_id","email_key")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "templates_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "templates_name_key" UNIQUE("dealer_id","name")
);
--> statement-breakpoint
CREATE TABLE "unsubscribe_links" (
	"dealer_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"delivery_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"email_key" text NOT NULL,
	"purpose" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unsubscribe_links_dealer_id_token_hash_pk" PRIMARY KEY("dealer_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "lead_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "muted_purposes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "promoters" ADD COLUMN "portal_hash" text;--> statement-breakpoint
ALTER TABLE "promoters" ADD COLUMN "invitation_hash" text;--> statement-breakpoint
ALTER TABLE "promoters" ADD COLUMN "invitation_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "clients" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "opportunity_id" uuid;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_account_id_accounts_dealer_id_id_fk" FOREIGN KEY ("dealer_id","account_id") REFERENCES "public"."accounts"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_fields" ADD CONSTRAINT "custom_fields_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_mappings" ADD CONSTRAINT "field_mappings_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_entries" ADD CONSTRAINT "reward_entries_dealer_id_reward_id_rewards_dealer_id_id_fk" FOREIGN KEY ("dealer_id","reward_id") REFERENCES "public"."rewards"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_programmes" ADD CONSTRAINT "reward_programmes_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_sale_id_sales_dealer_id_id_fk" FOREIGN KEY ("dealer_id","sale_id") REFERENCES "public"."sales"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "public"."promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_programme_id_reward_programmes_dealer_id_id_fk" FOREIGN KEY ("dealer_id","programme_id") REFERENCES "public"."reward_programmes"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sale_statuses" ADD CONSTRAINT "sale_statuses_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_opportunity_id_opportunities_dealer_id_id_fk" FOREIGN KEY ("dealer_id","opportunity_id") REFERENCES "public"."opportunities"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_status_id_sale_statuses_dealer_id_id_fk" FOREIGN KEY ("dealer_id","status_id") REFERENCES "public"."sale_statuses"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "public"."sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "public"."promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_referral_link_id_referral_links_dealer_id_id_fk" FOREIGN KEY ("dealer_id","referral_link_id") REFERENCES "public"."referral_links"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answered_persons" ADD CONSTRAINT "answered_persons_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsubscribe_links" ADD CONSTRAINT "unsubscribe_links_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "public"."deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_created" ON "accounts" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_responsible" ON "accounts" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("dealer_id","name_key" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "opportunities_created" ON "opportunities" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_client" ON "opportunities" USING btree ("dealer_id","client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_stage" ON "opportunities" USING btree ("dealer_id","stage","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_responsible" ON "opportunities" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_account" ON "opportunities" USING btree ("dealer_id","account_id","created_at","id") WHERE "opportunities"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunities_lead" ON "opportunities" USING btree ("dealer_id","lead_id","id") WHERE "opportunities"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_client" ON "consents" USING btree ("dealer_id","client_id","effective_at","id") WHERE "consents"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_lead" ON "consents" USING btree ("dealer_id","lead_id","effective_at","id") WHERE "consents"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "reward_entries_promoter" ON "reward_entries" USING btree ("dealer_id","promoter_id","id");--> statement-breakpoint
CREATE INDEX "reward_entries_reward" ON "reward_entries" USING btree ("dealer_id","reward_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "reward_programmes_one_active" ON "reward_programmes" USING btree ("dealer_id") WHERE "reward_programmes"."active";--> statement-breakpoint
CREATE INDEX "rewards_promoter" ON "rewards" USING btree ("dealer_id","promoter_id","id");--> statement-breakpoint
CREATE INDEX "rewards_state" ON "rewards" USING btree ("dealer_id","state","id");--> statement-breakpoint
CREATE INDEX "sale_statuses_group" ON "sale_statuses" USING btree ("dealer_id","group","position");--> statement-breakpoint
CREATE UNIQUE INDEX "sales_one_of_lead" ON "sales" USING btree ("dealer_id","lead_id") WHERE "sales"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "sales_lead" ON "sales" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "sales_sold" ON "sales" USING btree ("dealer_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_status" ON "sales" USING btree ("dealer_id","status_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_user" ON "sales" USING btree ("dealer_id","user_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_client" ON "sales" USING btree ("dealer_id","client_id","sold_at","id") WHERE "sales"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_promoter" ON "sales" USING btree ("dealer_id","promoter_id","sold_at","id") WHERE "sales"."promoter_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_opportunity" ON "sales" USING btree ("dealer_id","opportunity_id") WHERE "sales"."opportunity_id" is not null;--> statement-breakpoint
CREATE INDEX "unsubscribe_links_delivery" ON "unsubscribe_links" USING btree ("dealer_id","delivery_id");--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_account_id_accounts_dealer_id_id_fk" FOREIGN KEY ("dealer_id","account_id") REFERENCES "public"."accounts"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_merged_into_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","merged_into_id") REFERENCES "public"."clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_opportunity_id_opportunities_dealer_id_id_fk" FOREIGN KEY ("dealer_id","opportunity_id") REFERENCES "public"."opportunities"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "promoters_portal_hash_key" ON "promoters" USING btree ("dealer_id","portal_hash") WHERE "promoters"."portal_hash" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "promoters_invitation_hash_key" ON "promoters" USING btree ("dealer_id","invitation_hash") WHERE "promoters"."invitation_hash" is not null;--> statement-breakpoint
CREATE INDEX "clients_account" ON "clients" USING btree ("dealer_id","account_id","created_at","id") WHERE "clients"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "clients_merged_into" ON "clients" USING btree ("dealer_id","merged_into_id") WHERE "clients"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "activities_opportunity" ON "activities" USING btree ("dealer_id","opportunity_id","id") WHERE "activities"."opportunity_id" is not null;