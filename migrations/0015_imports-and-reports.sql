CREATE TABLE "import_problems" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"position" smallint NOT NULL,
	"line" integer NOT NULL,
	"column" text,
	"reason" text NOT NULL,
	"value" text,
	CONSTRAINT "import_problems_dealer_id_import_id_number_position_pk" PRIMARY KEY("dealer_id","import_id","number","position")
);
--> statement-breakpoint
CREATE TABLE "import_results" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"outcome" text NOT NULL,
	"record_id" uuid NOT NULL,
	"record_version" integer NOT NULL,
	"before" jsonb,
	CONSTRAINT "import_results_dealer_id_import_id_number_pk" PRIMARY KEY("dealer_id","import_id","number")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"line" integer NOT NULL,
	"cells" text[] NOT NULL,
	"fault" text,
	CONSTRAINT "import_rows_dealer_id_import_id_number_pk" PRIMARY KEY("dealer_id","import_id","number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"target" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"reading" jsonb NOT NULL,
	"bytes" bigint NOT NULL,
	"rows" integer NOT NULL,
	"columns" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"processed" integer NOT NULL,
	"counts" jsonb NOT NULL,
	"check" jsonb,
	"pass_started_at" timestamp (3) with time zone,
	"pass_started_row" integer DEFAULT 0 NOT NULL,
	"fault" text,
	"payload_id" uuid,
	"operation_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imports_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "incentive_rates" (
	"dealer_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "incentive_rates_dealer_id_pk" PRIMARY KEY("dealer_id")
);
--> statement-breakpoint
CREATE TABLE "source_costs" (
	"dealer_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"month" date NOT NULL,
	"amount" numeric(14, 2) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "source_costs_dealer_id_source_id_month_pk" PRIMARY KEY("dealer_id","source_id","month")
);
--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "import_row" integer;--> statement-breakpoint
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "public"."imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_results" ADD CONSTRAINT "import_results_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "public"."imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "public"."imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_rates" ADD CONSTRAINT "incentive_rates_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "public"."dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_costs" ADD CONSTRAINT "source_costs_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "public"."sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "leads_import" ON "leads" USING btree ("dealer_id","import_id","received_at","id") WHERE "leads"."import_id" is not null;--> statement-breakpoint
CREATE INDEX "activities_done" ON "activities" USING btree ("dealer_id","done_at","id") WHERE "activities"."done_at" is not null;