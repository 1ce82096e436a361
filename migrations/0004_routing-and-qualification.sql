CREATE TABLE "teams" (
	"dealer_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "teams_dealer_id_key_pk" PRIMARY KEY("dealer_id","key")
);
--> statement-breakpoint
CREATE TABLE "assignment_turns" (
	"dealer_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"last_user_id" uuid,
	"credits" jsonb NOT NULL,
	"turns" bigint NOT NULL,
	CONSTRAINT "assignment_turns_dealer_id_entry_id_pk" PRIMARY KEY("dealer_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "engagements" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"type" text NOT NULL,
	"weight" real NOT NULL,
	"page" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "engagements_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"state" text NOT NULL,
	"from_user_id" uuid,
	"to_user_id" uuid,
	"to_team" text,
	"message" text,
	"reason" text,
	"expires_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"answered_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "handovers_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "lead_clocks" (
	"dealer_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"attempted_at" timestamp (3) with time zone,
	"attempted_working_seconds" integer,
	"reached_at" timestamp (3) with time zone,
	"reached_working_seconds" integer,
	"met_at" timestamp (3) with time zone,
	"met_working_seconds" integer,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_clocks_dealer_id_lead_id_pk" PRIMARY KEY("dealer_id","lead_id")
);
--> statement-breakpoint
CREATE TABLE "qualification_forms" (
	"dealer_id" uuid NOT NULL,
	"lead_type" text NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "qualification_forms_dealer_id_lead_type_pk" PRIMARY KEY("dealer_id","lead_type")
);
--> statement-breakpoint
CREATE TABLE "qualifications" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"result" text NOT NULL,
	"total" real NOT NULL,
	"clues" jsonb NOT NULL,
	"form" jsonb NOT NULL,
	"form_version" integer NOT NULL,
	"note" text,
	"reason" text,
	"follow_up_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "qualifications_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "recomputations" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_set_id" uuid NOT NULL,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer NOT NULL,
	"last_lead_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recomputations_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule_sets" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"number" integer,
	"note" text,
	"content" jsonb NOT NULL,
	"published_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_sets_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "rule_sets_number_key" UNIQUE("dealer_id","kind","number")
);
--> statement-breakpoint
ALTER TABLE "dealers" ADD COLUMN "working_hours" jsonb;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "working_hours" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "absences" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "working_hours" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "capacity_per_day" smallint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "calendar_hash" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "assigned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "first_assigned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "home_queue_id" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "follower_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "temperature_by" text;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "cool_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "respond_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "clock_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "escalations" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "feedback" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "remind_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "watch_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_turns" ADD CONSTRAINT "assignment_turns_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_from_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","from_user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_to_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","to_user_id") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_answered_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","answered_by") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_clocks" ADD CONSTRAINT "lead_clocks_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualification_forms" ADD CONSTRAINT "qualification_forms_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualifications" ADD CONSTRAINT "qualifications_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "public"."leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recomputations" ADD CONSTRAINT "recomputations_dealer_id_rule_set_id_rule_sets_dealer_id_id_fk" FOREIGN KEY ("dealer_id","rule_set_id") REFERENCES "public"."rule_sets"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "engagements_lead" ON "engagements" USING btree ("dealer_id","lead_id","occurred_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_one_open" ON "handovers" USING btree ("dealer_id","lead_id") WHERE "handovers"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "handovers_lead" ON "handovers" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "handovers_from" ON "handovers" USING btree ("dealer_id","from_user_id","id");--> statement-breakpoint
CREATE INDEX "handovers_to_user" ON "handovers" USING btree ("dealer_id","to_user_id","id");--> statement-breakpoint
CREATE INDEX "handovers_to_team" ON "handovers" USING btree ("dealer_id","to_team","id") WHERE "handovers"."to_team" is not null;--> statement-breakpoint
CREATE INDEX "handovers_expiring" ON "handovers" USING btree ("dealer_id","expires_at") WHERE "handovers"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "qualifications_lead" ON "qualifications" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "recomputations_rule_set" ON "recomputations" USING btree ("dealer_id","rule_set_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_sets_one_published" ON "rule_sets" USING btree ("dealer_id","kind") WHERE "rule_sets"."state" = 'published';--> statement-breakpoint
CREATE INDEX "rule_sets_created" ON "rule_sets" USING btree ("dealer_id","kind","created_at","id");--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_home_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","home_queue_id") REFERENCES "public"."queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_created_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","created_by") REFERENCES "public"."users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "users_calendar_hash_key" ON "users" USING btree ("dealer_id","calendar_hash") WHERE "users"."calendar_hash" is not null;--> statement-breakpoint
CREATE INDEX "users_team" ON "users" USING btree ("dealer_id","team") WHERE "users"."team" is not null;--> statement-breakpoint
CREATE INDEX "leads_workload" ON "leads" USING btree ("dealer_id","assignee_id","status_id","assigned_at") WHERE "leads"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_followers" ON "leads" USING gin ("follower_ids") WHERE "leads"."follower_ids" <> '{}';--> statement-breakpoint
CREATE INDEX "leads_temperature" ON "leads" USING btree ("dealer_id","temperature","received_at","id") WHERE "leads"."temperature" is not null;--> statement-breakpoint
CREATE INDEX "leads_clock_due" ON "leads" USING btree ("dealer_id","clock_due_at") WHERE "leads"."clock_due_at" is not null;--> statement-breakpoint
CREATE INDEX "leads_cool" ON "leads" USING btree ("dealer_id","cool_at") WHERE "leads"."cool_at" is not null;--> statement-breakpoint
CREATE INDEX "activities_next" ON "activities" USING btree ("dealer_id","lead_id","due_at","id") WHERE "activities"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "activities_planned" ON "activities" USING btree ("dealer_id","due_at","id") WHERE "activities"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "activities_watch" ON "activities" USING btree ("dealer_id","watch_at") WHERE "activities"."watch_at" is not null;