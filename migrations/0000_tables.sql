CREATE SCHEMA "directory";
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
	"working_hours" jsonb,
	"stamp" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dealers_slug_key" UNIQUE("slug"),
	CONSTRAINT "dealers_locale_check" CHECK ("dealers"."locale" in ('en', 'es', 'pl'))
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"active" boolean NOT NULL,
	"lenient" boolean NOT NULL,
	"quiet_after_hours" smallint,
	"watch_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sources_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "sources_key_key" UNIQUE("dealer_id","key"),
	CONSTRAINT "sources_kind_check" CHECK ("sources"."kind" in ('website', 'portal', 'referral', 'advertisement', 'event', 'employee_referral', 'purchased_list', 'trade_fair', 'webinar', 'walk_in', 'phone', 'other'))
);
--> statement-breakpoint
CREATE TABLE "status_reasons" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"group" text NOT NULL,
	"position" smallint NOT NULL,
	"active" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "status_reasons_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "status_reasons_key_key" UNIQUE("dealer_id","key"),
	CONSTRAINT "status_reasons_group_check" CHECK ("status_reasons"."group" in ('lost', 'deleted'))
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
	CONSTRAINT "statuses_group_check" CHECK ("statuses"."group" in ('new', 'working', 'nurturing', 'qualified', 'unqualified', 'linked', 'converted', 'sold', 'lost', 'deleted'))
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"dealer_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "teams_dealer_id_key_pk" PRIMARY KEY("dealer_id","key"),
	CONSTRAINT "teams_key_check" CHECK ("teams"."key" in ('call_center', 'online_sales', 'store_sales'))
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
	"working_hours" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queues_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"source_id" uuid,
	"lenient" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"created_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_keys_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "api_keys_hash_key" UNIQUE("dealer_id","key_hash"),
	CONSTRAINT "api_keys_scopes_check" CHECK ("api_keys"."scopes" <@ array['leads:capture', 'read', 'write', 'admin'])
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
	"absences" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"working_hours" jsonb,
	"capacity_per_day" smallint,
	"locale" text,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"notification_modes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"digest_time" text DEFAULT '08:00' NOT NULL,
	"password_hash" text,
	"calendar_hash" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "users_email_key" UNIQUE("dealer_id","email"),
	CONSTRAINT "users_role_check" CHECK ("users"."role" in ('owner', 'admin', 'member')),
	CONSTRAINT "users_team_check" CHECK ("users"."team" in ('call_center', 'online_sales', 'store_sales')),
	CONSTRAINT "users_grants_check" CHECK ("users"."grants" <@ array['leads.unlink', 'conversions.view', 'data.export', 'data.erase']),
	CONSTRAINT "users_locale_check" CHECK ("users"."locale" in ('en', 'es', 'pl'))
);
--> statement-breakpoint
CREATE TABLE "ended_secrets" (
	"dealer_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"promoter_id" uuid NOT NULL,
	"opens_page" boolean DEFAULT false NOT NULL,
	CONSTRAINT "ended_secrets_dealer_id_hash_pk" PRIMARY KEY("dealer_id","hash")
);
--> statement-breakpoint
CREATE TABLE "directory"."operator_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"dealer_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
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
	"approved_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"portal_hash" text,
	"invitation_hash" text,
	"invitation_expires_at" timestamp (3) with time zone,
	"invitation_message" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "promoters_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "promoters_email_key" UNIQUE("dealer_id","email"),
	CONSTRAINT "promoters_locale_check" CHECK ("promoters"."locale" in ('en', 'es', 'pl')),
	CONSTRAINT "promoters_state_check" CHECK ("promoters"."state" in ('invited', 'pending', 'active', 'removed'))
);
--> statement-breakpoint
CREATE TABLE "directory"."referral_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"dealer_id" uuid NOT NULL
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
CREATE TABLE "clients" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"display_name" text NOT NULL,
	"content" jsonb NOT NULL,
	"source_id" uuid,
	"responsible_user_id" uuid,
	"account_id" uuid,
	"created_from_lead_id" uuid,
	"merged_into_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "clients_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
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
	"changed_in" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "opportunities_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "opportunities_stage_check" CHECK ("opportunities"."stage" in ('discovery', 'test_drive', 'offer', 'negotiation', 'reserved', 'won', 'lost'))
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
	CONSTRAINT "consents_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "consents_origin_check" CHECK ("consents"."origin" in ('capture', 'direct', 'import', 'conversion', 'link', 'merge', 'narrowed', 'unsubscribe')),
	CONSTRAINT "consents_actor_type_check" CHECK ("consents"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
);
--> statement-breakpoint
CREATE TABLE "conversions" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"activity_id" uuid,
	"account_id" uuid,
	"opportunity_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"undone_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conversions_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "conversions_actor_type_check" CHECK ("conversions"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"dealer_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"step" text NOT NULL,
	"outcome" text NOT NULL,
	"code" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "decisions_dealer_id_lead_id_id_pk" PRIMARY KEY("dealer_id","lead_id","id"),
	CONSTRAINT "decisions_step_check" CHECK ("decisions"."step" in ('validated', 'matched', 'quarantined', 'repeated', 'routed', 'scored', 'announced', 'auto_responded')),
	CONSTRAINT "decisions_outcome_check" CHECK ("decisions"."outcome" in ('reachable', 'unreachable', 'sure', 'possible', 'none', 'held', 'duplicate', 'assigned', 'queued', 'offered', 'stayed', 'scored', 'enqueued')),
	CONSTRAINT "decisions_code_check" CHECK ("decisions"."code" in ('reachable', 'only_unsure_phone', 'unreachable', 'unreadable_document', 'cut_document', 'contact_known', 'contact_known_name_differs', 'contact_shared_by_many', 'contact_similar', 'contact_unknown', 'same_request', 'external_id_reused', 'points_given', 'no_points', 'named_by_sender', 'kept_at_release', 'referral_link_user', 'referral_fallback', 'known_person', 'entered_by_user', 'rule_fits', 'rule_without_user', 'rule_of_empty_team', 'no_rule_fits', 'no_rule_reassigns', 'quarantined', 'test_without_address', 'repeat_not_announced', 'no_recipient', 'assignee_entered_it', 'dealer_settings', 'imported', 'test_lead', 'address_suppressed', 'auto_response_refused', 'consent_refused', 'consent_missing', 'no_usable_email', 'own_address', 'automatic_address', 'automatic_header', 'automatic_text', 'no_entry_fits', 'entry_without_template', 'auto_responded_recently', 'repeats_recent_lead', 'entry_fits', 'entry_fits_after_quiet_hours'))
);
--> statement-breakpoint
CREATE TABLE "lead_counts" (
	"dealer_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"status_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"assignee_id" uuid,
	"queue_id" uuid,
	"temperature" text,
	"type" text NOT NULL,
	"is_test" boolean NOT NULL,
	"is_quarantined" boolean NOT NULL,
	"leads" bigint NOT NULL,
	"is_folded" boolean DEFAULT false NOT NULL,
	CONSTRAINT "lead_counts_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
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
	"status_reason_id" uuid,
	"status_reason_text" text,
	"assignee_id" uuid,
	"assigned_at" timestamp (3) with time zone,
	"first_assigned_at" timestamp (3) with time zone,
	"queue_id" uuid,
	"home_queue_id" uuid,
	"follower_ids" uuid[] DEFAULT '{}' NOT NULL,
	"promoter_id" uuid,
	"referral_link_id" uuid,
	"client_id" uuid,
	"duplicate_of_id" uuid,
	"quarantine_reason" text,
	"is_test" boolean NOT NULL,
	"display_name" text,
	"vehicle_key" text,
	"content" jsonb NOT NULL,
	"is_reachable" boolean GENERATED ALWAYS AS (content @? '$.contact.emails[*] ? (@.valid == true)' or content @? '$.contact.phones[*] ? (@.valid == true || @.number like_regex "^([^0-9]*[0-9]){6}")') STORED NOT NULL,
	"payload_id" uuid NOT NULL,
	"import_id" uuid,
	"import_row" integer,
	"temperature" text,
	"temperature_by" text,
	"score" integer,
	"temperature_until" timestamp (3) with time zone,
	"cool_at" timestamp (3) with time zone,
	"score_version" integer DEFAULT 0 NOT NULL,
	"respond_by" timestamp (3) with time zone,
	"clock_due_at" timestamp (3) with time zone,
	"escalations" smallint DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"next_action_at" timestamp (3) with time zone,
	"last_touch_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "leads_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "leads_type_check" CHECK ("leads"."type" in ('inquiry', 'prequalification')),
	CONSTRAINT "leads_quarantine_reason_check" CHECK ("leads"."quarantine_reason" in ('unreachable', 'unreadable_document', 'cut_document')),
	CONSTRAINT "leads_temperature_check" CHECK ("leads"."temperature" in ('hot', 'warm', 'cold')),
	CONSTRAINT "leads_temperature_by_check" CHECK ("leads"."temperature_by" in ('user', 'score'))
);
--> statement-breakpoint
CREATE TABLE "match_keys" (
	"dealer_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"record_type" text NOT NULL,
	"record_id" uuid NOT NULL,
	CONSTRAINT "match_keys_dealer_id_key_record_type_record_id_pk" PRIMARY KEY("dealer_id","key","record_type","record_id"),
	CONSTRAINT "match_keys_record_type_check" CHECK ("match_keys"."record_type" in ('client', 'lead'))
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
CREATE TABLE "duplicates" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"first_id" uuid NOT NULL,
	"second_id" uuid NOT NULL,
	"state" text NOT NULL,
	"score" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"assignee_id" uuid,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"operation_id" uuid,
	"state_before" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "duplicates_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "duplicates_pair" UNIQUE("dealer_id","first_id","second_id"),
	CONSTRAINT "duplicates_state_check" CHECK ("duplicates"."state" in ('open', 'different', 'merged')),
	CONSTRAINT "duplicates_state_before_check" CHECK ("duplicates"."state_before" in ('open', 'different', 'merged'))
);
--> statement-breakpoint
CREATE TABLE "person_forms" (
	"dealer_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"record_type" text NOT NULL,
	"version" integer NOT NULL,
	"keys" bigint[] NOT NULL,
	"form" json NOT NULL,
	"compared" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "person_forms_dealer_id_record_id_pk" PRIMARY KEY("dealer_id","record_id"),
	CONSTRAINT "person_forms_record_type_check" CHECK ("person_forms"."record_type" in ('client', 'lead'))
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"dealer_id" uuid NOT NULL,
	"key" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	CONSTRAINT "person_keys_dealer_id_key_record_id_pk" PRIMARY KEY("dealer_id","key","record_id")
);
--> statement-breakpoint
CREATE TABLE "rekeyings" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer NOT NULL,
	"record_type" text NOT NULL,
	"last_record_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rekeyings_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "rekeyings_version" UNIQUE("dealer_id","version"),
	CONSTRAINT "rekeyings_state_check" CHECK ("rekeyings"."state" in ('waiting', 'running', 'done')),
	CONSTRAINT "rekeyings_record_type_check" CHECK ("rekeyings"."record_type" in ('client', 'lead'))
);
--> statement-breakpoint
CREATE TABLE "link_requests" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"state" text NOT NULL,
	"from_user_id" uuid NOT NULL,
	"to_user_id" uuid NOT NULL,
	"message" text,
	"reason" text,
	"withdrawal_code" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "link_requests_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "link_requests_state_check" CHECK ("link_requests"."state" in ('asked', 'accepted', 'declined', 'expired', 'withdrawn')),
	CONSTRAINT "link_requests_withdrawal_code_check" CHECK ("link_requests"."withdrawal_code" in ('request_lead_linked', 'request_lead_converted', 'request_lead_closed', 'request_lead_deleted', 'request_lead_reassigned', 'request_client_merged', 'request_user_deactivated'))
);
--> statement-breakpoint
CREATE TABLE "lead_participants" (
	"dealer_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"reasons" text[] NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_participants_dealer_id_lead_id_user_id_pk" PRIMARY KEY("dealer_id","lead_id","user_id"),
	CONSTRAINT "lead_participants_reasons_check" CHECK ("lead_participants"."reasons" <@ array['author', 'told', 'handed_over', 'referral', 'promoter', 'qualified'])
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
	"left_group" text GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then data->>'fromGroup' end) STORED,
	"left_status_id" uuid GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then (data->>'fromStatusId')::uuid end) STORED,
	"stood_seconds" bigint GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked') then (data->>'stoodSeconds')::bigint end) STORED,
	"worked_by" uuid GENERATED ALWAYS AS (case when type in ('lead.status_changed', 'lead.linked', 'lead.converted') and actor_type = 'user' and data->>'code' is null then actor_id end) STORED,
	CONSTRAINT "events_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "events_type_check" CHECK ("events"."type" in ('lead.created', 'lead.updated', 'lead.resent', 'lead.status_changed', 'lead.assigned', 'lead.linked', 'lead.converted', 'lead.unlinked', 'lead.moved', 'lead.released', 'lead.engaged', 'lead.qualified', 'lead.temperature_changed', 'lead.response_warning', 'lead.response_overdue', 'lead.removed', 'handover.offered', 'handover.accepted', 'handover.declined', 'handover.expired', 'handover.withdrawn', 'link_request.asked', 'link_request.accepted', 'link_request.declined', 'link_request.expired', 'link_request.withdrawn', 'client.created', 'client.updated', 'client.removed', 'client.merged', 'account.created', 'account.updated', 'account.removed', 'opportunity.created', 'opportunity.updated', 'opportunity.removed', 'consent.recorded', 'sale.recorded', 'sale.updated', 'sale.undone', 'reward.updated', 'activity.created', 'activity.updated', 'activity.removed', 'activity.reminder', 'activity.overdue', 'activity.feedback', 'delivery.sent', 'delivery.failed', 'delivery.cancelled', 'delivery.retried', 'operation.undone', 'import.created', 'import.updated', 'import.started', 'import.finished', 'import.cancelled', 'import.failed', 'import.undone', 'import.deleted', 'data.exported', 'promoter.created', 'promoter.updated', 'promoter.invited', 'promoter.joined', 'referral_link.created', 'referral_link.updated', 'user.created', 'user.updated', 'api_key.created', 'api_key.updated', 'api_key.rotated', 'api_key.revoked', 'source.created', 'source.updated', 'status.created', 'status.updated', 'status.deleted', 'status_reason.created', 'status_reason.updated', 'sale_status.created', 'sale_status.updated', 'sale_status.deleted', 'reward_programme.created', 'reward_programme.updated', 'custom_field.created', 'custom_field.updated', 'custom_field.deleted', 'field_mapping.updated', 'template.created', 'template.updated', 'template.deleted', 'source_cost.updated', 'source_cost.deleted', 'incentive_rates.updated', 'suppression.added', 'suppression.removed', 'rule_set.created', 'rule_set.updated', 'rule_set.published', 'rule_set.deleted', 'qualification_form.updated', 'team.updated', 'queue.created', 'queue.updated', 'queue.member_added', 'queue.member_removed', 'dealer.created', 'dealer.updated')),
	CONSTRAINT "events_subject_type_check" CHECK ("events"."subject_type" in ('account', 'activity', 'api_key', 'client', 'consent', 'custom_field', 'dealer', 'delivery', 'export', 'handover', 'import', 'lead', 'link_request', 'operation', 'opportunity', 'promoter', 'queue', 'referral_link', 'reward', 'reward_programme', 'rule_set', 'sale', 'sale_status', 'source', 'status', 'status_reason', 'suppression', 'template', 'user')),
	CONSTRAINT "events_actor_type_check" CHECK ("events"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
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
	CONSTRAINT "operations_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "operations_kind_check" CHECK ("operations"."kind" in ('link', 'conversion', 'unlink', 'move', 'assignment', 'status', 'sale', 'merge', 'import')),
	CONSTRAINT "operations_state_check" CHECK ("operations"."state" in ('done', 'undoing', 'undone')),
	CONSTRAINT "operations_actor_type_check" CHECK ("operations"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid,
	"purpose" text NOT NULL,
	"about_id" uuid,
	"channel" text NOT NULL,
	"target" jsonb NOT NULL,
	"user_id" uuid,
	"state" text NOT NULL,
	"message_id" text NOT NULL,
	"attempts" smallint NOT NULL,
	"failures" smallint DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone NOT NULL,
	"reason" jsonb,
	"sent_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deliveries_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "deliveries_reason_check" CHECK ("deliveries"."reason" ->> 'code' in ('accepted', 'written_to_outbox', 'receiver_response', 'transport_failed', 'attempt_timed_out', 'transport_closed', 'sender_address_invalid', 'recipient_address_invalid', 'template_too_slow', 'template_too_large', 'template_broken', 'composition_failed', 'worker_interrupted', 'lead_erased', 'lead_deleted', 'quarantined', 'lead_not_linked', 'lead_reassigned', 'test_lead', 'address_suppressed', 'auto_response_refused', 'consent_refused', 'consent_missing', 'template_deleted', 'user_inactive', 'user_muted_mails', 'in_daily_digest', 'lead_assigned', 'lead_left_queue', 'lead_responded', 'notification_removed', 'digest_empty', 'activity_ended', 'activity_reassigned', 'offer_removed', 'offer_ended', 'link_request_removed', 'link_request_ended', 'activity_removed', 'promoter_removed', 'promoter_inactive', 'promoter_not_pending', 'promoter_not_refused', 'promoter_not_invited', 'promoter_address_changed', 'invitation_expired', 'newer_message_sent')),
	CONSTRAINT "deliveries_purpose_check" CHECK ("deliveries"."purpose" in ('assignee_mail', 'responsible_mail', 'offer_mail', 'offer_response_mail', 'link_request_mail', 'link_response_mail', 'feedback_mail', 'queue_mail', 'taken_back_mail', 'offer_ending_mail', 'reminder_mail', 'overdue_mail', 'planned_mail', 'moved_mail', 'cancelled_mail', 'moved_lead_mail', 'new_client_mail', 'moved_client_mail', 'sale_mail', 'response_warning_mail', 'response_overdue_mail', 'quiet_source_mail', 'open_leads_mail', 'pending_promoter_mail', 'promoter_response_mail', 'failed_mail', 'promoter_mail', 'dealer_mail', 'digest_mail', 'test_mail', 'auto_response', 'promoter_invitation', 'promoter_welcome', 'promoter_refusal', 'dealer_adf')),
	CONSTRAINT "deliveries_channel_check" CHECK ("deliveries"."channel" in ('mail', 'adf_mail')),
	CONSTRAINT "deliveries_state_check" CHECK ("deliveries"."state" in ('pending', 'sent', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"dealer_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"outcome" text NOT NULL,
	"code" text NOT NULL,
	"facts" jsonb NOT NULL,
	"duration_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_attempts_dealer_id_delivery_id_number_pk" PRIMARY KEY("dealer_id","delivery_id","number"),
	CONSTRAINT "delivery_attempts_outcome_check" CHECK ("delivery_attempts"."outcome" in ('sent', 'retry', 'refused')),
	CONSTRAINT "delivery_attempts_code_check" CHECK ("delivery_attempts"."code" in ('accepted', 'written_to_outbox', 'receiver_response', 'transport_failed', 'attempt_timed_out', 'transport_closed', 'sender_address_invalid', 'recipient_address_invalid', 'template_too_slow', 'template_too_large', 'template_broken', 'composition_failed', 'worker_interrupted'))
);
--> statement-breakpoint
CREATE TABLE "delivery_messages" (
	"dealer_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"raw" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_messages_dealer_id_delivery_id_pk" PRIMARY KEY("dealer_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digests_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "digests_day_key" UNIQUE("dealer_id","user_id","day")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"dealer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"lead_id" uuid,
	"about_id" uuid,
	"facts" jsonb NOT NULL,
	"mode" text NOT NULL,
	"digest_id" uuid,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notifications_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "notifications_key_key" UNIQUE("dealer_id","user_id","kind","key"),
	CONSTRAINT "notifications_kind_check" CHECK ("notifications"."kind" in ('newLead', 'queuedLead', 'takenBackLead', 'linkedClient', 'offer', 'offerEnding', 'offerResponse', 'linkRequest', 'linkResponse', 'feedback', 'plannedActivity', 'movedActivity', 'cancelledActivity', 'movedLead', 'newClient', 'movedClient', 'leadSale', 'reminder', 'overdue', 'responseWarning', 'responseOverdue', 'quietSource', 'openLeads', 'pendingPromoter', 'promoterResponse', 'failedMail')),
	CONSTRAINT "notifications_mode_check" CHECK ("notifications"."mode" in ('now', 'digest', 'off'))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"dealer_id" uuid NOT NULL,
	"principal_id" uuid NOT NULL,
	"key" text NOT NULL,
	"operation" text NOT NULL,
	"request_hash" text NOT NULL,
	"response" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_dealer_id_principal_id_key_pk" PRIMARY KEY("dealer_id","principal_id","key")
);
--> statement-breakpoint
CREATE TABLE "auto_responded_persons" (
	"dealer_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"responded_at" timestamp (3) with time zone NOT NULL,
	"lead_id" uuid NOT NULL,
	CONSTRAINT "auto_responded_persons_dealer_id_key_pk" PRIMARY KEY("dealer_id","key")
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
	CONSTRAINT "suppressions_email_key" UNIQUE("dealer_id","email_key"),
	CONSTRAINT "suppressions_reason_check" CHECK ("suppressions"."reason" in ('unsubscribed', 'requested')),
	CONSTRAINT "suppressions_actor_type_check" CHECK ("suppressions"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
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
	"language" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unsubscribe_links_dealer_id_token_hash_pk" PRIMARY KEY("dealer_id","token_hash")
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
	"outcome" text,
	"feedback" text,
	"remind_at" timestamp (3) with time zone,
	"watch_at" timestamp (3) with time zone,
	"user_id" uuid,
	"created_by" uuid,
	"lead_id" uuid,
	"client_id" uuid,
	"opportunity_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "activities_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "activities_type_check" CHECK ("activities"."type" in ('call', 'email', 'meeting', 'appointment', 'test_drive', 'offer', 'reservation', 'contract', 'visit', 'note')),
	CONSTRAINT "activities_state_check" CHECK ("activities"."state" in ('planned', 'done', 'missed', 'cancelled')),
	CONSTRAINT "activities_outcome_check" CHECK ("activities"."outcome" in ('reached', 'call_back', 'no_answer', 'busy', 'voicemail', 'wrong_number', 'sent', 'replied', 'bounced', 'interested', 'undecided', 'not_interested', 'rescheduled', 'called_off', 'sold', 'accepted', 'negotiating', 'rejected', 'expired', 'confirmed', 'withdrawn', 'signed'))
);
--> statement-breakpoint
CREATE TABLE "lead_clocks" (
	"dealer_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"attempted_at" timestamp (3) with time zone,
	"attempted_working_seconds" integer,
	"attempted_by" uuid,
	"reached_at" timestamp (3) with time zone,
	"reached_working_seconds" integer,
	"reached_by" uuid,
	"met_at" timestamp (3) with time zone,
	"met_working_seconds" integer,
	"met_by" uuid,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_clocks_dealer_id_lead_id_pk" PRIMARY KEY("dealer_id","lead_id")
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
	CONSTRAINT "rule_sets_number_key" UNIQUE("dealer_id","kind","number"),
	CONSTRAINT "rule_sets_kind_check" CHECK ("rule_sets"."kind" in ('assignment', 'scoring', 'auto_response')),
	CONSTRAINT "rule_sets_state_check" CHECK ("rule_sets"."state" in ('draft', 'published', 'superseded'))
);
--> statement-breakpoint
CREATE TABLE "assignment_turns" (
	"dealer_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"last_user_id" uuid,
	"credits" jsonb NOT NULL,
	CONSTRAINT "assignment_turns_dealer_id_entry_id_pk" PRIMARY KEY("dealer_id","entry_id")
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
	"warn_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "handovers_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "handovers_state_check" CHECK ("handovers"."state" in ('offered', 'accepted', 'declined', 'expired', 'withdrawn')),
	CONSTRAINT "handovers_to_team_check" CHECK ("handovers"."to_team" in ('call_center', 'online_sales', 'store_sales'))
);
--> statement-breakpoint
CREATE TABLE "qualification_forms" (
	"dealer_id" uuid NOT NULL,
	"lead_type" text NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "qualification_forms_dealer_id_lead_type_pk" PRIMARY KEY("dealer_id","lead_type"),
	CONSTRAINT "qualification_forms_lead_type_check" CHECK ("qualification_forms"."lead_type" in ('inquiry', 'prequalification'))
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
	CONSTRAINT "qualifications_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "qualifications_result_check" CHECK ("qualifications"."result" in ('qualified', 'not_yet', 'unqualified')),
	CONSTRAINT "qualifications_actor_type_check" CHECK ("qualifications"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
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
	CONSTRAINT "engagements_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "engagements_type_check" CHECK ("engagements"."type" in ('site_visit', 'page_view', 'mail_opened', 'mail_clicked', 'opted_out'))
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
	CONSTRAINT "recomputations_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "recomputations_state_check" CHECK ("recomputations"."state" in ('waiting', 'running', 'done', 'superseded'))
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
	CONSTRAINT "custom_fields_key_key" UNIQUE("dealer_id","target","key"),
	CONSTRAINT "custom_fields_target_check" CHECK ("custom_fields"."target" in ('lead', 'client')),
	CONSTRAINT "custom_fields_type_check" CHECK ("custom_fields"."type" in ('text', 'number', 'boolean', 'date', 'option', 'options', 'url', 'email', 'phone'))
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
CREATE TABLE "import_files" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"piece" "bytea" NOT NULL,
	CONSTRAINT "import_files_dealer_id_import_id_number_pk" PRIMARY KEY("dealer_id","import_id","number")
);
--> statement-breakpoint
CREATE TABLE "import_problems" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"position" smallint NOT NULL,
	"line" integer NOT NULL,
	"severity" text NOT NULL,
	"column" text,
	"code" text NOT NULL,
	"facts" jsonb NOT NULL,
	"value" text,
	CONSTRAINT "import_problems_dealer_id_import_id_number_position_pk" PRIMARY KEY("dealer_id","import_id","number","position"),
	CONSTRAINT "import_problems_severity_check" CHECK ("import_problems"."severity" in ('bad', 'warning')),
	CONSTRAINT "import_problems_code_check" CHECK ("import_problems"."code" in ('row_too_long', 'characters_unreadable', 'not_json_object', 'json_too_deep', 'quote_read_as_text', 'formula_without_value', 'repaired_json', 'cut_line', 'required', 'not_text', 'text_too_long', 'too_many_lines', 'not_one_of', 'not_option', 'not_options', 'not_number', 'not_year', 'too_many_digits', 'not_boolean', 'not_flag', 'not_day', 'day_order_unclear', 'not_time', 'not_url', 'not_email', 'not_phone', 'not_language', 'not_country', 'not_odometer', 'not_amount', 'repaired_phone', 'repaired_email', 'moved_to_email', 'moved_to_phone', 'split_values', 'surplus_values', 'found_in_text', 'contradicted_consent', 'too_many_cells', 'totals_row', 'report_note', 'unreachable', 'lead_quarantined', 'field_required', 'several_clients_match', 'external_id_taken', 'row_not_stored', 'changed_since_import'))
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
	CONSTRAINT "import_results_dealer_id_import_id_number_pk" PRIMARY KEY("dealer_id","import_id","number"),
	CONSTRAINT "import_results_outcome_check" CHECK ("import_results"."outcome" in ('created', 'updated', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"dealer_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"line" integer NOT NULL,
	"cells" text[] NOT NULL,
	"fault" jsonb,
	"repair" jsonb,
	CONSTRAINT "import_rows_dealer_id_import_id_number_pk" PRIMARY KEY("dealer_id","import_id","number"),
	CONSTRAINT "import_rows_fault_check" CHECK ("import_rows"."fault" ->> 'code' in ('row_too_long', 'characters_unreadable', 'not_json_object', 'json_too_deep')),
	CONSTRAINT "import_rows_repair_check" CHECK ("import_rows"."repair" ->> 'code' in ('quote_read_as_text', 'formula_without_value', 'repaired_json', 'cut_line'))
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
	"fault" jsonb,
	"payload_id" uuid,
	"operation_id" uuid,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imports_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "imports_fault_check" CHECK ("imports"."fault" ->> 'code' in ('file_empty', 'file_is_archive', 'file_is_document', 'file_is_list', 'file_without_objects', 'row_too_long', 'json_too_deep', 'file_too_large', 'too_many_rows', 'too_many_columns', 'column_name_too_long', 'columns_unnamed', 'header_unreadable', 'header_row_missing', 'upload_stalled', 'upload_interrupted', 'content_encoding_wrong', 'not_xlsx', 'xls_not_supported', 'workbook_too_large', 'workbook_too_many_parts', 'workbook_too_many_texts', 'workbook_text_too_long', 'workbook_without_sheet', 'workbook_part_missing', 'workbook_part_damaged', 'workbook_part_not_xml', 'workbook_part_has_doctype', 'workbook_part_too_deep', 'unknown_sheet', 'sheet_empty', 'sheet_cell_misplaced', 'import_being_removed', 'internal_error', 'dry_run_failed', 'import_run_failed', 'superseded_by_request')),
	CONSTRAINT "imports_target_check" CHECK ("imports"."target" in ('leads', 'clients')),
	CONSTRAINT "imports_state_check" CHECK ("imports"."state" in ('receiving', 'ready', 'checking', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed')),
	CONSTRAINT "imports_actor_type_check" CHECK ("imports"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
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
	CONSTRAINT "reward_entries_dealer_id_id_pk" PRIMARY KEY("dealer_id","id"),
	CONSTRAINT "reward_entries_kind_check" CHECK ("reward_entries"."kind" in ('recorded', 'eligible', 'approved', 'paid', 'cancelled')),
	CONSTRAINT "reward_entries_actor_type_check" CHECK ("reward_entries"."actor_type" in ('user', 'key', 'operator', 'system', 'public'))
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
	CONSTRAINT "reward_programmes_name_key" UNIQUE("dealer_id","name"),
	CONSTRAINT "reward_programmes_eligible_when_check" CHECK ("reward_programmes"."eligible_when" in ('recorded', 'fulfilled'))
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
	CONSTRAINT "rewards_sale_key" UNIQUE("dealer_id","sale_id"),
	CONSTRAINT "rewards_eligible_when_check" CHECK ("rewards"."eligible_when" in ('recorded', 'fulfilled')),
	CONSTRAINT "rewards_state_check" CHECK ("rewards"."state" in ('pending', 'eligible', 'approved', 'paid', 'cancelled'))
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
	CONSTRAINT "sale_statuses_group_check" CHECK ("sale_statuses"."group" in ('open', 'fulfilled', 'cancelled'))
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
	"vin" text GENERATED ALWAYS AS (upper(vehicle ->> 'vin')) STORED,
	"stock_number" text GENERATED ALWAYS AS (upper(vehicle ->> 'stockNumber')) STORED,
	"user_id" uuid,
	"promoter_id" uuid,
	"referral_link_id" uuid,
	"referral_user_id" uuid,
	"referral_percent" smallint,
	"operation_id" uuid NOT NULL,
	"sold_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sales_dealer_id_id_pk" PRIMARY KEY("dealer_id","id")
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
ALTER TABLE "sources" ADD CONSTRAINT "sources_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_reasons" ADD CONSTRAINT "status_reasons_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_dealer_id_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","queue_id") REFERENCES "queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_members" ADD CONSTRAINT "queue_members_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ended_secrets" ADD CONSTRAINT "ended_secrets_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ended_secrets" ADD CONSTRAINT "ended_secrets_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."operator_keys" ADD CONSTRAINT "operator_keys_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promoters" ADD CONSTRAINT "promoters_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promoters" ADD CONSTRAINT "promoters_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directory"."referral_codes" ADD CONSTRAINT "referral_codes_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_links" ADD CONSTRAINT "referral_links_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_account_id_accounts_dealer_id_id_fk" FOREIGN KEY ("dealer_id","account_id") REFERENCES "accounts"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clients" ADD CONSTRAINT "clients_dealer_id_merged_into_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","merged_into_id") REFERENCES "clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_account_id_accounts_dealer_id_id_fk" FOREIGN KEY ("dealer_id","account_id") REFERENCES "accounts"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opportunities" ADD CONSTRAINT "opportunities_dealer_id_responsible_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","responsible_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_dealer_id_operation_id_operations_dealer_id_id_fk" FOREIGN KEY ("dealer_id","operation_id") REFERENCES "operations"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_status_id_statuses_dealer_id_id_fk" FOREIGN KEY ("dealer_id","status_id") REFERENCES "statuses"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_status_reason_id_status_reasons_dealer_id_id_fk" FOREIGN KEY ("dealer_id","status_reason_id") REFERENCES "status_reasons"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_assignee_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","assignee_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","queue_id") REFERENCES "queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_home_queue_id_queues_dealer_id_id_fk" FOREIGN KEY ("dealer_id","home_queue_id") REFERENCES "queues"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_referral_link_id_referral_links_dealer_id_id_fk" FOREIGN KEY ("dealer_id","referral_link_id") REFERENCES "referral_links"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_dealer_id_duplicate_of_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","duplicate_of_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payloads" ADD CONSTRAINT "payloads_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duplicates" ADD CONSTRAINT "duplicates_dealer_id_assignee_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","assignee_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duplicates" ADD CONSTRAINT "duplicates_dealer_id_decided_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","decided_by") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "clients"("dealer_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_dealer_id_from_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","from_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_dealer_id_to_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","to_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_requests" ADD CONSTRAINT "link_requests_dealer_id_ended_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","ended_by") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_participants" ADD CONSTRAINT "lead_participants_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_participants" ADD CONSTRAINT "lead_participants_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_messages" ADD CONSTRAINT "delivery_messages_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_dealer_id_digest_id_digests_dealer_id_id_fk" FOREIGN KEY ("dealer_id","digest_id") REFERENCES "digests"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auto_responded_persons" ADD CONSTRAINT "auto_responded_persons_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unsubscribe_links" ADD CONSTRAINT "unsubscribe_links_dealer_id_delivery_id_deliveries_dealer_id_id_fk" FOREIGN KEY ("dealer_id","delivery_id") REFERENCES "deliveries"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_created_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","created_by") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_dealer_id_opportunity_id_opportunities_dealer_id_id_fk" FOREIGN KEY ("dealer_id","opportunity_id") REFERENCES "opportunities"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_clocks" ADD CONSTRAINT "lead_clocks_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_sets" ADD CONSTRAINT "rule_sets_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_turns" ADD CONSTRAINT "assignment_turns_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_from_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","from_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_to_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","to_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_dealer_id_ended_by_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","ended_by") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualification_forms" ADD CONSTRAINT "qualification_forms_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "qualifications" ADD CONSTRAINT "qualifications_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recomputations" ADD CONSTRAINT "recomputations_dealer_id_rule_set_id_rule_sets_dealer_id_id_fk" FOREIGN KEY ("dealer_id","rule_set_id") REFERENCES "rule_sets"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_fields" ADD CONSTRAINT "custom_fields_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_mappings" ADD CONSTRAINT "field_mappings_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_problems" ADD CONSTRAINT "import_problems_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_results" ADD CONSTRAINT "import_results_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_dealer_id_import_id_imports_dealer_id_id_fk" FOREIGN KEY ("dealer_id","import_id") REFERENCES "imports"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_entries" ADD CONSTRAINT "reward_entries_dealer_id_reward_id_rewards_dealer_id_id_fk" FOREIGN KEY ("dealer_id","reward_id") REFERENCES "rewards"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reward_programmes" ADD CONSTRAINT "reward_programmes_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_sale_id_sales_dealer_id_id_fk" FOREIGN KEY ("dealer_id","sale_id") REFERENCES "sales"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_dealer_id_programme_id_reward_programmes_dealer_id_id_fk" FOREIGN KEY ("dealer_id","programme_id") REFERENCES "reward_programmes"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sale_statuses" ADD CONSTRAINT "sale_statuses_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_lead_id_leads_dealer_id_id_fk" FOREIGN KEY ("dealer_id","lead_id") REFERENCES "leads"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_client_id_clients_dealer_id_id_fk" FOREIGN KEY ("dealer_id","client_id") REFERENCES "clients"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_opportunity_id_opportunities_dealer_id_id_fk" FOREIGN KEY ("dealer_id","opportunity_id") REFERENCES "opportunities"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_status_id_sale_statuses_dealer_id_id_fk" FOREIGN KEY ("dealer_id","status_id") REFERENCES "sale_statuses"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_referral_user_id_users_dealer_id_id_fk" FOREIGN KEY ("dealer_id","referral_user_id") REFERENCES "users"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_promoter_id_promoters_dealer_id_id_fk" FOREIGN KEY ("dealer_id","promoter_id") REFERENCES "promoters"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sales" ADD CONSTRAINT "sales_dealer_id_referral_link_id_referral_links_dealer_id_id_fk" FOREIGN KEY ("dealer_id","referral_link_id") REFERENCES "referral_links"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incentive_rates" ADD CONSTRAINT "incentive_rates_dealer_id_dealers_id_fk" FOREIGN KEY ("dealer_id") REFERENCES "dealers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_costs" ADD CONSTRAINT "source_costs_dealer_id_source_id_sources_dealer_id_id_fk" FOREIGN KEY ("dealer_id","source_id") REFERENCES "sources"("dealer_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sources_name_key" ON "sources" USING btree ("dealer_id",lower("name"));--> statement-breakpoint
CREATE INDEX "sources_watch" ON "sources" USING btree ("dealer_id","watch_at") WHERE "sources"."active";--> statement-breakpoint
CREATE UNIQUE INDEX "status_reasons_name_key" ON "status_reasons" USING btree ("dealer_id","group",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "statuses_name_key" ON "statuses" USING btree ("dealer_id",lower("name"));--> statement-breakpoint
CREATE INDEX "statuses_group" ON "statuses" USING btree ("dealer_id","group","position");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name_key" ON "teams" USING btree ("dealer_id",lower("name"));--> statement-breakpoint
CREATE INDEX "queue_members_user" ON "queue_members" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "queues_name_key" ON "queues" USING btree ("dealer_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "queues_one_default" ON "queues" USING btree ("dealer_id") WHERE "queues"."is_default";--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("dealer_id","family_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_user" ON "refresh_tokens" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_expires" ON "refresh_tokens" USING btree ("dealer_id","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_calendar_hash_key" ON "users" USING btree ("dealer_id","calendar_hash") WHERE "users"."calendar_hash" is not null;--> statement-breakpoint
CREATE INDEX "users_team" ON "users" USING btree ("dealer_id","team") WHERE "users"."team" is not null;--> statement-breakpoint
CREATE INDEX "ended_secrets_promoter" ON "ended_secrets" USING btree ("dealer_id","promoter_id");--> statement-breakpoint
CREATE UNIQUE INDEX "promoters_portal_hash_key" ON "promoters" USING btree ("dealer_id","portal_hash") WHERE "promoters"."portal_hash" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "promoters_invitation_hash_key" ON "promoters" USING btree ("dealer_id","invitation_hash") WHERE "promoters"."invitation_hash" is not null;--> statement-breakpoint
CREATE INDEX "promoters_user" ON "promoters" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "referral_links_user" ON "referral_links" USING btree ("dealer_id","user_id");--> statement-breakpoint
CREATE INDEX "referral_links_promoter" ON "referral_links" USING btree ("dealer_id","promoter_id");--> statement-breakpoint
CREATE INDEX "accounts_created" ON "accounts" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_responsible" ON "accounts" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "accounts_name" ON "accounts" USING btree ("dealer_id","name_key" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "clients_changed" ON "clients" USING btree ("dealer_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "clients_updated" ON "clients" USING btree ("dealer_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "clients_created" ON "clients" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "clients_responsible" ON "clients" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "clients_source" ON "clients" USING btree ("dealer_id","source_id","created_at","id") WHERE "clients"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "clients_account" ON "clients" USING btree ("dealer_id","account_id","created_at","id") WHERE "clients"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "clients_merged_into" ON "clients" USING btree ("dealer_id","merged_into_id") WHERE "clients"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunities_changed" ON "opportunities" USING btree ("dealer_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "opportunities_updated" ON "opportunities" USING btree ("dealer_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_created" ON "opportunities" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_open" ON "opportunities" USING btree ("dealer_id","created_at","id") WHERE "opportunities"."stage" not in ('won', 'lost');--> statement-breakpoint
CREATE INDEX "opportunities_client" ON "opportunities" USING btree ("dealer_id","client_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_stage" ON "opportunities" USING btree ("dealer_id","stage","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_responsible" ON "opportunities" USING btree ("dealer_id","responsible_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "opportunities_account" ON "opportunities" USING btree ("dealer_id","account_id","created_at","id") WHERE "opportunities"."account_id" is not null;--> statement-breakpoint
CREATE INDEX "opportunities_lead" ON "opportunities" USING btree ("dealer_id","lead_id","id") WHERE "opportunities"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_client" ON "consents" USING btree ("dealer_id","client_id","effective_at","id") WHERE "consents"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_lead" ON "consents" USING btree ("dealer_id","lead_id","effective_at","id") WHERE "consents"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "conversions_lead" ON "conversions" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "conversions_operation" ON "conversions" USING btree ("dealer_id","operation_id");--> statement-breakpoint
CREATE INDEX "leads_changed" ON "leads" USING btree ("dealer_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "leads_updated" ON "leads" USING btree ("dealer_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "leads_score" ON "leads" USING btree ("dealer_id","score","id");--> statement-breakpoint
CREATE INDEX "leads_next_action" ON "leads" USING btree ("dealer_id","next_action_at","id");--> statement-breakpoint
CREATE INDEX "leads_last_touch" ON "leads" USING btree ("dealer_id","last_touch_at","id");--> statement-breakpoint
CREATE INDEX "leads_status_since" ON "leads" USING btree ("dealer_id","status_changed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "leads_external_id_key" ON "leads" USING btree ("dealer_id","source_id","external_id") WHERE "leads"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_status" ON "leads" USING btree ("dealer_id","status_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_status_reason" ON "leads" USING btree ("dealer_id","status_reason_id","received_at","id") WHERE "leads"."status_reason_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_reasoned" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."status_reason_id" is not null or "leads"."status_reason_text" is not null;--> statement-breakpoint
CREATE INDEX "leads_source" ON "leads" USING btree ("dealer_id","source_id","received_at","id");--> statement-breakpoint
CREATE INDEX "leads_followed" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."follower_ids" <> '{}';--> statement-breakpoint
CREATE INDEX "leads_client" ON "leads" USING btree ("dealer_id","client_id","received_at","id") WHERE "leads"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_promoter" ON "leads" USING btree ("dealer_id","promoter_id","received_at","id") WHERE "leads"."promoter_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_quarantined" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."quarantine_reason" is not null;--> statement-breakpoint
CREATE INDEX "leads_prequalifications" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."type" = 'prequalification';--> statement-breakpoint
CREATE INDEX "leads_tests" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."is_test";--> statement-breakpoint
CREATE INDEX "leads_workload" ON "leads" USING btree ("dealer_id","assignee_id","status_id","assigned_at") WHERE "leads"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_temperature" ON "leads" USING btree ("dealer_id","temperature","received_at","id") WHERE "leads"."temperature" is not null;--> statement-breakpoint
CREATE INDEX "leads_clock_due" ON "leads" USING btree ("dealer_id","clock_due_at") WHERE "leads"."clock_due_at" is not null;--> statement-breakpoint
CREATE INDEX "leads_awaited" ON "leads" USING btree ("dealer_id","received_at","id") WHERE "leads"."respond_by" is not null;--> statement-breakpoint
CREATE INDEX "leads_cool" ON "leads" USING btree ("dealer_id","cool_at") WHERE "leads"."cool_at" is not null;--> statement-breakpoint
CREATE INDEX "leads_import" ON "leads" USING btree ("dealer_id","import_id","received_at","id") WHERE "leads"."import_id" is not null;--> statement-breakpoint
CREATE INDEX "leads_duplicate_of" ON "leads" USING btree ("dealer_id","duplicate_of_id") WHERE "leads"."duplicate_of_id" is not null;--> statement-breakpoint
CREATE INDEX "match_keys_record" ON "match_keys" USING btree ("dealer_id","record_id");--> statement-breakpoint
CREATE INDEX "duplicates_second" ON "duplicates" USING btree ("dealer_id","second_id");--> statement-breakpoint
CREATE INDEX "duplicates_best" ON "duplicates" USING btree ("dealer_id","state","score","id");--> statement-breakpoint
CREATE INDEX "duplicates_assignee" ON "duplicates" USING btree ("dealer_id","assignee_id") WHERE "duplicates"."assignee_id" is not null;--> statement-breakpoint
CREATE INDEX "duplicates_operation" ON "duplicates" USING btree ("dealer_id","operation_id") WHERE "duplicates"."operation_id" is not null;--> statement-breakpoint
CREATE INDEX "person_forms_compared" ON "person_forms" USING btree ("dealer_id","compared","record_id") WHERE "person_forms"."record_type" = 'client';--> statement-breakpoint
CREATE UNIQUE INDEX "link_requests_one_open" ON "link_requests" USING btree ("dealer_id","lead_id","client_id") WHERE "link_requests"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "link_requests_lead" ON "link_requests" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "link_requests_client" ON "link_requests" USING btree ("dealer_id","client_id","id");--> statement-breakpoint
CREATE INDEX "link_requests_from" ON "link_requests" USING btree ("dealer_id","from_user_id","id");--> statement-breakpoint
CREATE INDEX "link_requests_to" ON "link_requests" USING btree ("dealer_id","to_user_id","id");--> statement-breakpoint
CREATE INDEX "link_requests_expiring" ON "link_requests" USING btree ("dealer_id","expires_at") WHERE "link_requests"."state" = 'asked';--> statement-breakpoint
CREATE INDEX "lead_participants_user" ON "lead_participants" USING btree ("dealer_id","user_id","received_at","lead_id") WHERE "lead_participants"."reasons" <> '{told}';--> statement-breakpoint
CREATE INDEX "events_lead" ON "events" USING btree ("dealer_id","lead_id","id") WHERE "events"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "events_client" ON "events" USING btree ("dealer_id","client_id","id") WHERE "events"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("dealer_id","type","id");--> statement-breakpoint
CREATE INDEX "events_lead_moves" ON "events" USING btree ("dealer_id","lead_id","id") WHERE "events"."type" in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked', 'operation.undone');--> statement-breakpoint
CREATE INDEX "events_assigned" ON "events" USING btree ("dealer_id","lead_id","id") WHERE "events"."type" = 'lead.assigned';--> statement-breakpoint
CREATE INDEX "operations_lead" ON "operations" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "operations_undone" ON "operations" USING btree ("dealer_id","created_at","lead_id") WHERE "operations"."state" = 'undone';--> statement-breakpoint
CREATE INDEX "operations_undone_at" ON "operations" USING btree ("dealer_id","undone_at") WHERE "operations"."state" = 'undone';--> statement-breakpoint
CREATE INDEX "deliveries_lead" ON "deliveries" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("dealer_id","state","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_promoter" ON "deliveries" USING btree ("dealer_id","about_id","id") WHERE "deliveries"."lead_id" is null;--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("dealer_id","user_id","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("dealer_id","user_id","id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_undigested" ON "notifications" USING btree ("dealer_id","user_id","created_at") WHERE "notifications"."mode" = 'digest' and "notifications"."digest_id" is null and "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_digest" ON "notifications" USING btree ("dealer_id","digest_id","id") WHERE "notifications"."digest_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_lead" ON "notifications" USING btree ("dealer_id","lead_id") WHERE "notifications"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "notifications_about" ON "notifications" USING btree ("dealer_id","about_id") WHERE "notifications"."about_id" is not null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("dealer_id","created_at");--> statement-breakpoint
CREATE INDEX "auto_responded_persons_lead" ON "auto_responded_persons" USING btree ("dealer_id","lead_id");--> statement-breakpoint
CREATE INDEX "activities_changed" ON "activities" USING btree ("dealer_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "activities_updated" ON "activities" USING btree ("dealer_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "activities_due" ON "activities" USING btree ("dealer_id","due_at","id");--> statement-breakpoint
CREATE INDEX "activities_user" ON "activities" USING btree ("dealer_id","user_id","due_at","id");--> statement-breakpoint
CREATE INDEX "activities_next" ON "activities" USING btree ("dealer_id","lead_id","due_at","id") WHERE "activities"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "activities_planned" ON "activities" USING btree ("dealer_id","due_at","id") WHERE "activities"."state" = 'planned';--> statement-breakpoint
CREATE INDEX "activities_watch" ON "activities" USING btree ("dealer_id","watch_at") WHERE "activities"."watch_at" is not null;--> statement-breakpoint
CREATE INDEX "activities_created_by" ON "activities" USING btree ("dealer_id","created_by","id");--> statement-breakpoint
CREATE INDEX "activities_client" ON "activities" USING btree ("dealer_id","client_id","id");--> statement-breakpoint
CREATE INDEX "activities_opportunity" ON "activities" USING btree ("dealer_id","opportunity_id","id") WHERE "activities"."opportunity_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "rule_sets_one_published" ON "rule_sets" USING btree ("dealer_id","kind") WHERE "rule_sets"."state" = 'published';--> statement-breakpoint
CREATE INDEX "rule_sets_created" ON "rule_sets" USING btree ("dealer_id","kind","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_one_open" ON "handovers" USING btree ("dealer_id","lead_id") WHERE "handovers"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "handovers_lead" ON "handovers" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "handovers_from" ON "handovers" USING btree ("dealer_id","from_user_id","id");--> statement-breakpoint
CREATE INDEX "handovers_to_user" ON "handovers" USING btree ("dealer_id","to_user_id","id");--> statement-breakpoint
CREATE INDEX "handovers_to_team" ON "handovers" USING btree ("dealer_id","to_team","id") WHERE "handovers"."to_team" is not null;--> statement-breakpoint
CREATE INDEX "handovers_expiring" ON "handovers" USING btree ("dealer_id","expires_at") WHERE "handovers"."state" = 'offered';--> statement-breakpoint
CREATE INDEX "handovers_ending" ON "handovers" USING btree ("dealer_id","warn_at") WHERE "handovers"."state" = 'offered' and "handovers"."warn_at" is not null;--> statement-breakpoint
CREATE INDEX "engagements_lead" ON "engagements" USING btree ("dealer_id","lead_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "recomputations_rule_set" ON "recomputations" USING btree ("dealer_id","rule_set_id","id");--> statement-breakpoint
CREATE INDEX "import_results_record" ON "import_results" USING btree ("dealer_id","import_id","record_id","number");--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("dealer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "reward_entries_promoter" ON "reward_entries" USING btree ("dealer_id","promoter_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "reward_programmes_one_active" ON "reward_programmes" USING btree ("dealer_id") WHERE "reward_programmes"."active";--> statement-breakpoint
CREATE INDEX "rewards_promoter" ON "rewards" USING btree ("dealer_id","promoter_id","id");--> statement-breakpoint
CREATE INDEX "rewards_state" ON "rewards" USING btree ("dealer_id","state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sale_statuses_name_key" ON "sale_statuses" USING btree ("dealer_id",lower("name"));--> statement-breakpoint
CREATE INDEX "sale_statuses_group" ON "sale_statuses" USING btree ("dealer_id","group","position");--> statement-breakpoint
CREATE INDEX "sales_changed" ON "sales" USING btree ("dealer_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "sales_updated" ON "sales" USING btree ("dealer_id","updated_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sales_one_of_lead" ON "sales" USING btree ("dealer_id","lead_id") WHERE "sales"."undone_at" is null;--> statement-breakpoint
CREATE INDEX "sales_lead" ON "sales" USING btree ("dealer_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "sales_sold" ON "sales" USING btree ("dealer_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_status" ON "sales" USING btree ("dealer_id","status_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_referral_user" ON "sales" USING btree ("dealer_id","referral_user_id","sold_at","id") WHERE "sales"."referral_user_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_user" ON "sales" USING btree ("dealer_id","user_id","sold_at","id");--> statement-breakpoint
CREATE INDEX "sales_client" ON "sales" USING btree ("dealer_id","client_id","sold_at","id") WHERE "sales"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_promoter" ON "sales" USING btree ("dealer_id","promoter_id","sold_at","id") WHERE "sales"."promoter_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_opportunity" ON "sales" USING btree ("dealer_id","opportunity_id") WHERE "sales"."opportunity_id" is not null;--> statement-breakpoint
CREATE INDEX "sales_vin" ON "sales" USING btree ("dealer_id","vin") WHERE "sales"."vin" is not null;--> statement-breakpoint
CREATE INDEX "sales_stock_number" ON "sales" USING btree ("dealer_id","stock_number") WHERE "sales"."stock_number" is not null;
