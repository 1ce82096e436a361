-- Schema directory: USAGE to leadyard_app

-- Schema of the tables: USAGE to PUBLIC, USAGE to leadyard_app, USAGE to leadyard_worker

CREATE TABLE accounts (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  name text NOT NULL,
  name_key text NOT NULL,
  content jsonb NOT NULL,
  responsible_user_id uuid,
  created_from_lead_id uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT accounts_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT accounts_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT accounts_dealer_id_responsible_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, responsible_user_id) REFERENCES users(dealer_id, id)
);
CREATE INDEX accounts_created ON accounts USING btree (dealer_id, created_at, id);
CREATE INDEX accounts_name ON accounts USING btree (dealer_id, name_key text_pattern_ops, id);
CREATE INDEX accounts_responsible ON accounts USING btree (dealer_id, responsible_user_id, created_at, id);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON accounts USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON accounts TO leadyard_app;

CREATE TABLE activities (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  type text NOT NULL,
  state text NOT NULL,
  text text,
  due_at timestamp(3) with time zone,
  done_at timestamp(3) with time zone,
  outcome text,
  feedback text,
  remind_at timestamp(3) with time zone,
  watch_at timestamp(3) with time zone,
  user_id uuid,
  created_by uuid,
  lead_id uuid,
  client_id uuid,
  opportunity_id uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  changed_in bigint DEFAULT 0 NOT NULL,
  CONSTRAINT activities_dealer_id_client_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, client_id) REFERENCES clients(dealer_id, id),
  CONSTRAINT activities_dealer_id_created_by_users_dealer_id_id_fk FOREIGN KEY (dealer_id, created_by) REFERENCES users(dealer_id, id),
  CONSTRAINT activities_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT activities_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT activities_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT activities_dealer_id_opportunity_id_opportunities_dealer_id_id_ FOREIGN KEY (dealer_id, opportunity_id) REFERENCES opportunities(dealer_id, id),
  CONSTRAINT activities_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT activities_outcome_check CHECK (outcome = ANY (ARRAY['reached'::text, 'call_back'::text, 'no_answer'::text, 'busy'::text, 'voicemail'::text, 'wrong_number'::text, 'sent'::text, 'replied'::text, 'bounced'::text, 'interested'::text, 'undecided'::text, 'not_interested'::text, 'rescheduled'::text, 'called_off'::text, 'sold'::text, 'accepted'::text, 'negotiating'::text, 'rejected'::text, 'expired'::text, 'confirmed'::text, 'withdrawn'::text, 'signed'::text])),
  CONSTRAINT activities_state_check CHECK (state = ANY (ARRAY['planned'::text, 'done'::text, 'missed'::text, 'cancelled'::text])),
  CONSTRAINT activities_type_check CHECK (type = ANY (ARRAY['call'::text, 'email'::text, 'meeting'::text, 'appointment'::text, 'test_drive'::text, 'offer'::text, 'reservation'::text, 'contract'::text, 'visit'::text, 'note'::text]))
);
CREATE INDEX activities_changed ON activities USING btree (dealer_id, changed_in, id);
CREATE INDEX activities_client ON activities USING btree (dealer_id, client_id, id);
CREATE INDEX activities_created_by ON activities USING btree (dealer_id, created_by, id);
CREATE INDEX activities_done ON activities USING btree (dealer_id, done_at, id) INCLUDE (lead_id, user_id, state) WHERE done_at IS NOT NULL;
CREATE INDEX activities_due ON activities USING btree (dealer_id, due_at, id);
CREATE INDEX activities_lead ON activities USING btree (dealer_id, lead_id, id) INCLUDE (type, state, outcome, user_id, created_by, done_at);
CREATE INDEX activities_next ON activities USING btree (dealer_id, lead_id, due_at, id) WHERE state = 'planned'::text;
CREATE INDEX activities_opportunity ON activities USING btree (dealer_id, opportunity_id, id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX activities_planned ON activities USING btree (dealer_id, due_at, id) WHERE state = 'planned'::text;
CREATE INDEX activities_updated ON activities USING btree (dealer_id, updated_at, id);
CREATE INDEX activities_user ON activities USING btree (dealer_id, user_id, due_at, id);
CREATE INDEX activities_watch ON activities USING btree (dealer_id, watch_at) WHERE watch_at IS NOT NULL;
CREATE TRIGGER keep_next_actions_of_changed AFTER UPDATE ON activities REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
CREATE TRIGGER keep_next_actions_of_new AFTER INSERT ON activities REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
CREATE TRIGGER keep_next_actions_of_removed AFTER DELETE ON activities REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION keep_next_actions();
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON activities FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON activities USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON activities TO leadyard_app;

CREATE TABLE api_keys (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash text NOT NULL,
  scopes text[] NOT NULL,
  source_id uuid,
  lenient boolean NOT NULL,
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  last_used_at timestamp(3) with time zone,
  created_by text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT api_keys_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT api_keys_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT api_keys_dealer_id_source_id_sources_dealer_id_id_fk FOREIGN KEY (dealer_id, source_id) REFERENCES sources(dealer_id, id),
  CONSTRAINT api_keys_hash_key UNIQUE (dealer_id, key_hash),
  CONSTRAINT api_keys_scopes_check CHECK (scopes <@ ARRAY['leads:capture'::text, 'read'::text, 'write'::text, 'admin'::text])
);
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON api_keys USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE api_keys SET (fillfactor=70);
GRANT INSERT, SELECT, UPDATE ON api_keys TO leadyard_app;

CREATE TABLE assignment_turns (
  dealer_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  last_user_id uuid,
  credits jsonb NOT NULL,
  CONSTRAINT assignment_turns_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT assignment_turns_dealer_id_entry_id_pk PRIMARY KEY (dealer_id, entry_id)
);
ALTER TABLE assignment_turns ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON assignment_turns USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE assignment_turns SET (fillfactor=50, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=500);
GRANT INSERT, SELECT, UPDATE ON assignment_turns TO leadyard_app;

CREATE TABLE auto_responded_persons (
  dealer_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  responded_at timestamp(3) with time zone NOT NULL,
  lead_id uuid NOT NULL,
  CONSTRAINT auto_responded_persons_dealer_id_key_pk PRIMARY KEY (dealer_id, key),
  CONSTRAINT auto_responded_persons_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id)
);
CREATE INDEX auto_responded_persons_lead ON auto_responded_persons USING btree (dealer_id, lead_id);
ALTER TABLE auto_responded_persons ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON auto_responded_persons USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON auto_responded_persons TO leadyard_app;

CREATE TABLE clients (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  display_name text NOT NULL,
  content jsonb NOT NULL,
  source_id uuid,
  responsible_user_id uuid,
  account_id uuid,
  created_from_lead_id uuid,
  merged_into_id uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  changed_in bigint DEFAULT 0 NOT NULL,
  CONSTRAINT clients_dealer_id_account_id_accounts_dealer_id_id_fk FOREIGN KEY (dealer_id, account_id) REFERENCES accounts(dealer_id, id),
  CONSTRAINT clients_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT clients_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT clients_dealer_id_merged_into_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, merged_into_id) REFERENCES clients(dealer_id, id),
  CONSTRAINT clients_dealer_id_responsible_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, responsible_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT clients_dealer_id_source_id_sources_dealer_id_id_fk FOREIGN KEY (dealer_id, source_id) REFERENCES sources(dealer_id, id)
);
CREATE INDEX clients_account ON clients USING btree (dealer_id, account_id, created_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX clients_changed ON clients USING btree (dealer_id, changed_in, id);
CREATE INDEX clients_created ON clients USING btree (dealer_id, created_at, id);
CREATE INDEX clients_merged_into ON clients USING btree (dealer_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX clients_responsible ON clients USING btree (dealer_id, responsible_user_id, created_at, id);
CREATE INDEX clients_source ON clients USING btree (dealer_id, source_id, created_at, id) WHERE source_id IS NOT NULL;
CREATE INDEX clients_updated ON clients USING btree (dealer_id, updated_at, id);
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON clients FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE clients ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clients USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON clients TO leadyard_app;

CREATE TABLE consents (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid,
  lead_id uuid,
  purpose text NOT NULL,
  channel text,
  granted boolean NOT NULL,
  text text,
  text_version text,
  language text,
  page text,
  ip text,
  proof_url text,
  given_at timestamp(3) with time zone,
  origin text NOT NULL,
  operation_id uuid,
  effective_at timestamp(3) with time zone NOT NULL,
  void_from timestamp(3) with time zone,
  actor_type text NOT NULL,
  actor_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT consents_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT consents_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT consents_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT consents_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT consents_origin_check CHECK (origin = ANY (ARRAY['capture'::text, 'direct'::text, 'import'::text, 'conversion'::text, 'link'::text, 'merge'::text, 'narrowed'::text, 'unsubscribe'::text]))
);
CREATE INDEX consents_client ON consents USING btree (dealer_id, client_id, effective_at, id) WHERE client_id IS NOT NULL;
CREATE INDEX consents_lead ON consents USING btree (dealer_id, lead_id, effective_at, id) WHERE lead_id IS NOT NULL;
ALTER TABLE consents ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON consents USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT ON consents TO leadyard_app;
GRANT UPDATE (void_from) ON consents TO leadyard_app;

CREATE TABLE conversions (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  client_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  activity_id uuid,
  account_id uuid,
  opportunity_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  undone_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT conversions_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT conversions_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT conversions_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT conversions_dealer_id_operation_id_operations_dealer_id_id_fk FOREIGN KEY (dealer_id, operation_id) REFERENCES operations(dealer_id, id)
);
CREATE INDEX conversions_lead ON conversions USING btree (dealer_id, lead_id, id);
CREATE INDEX conversions_operation ON conversions USING btree (dealer_id, operation_id);
ALTER TABLE conversions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON conversions USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON conversions TO leadyard_app;

CREATE TABLE custom_fields (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  target text NOT NULL,
  key text NOT NULL,
  label text NOT NULL,
  type text NOT NULL,
  options text[] NOT NULL,
  required boolean NOT NULL,
  searchable boolean NOT NULL,
  "position" smallint NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT custom_fields_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT custom_fields_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT custom_fields_key_key UNIQUE (dealer_id, target, key),
  CONSTRAINT custom_fields_target_check CHECK (target = ANY (ARRAY['lead'::text, 'client'::text])),
  CONSTRAINT custom_fields_type_check CHECK (type = ANY (ARRAY['text'::text, 'number'::text, 'boolean'::text, 'date'::text, 'option'::text, 'options'::text, 'url'::text, 'email'::text, 'phone'::text]))
);
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON custom_fields FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE custom_fields ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON custom_fields USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON custom_fields TO leadyard_app;

CREATE TABLE dealers (
  id uuid NOT NULL,
  name text NOT NULL,
  slug text NOT NULL,
  locale text NOT NULL,
  time_zone text NOT NULL,
  country text NOT NULL,
  currency text NOT NULL,
  email text,
  phone text,
  url text,
  address jsonb,
  settings jsonb NOT NULL,
  working_hours jsonb,
  stamp uuid DEFAULT gen_random_uuid() NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT dealers_locale_check CHECK (locale = ANY (ARRAY['en'::text, 'es'::text, 'pl'::text])),
  CONSTRAINT dealers_pkey PRIMARY KEY (id),
  CONSTRAINT dealers_slug_key UNIQUE (slug)
);
CREATE INDEX dealers_api_origins ON dealers USING gin ((settings -> 'apiOrigins'::text));
CREATE TRIGGER stamp_own BEFORE UPDATE OF email, settings, time_zone, working_hours ON dealers FOR EACH ROW EXECUTE FUNCTION stamp_own();
ALTER TABLE dealers ENABLE ROW LEVEL SECURITY;
CREATE POLICY operator ON dealers USING (current_setting('app.operator'::text, true) = 'on'::text);
CREATE POLICY tenant ON dealers USING (id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON dealers TO leadyard_app;

CREATE TABLE decisions (
  dealer_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  id uuid NOT NULL,
  step text NOT NULL,
  outcome text NOT NULL,
  code text NOT NULL,
  facts jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT decisions_code_check CHECK (code = ANY (ARRAY['reachable'::text, 'only_unsure_phone'::text, 'unreachable'::text, 'unreadable_document'::text, 'cut_document'::text, 'contact_known'::text, 'contact_known_name_differs'::text, 'contact_shared_by_many'::text, 'contact_similar'::text, 'contact_unknown'::text, 'same_request'::text, 'external_id_reused'::text, 'points_given'::text, 'no_points'::text, 'named_by_sender'::text, 'kept_at_release'::text, 'referral_link_user'::text, 'referral_fallback'::text, 'known_person'::text, 'entered_by_user'::text, 'rule_fits'::text, 'rule_without_user'::text, 'rule_of_empty_team'::text, 'no_rule_fits'::text, 'no_rule_reassigns'::text, 'quarantined'::text, 'test_without_address'::text, 'repeat_not_announced'::text, 'no_recipient'::text, 'assignee_entered_it'::text, 'dealer_settings'::text, 'imported'::text, 'test_lead'::text, 'address_suppressed'::text, 'auto_response_refused'::text, 'consent_refused'::text, 'consent_missing'::text, 'no_usable_email'::text, 'own_address'::text, 'automatic_address'::text, 'automatic_header'::text, 'automatic_text'::text, 'no_entry_fits'::text, 'entry_without_template'::text, 'auto_responded_recently'::text, 'repeats_recent_lead'::text, 'entry_fits'::text, 'entry_fits_after_quiet_hours'::text])),
  CONSTRAINT decisions_dealer_id_lead_id_id_pk PRIMARY KEY (dealer_id, lead_id, id),
  CONSTRAINT decisions_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT decisions_outcome_check CHECK (outcome = ANY (ARRAY['reachable'::text, 'unreachable'::text, 'sure'::text, 'possible'::text, 'none'::text, 'held'::text, 'duplicate'::text, 'assigned'::text, 'queued'::text, 'offered'::text, 'stayed'::text, 'scored'::text, 'enqueued'::text])),
  CONSTRAINT decisions_step_check CHECK (step = ANY (ARRAY['validated'::text, 'matched'::text, 'quarantined'::text, 'repeated'::text, 'routed'::text, 'scored'::text, 'announced'::text, 'auto_responded'::text]))
);
ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON decisions USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE decisions SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0);
GRANT INSERT, SELECT ON decisions TO leadyard_app;

CREATE TABLE deliveries (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  lead_id uuid,
  purpose text NOT NULL,
  about_id uuid,
  channel text NOT NULL,
  target jsonb NOT NULL,
  user_id uuid,
  state text NOT NULL,
  message_id text NOT NULL,
  attempts smallint NOT NULL,
  failures smallint DEFAULT 0 NOT NULL,
  next_attempt_at timestamp(3) with time zone,
  due_at timestamp(3) with time zone NOT NULL,
  reason jsonb,
  sent_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT deliveries_channel_check CHECK (channel = ANY (ARRAY['mail'::text, 'adf_mail'::text])),
  CONSTRAINT deliveries_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT deliveries_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT deliveries_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT deliveries_purpose_check CHECK (purpose = ANY (ARRAY['assignee_mail'::text, 'responsible_mail'::text, 'offer_mail'::text, 'offer_response_mail'::text, 'link_request_mail'::text, 'link_response_mail'::text, 'feedback_mail'::text, 'queue_mail'::text, 'taken_back_mail'::text, 'offer_ending_mail'::text, 'reminder_mail'::text, 'overdue_mail'::text, 'planned_mail'::text, 'moved_mail'::text, 'cancelled_mail'::text, 'moved_lead_mail'::text, 'new_client_mail'::text, 'moved_client_mail'::text, 'sale_mail'::text, 'response_warning_mail'::text, 'response_overdue_mail'::text, 'quiet_source_mail'::text, 'open_leads_mail'::text, 'pending_promoter_mail'::text, 'promoter_response_mail'::text, 'failed_mail'::text, 'promoter_mail'::text, 'dealer_mail'::text, 'digest_mail'::text, 'test_mail'::text, 'auto_response'::text, 'promoter_invitation'::text, 'promoter_welcome'::text, 'promoter_refusal'::text, 'dealer_adf'::text])),
  CONSTRAINT deliveries_reason_check CHECK ((reason ->> 'code'::text) = ANY (ARRAY['accepted'::text, 'written_to_outbox'::text, 'receiver_response'::text, 'transport_failed'::text, 'attempt_timed_out'::text, 'transport_closed'::text, 'sender_address_invalid'::text, 'recipient_address_invalid'::text, 'template_too_slow'::text, 'template_too_large'::text, 'template_broken'::text, 'composition_failed'::text, 'worker_interrupted'::text, 'lead_erased'::text, 'lead_deleted'::text, 'quarantined'::text, 'lead_not_linked'::text, 'lead_reassigned'::text, 'test_lead'::text, 'address_suppressed'::text, 'auto_response_refused'::text, 'consent_refused'::text, 'consent_missing'::text, 'template_deleted'::text, 'user_inactive'::text, 'user_muted_mails'::text, 'in_daily_digest'::text, 'lead_assigned'::text, 'lead_left_queue'::text, 'lead_responded'::text, 'notification_removed'::text, 'digest_empty'::text, 'activity_ended'::text, 'activity_reassigned'::text, 'offer_removed'::text, 'offer_ended'::text, 'link_request_removed'::text, 'link_request_ended'::text, 'activity_removed'::text, 'promoter_removed'::text, 'promoter_inactive'::text, 'promoter_not_pending'::text, 'promoter_not_refused'::text, 'promoter_not_invited'::text, 'promoter_address_changed'::text, 'invitation_expired'::text, 'newer_message_sent'::text])),
  CONSTRAINT deliveries_state_check CHECK (state = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text, 'cancelled'::text]))
);
CREATE INDEX deliveries_due ON deliveries USING btree (due_at) WHERE state = 'pending'::text;
CREATE INDEX deliveries_lead ON deliveries USING btree (dealer_id, lead_id, id);
CREATE INDEX deliveries_promoter ON deliveries USING btree (dealer_id, about_id, id) WHERE lead_id IS NULL;
CREATE INDEX deliveries_state ON deliveries USING btree (dealer_id, state, id);
ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON deliveries USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_analyze_scale_factor=0.02);
GRANT INSERT, SELECT, UPDATE ON deliveries TO leadyard_app;

CREATE TABLE delivery_attempts (
  dealer_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  number smallint NOT NULL,
  outcome text NOT NULL,
  code text NOT NULL,
  facts jsonb NOT NULL,
  duration_ms integer NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT delivery_attempts_code_check CHECK (code = ANY (ARRAY['accepted'::text, 'written_to_outbox'::text, 'receiver_response'::text, 'transport_failed'::text, 'attempt_timed_out'::text, 'transport_closed'::text, 'sender_address_invalid'::text, 'recipient_address_invalid'::text, 'template_too_slow'::text, 'template_too_large'::text, 'template_broken'::text, 'composition_failed'::text, 'worker_interrupted'::text])),
  CONSTRAINT delivery_attempts_dealer_id_delivery_id_deliveries_dealer_id_id FOREIGN KEY (dealer_id, delivery_id) REFERENCES deliveries(dealer_id, id),
  CONSTRAINT delivery_attempts_dealer_id_delivery_id_number_pk PRIMARY KEY (dealer_id, delivery_id, number),
  CONSTRAINT delivery_attempts_outcome_check CHECK (outcome = ANY (ARRAY['sent'::text, 'retry'::text, 'refused'::text]))
);
ALTER TABLE delivery_attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON delivery_attempts USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE delivery_attempts SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_vacuum_scale_factor=0.02);
GRANT INSERT, SELECT ON delivery_attempts TO leadyard_app;

CREATE TABLE delivery_messages (
  dealer_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  raw text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT delivery_messages_dealer_id_delivery_id_deliveries_dealer_id_id FOREIGN KEY (dealer_id, delivery_id) REFERENCES deliveries(dealer_id, id),
  CONSTRAINT delivery_messages_dealer_id_delivery_id_pk PRIMARY KEY (dealer_id, delivery_id)
);
ALTER TABLE delivery_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON delivery_messages USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE delivery_messages SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_vacuum_scale_factor=0.02);
GRANT INSERT, SELECT, UPDATE ON delivery_messages TO leadyard_app;

CREATE TABLE digests (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  day date NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT digests_day_key UNIQUE (dealer_id, user_id, day),
  CONSTRAINT digests_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT digests_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id)
);
ALTER TABLE digests ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON digests USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON digests TO leadyard_app;

CREATE TABLE directory.counted (
  key text NOT NULL,
  taken integer NOT NULL,
  granted integer NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT counted_pkey PRIMARY KEY (key)
);
ALTER TABLE directory.counted ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory.counted SET (fillfactor=50, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);

CREATE TABLE directory.operator_keys (
  key text NOT NULL,
  dealer_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT operator_keys_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT operator_keys_pkey PRIMARY KEY (key)
);
ALTER TABLE directory.operator_keys ENABLE ROW LEVEL SECURITY;

CREATE TABLE directory.referral_codes (
  code text NOT NULL,
  dealer_id uuid NOT NULL,
  CONSTRAINT referral_codes_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT referral_codes_pkey PRIMARY KEY (code)
);
ALTER TABLE directory.referral_codes ENABLE ROW LEVEL SECURITY;

CREATE TABLE duplicates (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  state text NOT NULL,
  score integer NOT NULL,
  reasons jsonb NOT NULL,
  assignee_id uuid,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  operation_id uuid,
  state_before text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT duplicates_dealer_id_assignee_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, assignee_id) REFERENCES users(dealer_id, id),
  CONSTRAINT duplicates_dealer_id_decided_by_users_dealer_id_id_fk FOREIGN KEY (dealer_id, decided_by) REFERENCES users(dealer_id, id),
  CONSTRAINT duplicates_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT duplicates_pair UNIQUE (dealer_id, first_id, second_id),
  CONSTRAINT duplicates_state_before_check CHECK (state_before = ANY (ARRAY['open'::text, 'different'::text, 'merged'::text])),
  CONSTRAINT duplicates_state_check CHECK (state = ANY (ARRAY['open'::text, 'different'::text, 'merged'::text]))
);
CREATE INDEX duplicates_assignee ON duplicates USING btree (dealer_id, assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX duplicates_best ON duplicates USING btree (dealer_id, state, score, id);
CREATE INDEX duplicates_operation ON duplicates USING btree (dealer_id, operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX duplicates_second ON duplicates USING btree (dealer_id, second_id);
ALTER TABLE duplicates ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duplicates USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON duplicates TO leadyard_app;

CREATE TABLE ended_secrets (
  dealer_id uuid NOT NULL,
  hash text NOT NULL,
  promoter_id uuid NOT NULL,
  opens_page boolean DEFAULT false NOT NULL,
  CONSTRAINT ended_secrets_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT ended_secrets_dealer_id_hash_pk PRIMARY KEY (dealer_id, hash),
  CONSTRAINT ended_secrets_dealer_id_promoter_id_promoters_dealer_id_id_fk FOREIGN KEY (dealer_id, promoter_id) REFERENCES promoters(dealer_id, id)
);
CREATE INDEX ended_secrets_promoter ON ended_secrets USING btree (dealer_id, promoter_id);
ALTER TABLE ended_secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ended_secrets USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON ended_secrets TO leadyard_app;

CREATE TABLE engagements (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  type text NOT NULL,
  weight real NOT NULL,
  page text,
  occurred_at timestamp(3) with time zone NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT engagements_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT engagements_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT engagements_type_check CHECK (type = ANY (ARRAY['site_visit'::text, 'page_view'::text, 'mail_opened'::text, 'mail_clicked'::text, 'opted_out'::text]))
);
CREATE INDEX engagements_lead ON engagements USING btree (dealer_id, lead_id, occurred_at, id);
ALTER TABLE engagements ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON engagements USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT ON engagements TO leadyard_app;

CREATE TABLE events (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  lead_id uuid,
  client_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  data jsonb NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  left_group text GENERATED ALWAYS AS (
CASE
    WHEN type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text]) THEN data ->> 'fromGroup'::text
    ELSE NULL::text
END) STORED,
  left_status_id uuid GENERATED ALWAYS AS (
CASE
    WHEN type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text]) THEN (data ->> 'fromStatusId'::text)::uuid
    ELSE NULL::uuid
END) STORED,
  stood_seconds bigint GENERATED ALWAYS AS (
CASE
    WHEN type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text]) THEN (data ->> 'stoodSeconds'::text)::bigint
    ELSE NULL::bigint
END) STORED,
  worked_by uuid GENERATED ALWAYS AS (
CASE
    WHEN (type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text])) AND actor_type = 'user'::text AND (data ->> 'code'::text) IS NULL THEN actor_id
    ELSE NULL::uuid
END) STORED,
  CONSTRAINT events_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT events_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT events_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT events_subject_type_check CHECK (subject_type = ANY (ARRAY['account'::text, 'activity'::text, 'api_key'::text, 'client'::text, 'consent'::text, 'custom_field'::text, 'dealer'::text, 'delivery'::text, 'export'::text, 'handover'::text, 'import'::text, 'lead'::text, 'link_request'::text, 'operation'::text, 'opportunity'::text, 'promoter'::text, 'queue'::text, 'referral_link'::text, 'reward'::text, 'reward_programme'::text, 'rule_set'::text, 'sale'::text, 'sale_status'::text, 'source'::text, 'status'::text, 'status_reason'::text, 'suppression'::text, 'template'::text, 'user'::text])),
  CONSTRAINT events_type_check CHECK (type = ANY (ARRAY['lead.created'::text, 'lead.updated'::text, 'lead.resent'::text, 'lead.status_changed'::text, 'lead.assigned'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text, 'lead.moved'::text, 'lead.released'::text, 'lead.engaged'::text, 'lead.qualified'::text, 'lead.temperature_changed'::text, 'lead.response_warning'::text, 'lead.response_overdue'::text, 'lead.removed'::text, 'handover.offered'::text, 'handover.accepted'::text, 'handover.declined'::text, 'handover.expired'::text, 'handover.withdrawn'::text, 'link_request.asked'::text, 'link_request.accepted'::text, 'link_request.declined'::text, 'link_request.expired'::text, 'link_request.withdrawn'::text, 'client.created'::text, 'client.updated'::text, 'client.removed'::text, 'client.merged'::text, 'account.created'::text, 'account.updated'::text, 'account.removed'::text, 'opportunity.created'::text, 'opportunity.updated'::text, 'opportunity.removed'::text, 'consent.recorded'::text, 'sale.recorded'::text, 'sale.updated'::text, 'sale.undone'::text, 'reward.updated'::text, 'activity.created'::text, 'activity.updated'::text, 'activity.removed'::text, 'activity.reminder'::text, 'activity.overdue'::text, 'activity.feedback'::text, 'delivery.sent'::text, 'delivery.failed'::text, 'delivery.cancelled'::text, 'delivery.retried'::text, 'operation.undone'::text, 'import.created'::text, 'import.updated'::text, 'import.started'::text, 'import.finished'::text, 'import.cancelled'::text, 'import.failed'::text, 'import.undone'::text, 'import.deleted'::text, 'data.exported'::text, 'promoter.created'::text, 'promoter.updated'::text, 'promoter.invited'::text, 'promoter.joined'::text, 'referral_link.created'::text, 'referral_link.updated'::text, 'user.created'::text, 'user.updated'::text, 'api_key.created'::text, 'api_key.updated'::text, 'api_key.rotated'::text, 'api_key.revoked'::text, 'source.created'::text, 'source.updated'::text, 'status.created'::text, 'status.updated'::text, 'status.deleted'::text, 'status_reason.created'::text, 'status_reason.updated'::text, 'sale_status.created'::text, 'sale_status.updated'::text, 'sale_status.deleted'::text, 'reward_programme.created'::text, 'reward_programme.updated'::text, 'custom_field.created'::text, 'custom_field.updated'::text, 'custom_field.deleted'::text, 'field_mapping.updated'::text, 'template.created'::text, 'template.updated'::text, 'template.deleted'::text, 'source_cost.updated'::text, 'source_cost.deleted'::text, 'incentive_rates.updated'::text, 'suppression.added'::text, 'suppression.removed'::text, 'rule_set.created'::text, 'rule_set.updated'::text, 'rule_set.published'::text, 'rule_set.deleted'::text, 'qualification_form.updated'::text, 'team.updated'::text, 'queue.created'::text, 'queue.updated'::text, 'queue.member_added'::text, 'queue.member_removed'::text, 'dealer.created'::text, 'dealer.updated'::text]))
);
CREATE INDEX events_assigned ON events USING btree (dealer_id, lead_id, id) WHERE type = 'lead.assigned'::text;
CREATE INDEX events_client ON events USING btree (dealer_id, client_id, id) WHERE client_id IS NOT NULL;
CREATE INDEX events_lead ON events USING btree (dealer_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX events_lead_moves ON events USING btree (dealer_id, lead_id, id) WHERE type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text, 'operation.undone'::text]);
CREATE INDEX events_qualified ON events USING btree (dealer_id, lead_id) INCLUDE (created_at, worked_by) WHERE (type = ANY (ARRAY['lead.status_changed'::text, 'lead.linked'::text, 'lead.converted'::text, 'lead.unlinked'::text, 'operation.undone'::text])) AND (data ->> 'toGroup'::text) = 'qualified'::text;
CREATE INDEX events_stays ON events USING btree (dealer_id, lead_id) INCLUDE (left_group, left_status_id, stood_seconds, created_at, worked_by) WHERE left_group IS NOT NULL OR worked_by IS NOT NULL;
CREATE INDEX events_type ON events USING btree (dealer_id, type, id);
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON events USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE events SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_analyze_scale_factor=0.02);
GRANT INSERT, SELECT ON events TO leadyard_app;

CREATE TABLE field_mappings (
  dealer_id uuid NOT NULL,
  content jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT field_mappings_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT field_mappings_dealer_id_pk PRIMARY KEY (dealer_id)
);
ALTER TABLE field_mappings ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON field_mappings USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON field_mappings TO leadyard_app;

CREATE TABLE handovers (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  state text NOT NULL,
  from_user_id uuid,
  to_user_id uuid,
  to_team text,
  message text,
  reason text,
  expires_at timestamp(3) with time zone,
  warn_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  ended_by uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT handovers_dealer_id_ended_by_users_dealer_id_id_fk FOREIGN KEY (dealer_id, ended_by) REFERENCES users(dealer_id, id),
  CONSTRAINT handovers_dealer_id_from_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, from_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT handovers_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT handovers_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT handovers_dealer_id_to_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, to_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT handovers_state_check CHECK (state = ANY (ARRAY['offered'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text])),
  CONSTRAINT handovers_to_team_check CHECK (to_team = ANY (ARRAY['call_center'::text, 'online_sales'::text, 'store_sales'::text]))
);
CREATE INDEX handovers_ending ON handovers USING btree (dealer_id, warn_at) WHERE state = 'offered'::text AND warn_at IS NOT NULL;
CREATE INDEX handovers_expiring ON handovers USING btree (dealer_id, expires_at) WHERE state = 'offered'::text;
CREATE INDEX handovers_from ON handovers USING btree (dealer_id, from_user_id, id);
CREATE INDEX handovers_lead ON handovers USING btree (dealer_id, lead_id, id);
CREATE UNIQUE INDEX handovers_one_open ON handovers USING btree (dealer_id, lead_id) WHERE state = 'offered'::text;
CREATE INDEX handovers_to_team ON handovers USING btree (dealer_id, to_team, id) WHERE to_team IS NOT NULL;
CREATE INDEX handovers_to_user ON handovers USING btree (dealer_id, to_user_id, id);
ALTER TABLE handovers ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON handovers USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON handovers TO leadyard_app;

CREATE TABLE idempotency_keys (
  dealer_id uuid NOT NULL,
  principal_id uuid NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  request_hash text NOT NULL,
  response jsonb,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT idempotency_keys_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT idempotency_keys_dealer_id_principal_id_key_pk PRIMARY KEY (dealer_id, principal_id, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys USING btree (dealer_id, created_at);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_keys USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE idempotency_keys SET (autovacuum_vacuum_scale_factor=0.05);
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency_keys TO leadyard_app;

CREATE TABLE import_files (
  dealer_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number integer NOT NULL,
  piece bytea NOT NULL,
  CONSTRAINT import_files_dealer_id_import_id_imports_dealer_id_id_fk FOREIGN KEY (dealer_id, import_id) REFERENCES imports(dealer_id, id),
  CONSTRAINT import_files_dealer_id_import_id_number_pk PRIMARY KEY (dealer_id, import_id, number)
);
ALTER TABLE import_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_files USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT ON import_files TO leadyard_app;

CREATE TABLE import_problems (
  dealer_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number integer NOT NULL,
  "position" smallint NOT NULL,
  line integer NOT NULL,
  severity text NOT NULL,
  "column" text,
  code text NOT NULL,
  facts jsonb NOT NULL,
  value text,
  CONSTRAINT import_problems_code_check CHECK (code = ANY (ARRAY['row_too_long'::text, 'characters_unreadable'::text, 'not_json_object'::text, 'json_too_deep'::text, 'quote_read_as_text'::text, 'formula_without_value'::text, 'repaired_json'::text, 'cut_line'::text, 'required'::text, 'not_text'::text, 'text_too_long'::text, 'too_many_lines'::text, 'not_one_of'::text, 'not_option'::text, 'not_options'::text, 'not_number'::text, 'not_year'::text, 'too_many_digits'::text, 'not_boolean'::text, 'not_flag'::text, 'not_day'::text, 'day_order_unclear'::text, 'not_time'::text, 'not_url'::text, 'not_email'::text, 'not_phone'::text, 'not_language'::text, 'not_country'::text, 'not_odometer'::text, 'not_amount'::text, 'repaired_phone'::text, 'repaired_email'::text, 'moved_to_email'::text, 'moved_to_phone'::text, 'split_values'::text, 'surplus_values'::text, 'found_in_text'::text, 'contradicted_consent'::text, 'too_many_cells'::text, 'totals_row'::text, 'report_note'::text, 'unreachable'::text, 'lead_quarantined'::text, 'field_required'::text, 'several_clients_match'::text, 'external_id_taken'::text, 'row_not_stored'::text, 'changed_since_import'::text])),
  CONSTRAINT import_problems_dealer_id_import_id_imports_dealer_id_id_fk FOREIGN KEY (dealer_id, import_id) REFERENCES imports(dealer_id, id),
  CONSTRAINT import_problems_dealer_id_import_id_number_position_pk PRIMARY KEY (dealer_id, import_id, number, "position"),
  CONSTRAINT import_problems_severity_check CHECK (severity = ANY (ARRAY['bad'::text, 'warning'::text]))
);
ALTER TABLE import_problems ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_problems USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT ON import_problems TO leadyard_app;

CREATE TABLE import_results (
  dealer_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number integer NOT NULL,
  outcome text NOT NULL,
  record_id uuid NOT NULL,
  record_version integer NOT NULL,
  before jsonb,
  CONSTRAINT import_results_dealer_id_import_id_imports_dealer_id_id_fk FOREIGN KEY (dealer_id, import_id) REFERENCES imports(dealer_id, id),
  CONSTRAINT import_results_dealer_id_import_id_number_pk PRIMARY KEY (dealer_id, import_id, number),
  CONSTRAINT import_results_outcome_check CHECK (outcome = ANY (ARRAY['created'::text, 'updated'::text, 'skipped'::text]))
);
CREATE INDEX import_results_record ON import_results USING btree (dealer_id, import_id, record_id, number);
ALTER TABLE import_results ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_results USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT ON import_results TO leadyard_app;

CREATE TABLE import_rows (
  dealer_id uuid NOT NULL,
  import_id uuid NOT NULL,
  number integer NOT NULL,
  line integer NOT NULL,
  cells text[] NOT NULL,
  fault jsonb,
  repair jsonb,
  CONSTRAINT import_rows_dealer_id_import_id_imports_dealer_id_id_fk FOREIGN KEY (dealer_id, import_id) REFERENCES imports(dealer_id, id),
  CONSTRAINT import_rows_dealer_id_import_id_number_pk PRIMARY KEY (dealer_id, import_id, number),
  CONSTRAINT import_rows_fault_check CHECK ((fault ->> 'code'::text) = ANY (ARRAY['row_too_long'::text, 'characters_unreadable'::text, 'not_json_object'::text, 'json_too_deep'::text])),
  CONSTRAINT import_rows_repair_check CHECK ((repair ->> 'code'::text) = ANY (ARRAY['quote_read_as_text'::text, 'formula_without_value'::text, 'repaired_json'::text, 'cut_line'::text]))
);
ALTER TABLE import_rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_rows USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT ON import_rows TO leadyard_app;

CREATE TABLE imports (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  target text NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  reading jsonb NOT NULL,
  bytes bigint NOT NULL,
  rows integer NOT NULL,
  columns jsonb NOT NULL,
  settings jsonb NOT NULL,
  processed integer NOT NULL,
  counts jsonb NOT NULL,
  "check" jsonb,
  pass_started_at timestamp(3) with time zone,
  pass_started_row integer DEFAULT 0 NOT NULL,
  fault jsonb,
  payload_id uuid,
  operation_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  started_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT imports_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT imports_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT imports_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT imports_fault_check CHECK ((fault ->> 'code'::text) = ANY (ARRAY['file_empty'::text, 'file_is_archive'::text, 'file_is_document'::text, 'file_is_list'::text, 'file_without_objects'::text, 'row_too_long'::text, 'json_too_deep'::text, 'file_too_large'::text, 'too_many_rows'::text, 'too_many_columns'::text, 'column_name_too_long'::text, 'columns_unnamed'::text, 'header_unreadable'::text, 'header_row_missing'::text, 'upload_stalled'::text, 'upload_interrupted'::text, 'content_encoding_wrong'::text, 'not_xlsx'::text, 'xls_not_supported'::text, 'workbook_too_large'::text, 'workbook_too_many_parts'::text, 'workbook_too_many_texts'::text, 'workbook_text_too_long'::text, 'workbook_without_sheet'::text, 'workbook_part_missing'::text, 'workbook_part_damaged'::text, 'workbook_part_not_xml'::text, 'workbook_part_has_doctype'::text, 'workbook_part_too_deep'::text, 'unknown_sheet'::text, 'sheet_empty'::text, 'sheet_cell_misplaced'::text, 'import_being_removed'::text, 'internal_error'::text, 'dry_run_failed'::text, 'import_run_failed'::text, 'superseded_by_request'::text])),
  CONSTRAINT imports_state_check CHECK (state = ANY (ARRAY['receiving'::text, 'ready'::text, 'checking'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'undoing'::text, 'undone'::text, 'failed'::text])),
  CONSTRAINT imports_target_check CHECK (target = ANY (ARRAY['leads'::text, 'clients'::text]))
);
CREATE INDEX imports_created ON imports USING btree (dealer_id, created_at, id);
ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON imports USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON imports TO leadyard_app;

CREATE TABLE incentive_rates (
  dealer_id uuid NOT NULL,
  content jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT incentive_rates_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT incentive_rates_dealer_id_pk PRIMARY KEY (dealer_id)
);
ALTER TABLE incentive_rates ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON incentive_rates USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON incentive_rates TO leadyard_app;

CREATE TABLE lead_clocks (
  dealer_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  attempted_at timestamp(3) with time zone,
  attempted_working_seconds integer,
  attempted_by uuid,
  reached_at timestamp(3) with time zone,
  reached_working_seconds integer,
  reached_by uuid,
  met_at timestamp(3) with time zone,
  met_working_seconds integer,
  met_by uuid,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT lead_clocks_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT lead_clocks_dealer_id_lead_id_pk PRIMARY KEY (dealer_id, lead_id)
);
ALTER TABLE lead_clocks ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lead_clocks USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE lead_clocks SET (fillfactor=85, autovacuum_vacuum_scale_factor=0.02);
GRANT DELETE, INSERT, SELECT, UPDATE ON lead_clocks TO leadyard_app;

CREATE TABLE lead_counts (
  dealer_id uuid NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  status_id uuid NOT NULL,
  source_id uuid NOT NULL,
  assignee_id uuid,
  queue_id uuid,
  temperature text,
  type text NOT NULL,
  is_test boolean NOT NULL,
  is_quarantined boolean NOT NULL,
  leads bigint NOT NULL,
  is_folded boolean DEFAULT false NOT NULL,
  CONSTRAINT lead_counts_dealer_id_id_pk PRIMARY KEY (dealer_id, id)
);
ALTER TABLE lead_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lead_counts USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE lead_counts SET (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000, autovacuum_vacuum_cost_delay=0);
GRANT DELETE, INSERT, SELECT, UPDATE ON lead_counts TO leadyard_app;

CREATE TABLE lead_participants (
  dealer_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  user_id uuid NOT NULL,
  reasons text[] NOT NULL,
  received_at timestamp(3) with time zone NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT lead_participants_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT lead_participants_dealer_id_lead_id_user_id_pk PRIMARY KEY (dealer_id, lead_id, user_id),
  CONSTRAINT lead_participants_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT lead_participants_reasons_check CHECK (reasons <@ ARRAY['author'::text, 'told'::text, 'handed_over'::text, 'referral'::text, 'promoter'::text, 'qualified'::text])
);
CREATE INDEX lead_participants_user ON lead_participants USING btree (dealer_id, user_id, received_at, lead_id) WHERE reasons <> '{told}'::text[];
ALTER TABLE lead_participants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON lead_participants USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON lead_participants TO leadyard_app;

CREATE TABLE leads (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  type text NOT NULL,
  source_id uuid NOT NULL,
  external_id text,
  status_id uuid NOT NULL,
  status_changed_at timestamp(3) with time zone NOT NULL,
  status_reason_id uuid,
  status_reason_text text,
  assignee_id uuid,
  assigned_at timestamp(3) with time zone,
  first_assigned_at timestamp(3) with time zone,
  queue_id uuid,
  home_queue_id uuid,
  follower_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
  promoter_id uuid,
  referral_link_id uuid,
  client_id uuid,
  duplicate_of_id uuid,
  quarantine_reason text,
  is_test boolean NOT NULL,
  display_name text,
  vehicle_key text,
  content jsonb NOT NULL,
  is_reachable boolean GENERATED ALWAYS AS (content @? '$."contact"."emails"[*]?(@."valid" == true)'::jsonpath OR content @? '$."contact"."phones"[*]?(@."valid" == true || @."number" like_regex "^([^0-9]*[0-9]){6}")'::jsonpath) STORED NOT NULL,
  payload_id uuid NOT NULL,
  import_id uuid,
  import_row integer,
  temperature text,
  temperature_by text,
  score integer,
  temperature_until timestamp(3) with time zone,
  cool_at timestamp(3) with time zone,
  score_version integer DEFAULT 0 NOT NULL,
  respond_by timestamp(3) with time zone,
  clock_due_at timestamp(3) with time zone,
  escalations smallint DEFAULT 0 NOT NULL,
  created_by uuid,
  version integer DEFAULT 1 NOT NULL,
  received_at timestamp(3) with time zone NOT NULL,
  next_action_at timestamp(3) with time zone,
  last_touch_at timestamp(3) with time zone,
  updated_at timestamp(3) with time zone NOT NULL,
  changed_in bigint DEFAULT 0 NOT NULL,
  CONSTRAINT leads_dealer_id_assignee_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, assignee_id) REFERENCES users(dealer_id, id),
  CONSTRAINT leads_dealer_id_client_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, client_id) REFERENCES clients(dealer_id, id),
  CONSTRAINT leads_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT leads_dealer_id_duplicate_of_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, duplicate_of_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT leads_dealer_id_home_queue_id_queues_dealer_id_id_fk FOREIGN KEY (dealer_id, home_queue_id) REFERENCES queues(dealer_id, id),
  CONSTRAINT leads_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT leads_dealer_id_promoter_id_promoters_dealer_id_id_fk FOREIGN KEY (dealer_id, promoter_id) REFERENCES promoters(dealer_id, id),
  CONSTRAINT leads_dealer_id_queue_id_queues_dealer_id_id_fk FOREIGN KEY (dealer_id, queue_id) REFERENCES queues(dealer_id, id),
  CONSTRAINT leads_dealer_id_referral_link_id_referral_links_dealer_id_id_fk FOREIGN KEY (dealer_id, referral_link_id) REFERENCES referral_links(dealer_id, id),
  CONSTRAINT leads_dealer_id_source_id_sources_dealer_id_id_fk FOREIGN KEY (dealer_id, source_id) REFERENCES sources(dealer_id, id),
  CONSTRAINT leads_dealer_id_status_id_statuses_dealer_id_id_fk FOREIGN KEY (dealer_id, status_id) REFERENCES statuses(dealer_id, id),
  CONSTRAINT leads_dealer_id_status_reason_id_status_reasons_dealer_id_id_fk FOREIGN KEY (dealer_id, status_reason_id) REFERENCES status_reasons(dealer_id, id),
  CONSTRAINT leads_quarantine_reason_check CHECK (quarantine_reason = ANY (ARRAY['unreachable'::text, 'unreadable_document'::text, 'cut_document'::text])),
  CONSTRAINT leads_temperature_by_check CHECK (temperature_by = ANY (ARRAY['user'::text, 'score'::text])),
  CONSTRAINT leads_temperature_check CHECK (temperature = ANY (ARRAY['hot'::text, 'warm'::text, 'cold'::text])),
  CONSTRAINT leads_type_check CHECK (type = ANY (ARRAY['inquiry'::text, 'prequalification'::text]))
);
CREATE INDEX leads_assignee ON leads USING btree (dealer_id, assignee_id, received_at, id) INCLUDE (status_id, client_id, source_id, type, temperature, is_test, quarantine_reason, score, next_action_at, last_touch_at, status_changed_at, updated_at, changed_in);
CREATE INDEX leads_awaited ON leads USING btree (dealer_id, received_at, id) WHERE respond_by IS NOT NULL;
CREATE INDEX leads_changed ON leads USING btree (dealer_id, changed_in, id);
CREATE INDEX leads_client ON leads USING btree (dealer_id, client_id, received_at, id) WHERE client_id IS NOT NULL;
CREATE INDEX leads_clock_due ON leads USING btree (dealer_id, clock_due_at) WHERE clock_due_at IS NOT NULL;
CREATE INDEX leads_cool ON leads USING btree (dealer_id, cool_at) WHERE cool_at IS NOT NULL;
CREATE INDEX leads_duplicate_of ON leads USING btree (dealer_id, duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
CREATE UNIQUE INDEX leads_external_id_key ON leads USING btree (dealer_id, source_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX leads_followed ON leads USING btree (dealer_id, received_at, id) WHERE follower_ids <> '{}'::uuid[];
CREATE INDEX leads_import ON leads USING btree (dealer_id, import_id, received_at, id) WHERE import_id IS NOT NULL;
CREATE INDEX leads_last_touch ON leads USING btree (dealer_id, last_touch_at, id);
CREATE INDEX leads_next_action ON leads USING btree (dealer_id, next_action_at, id);
CREATE INDEX leads_prequalifications ON leads USING btree (dealer_id, received_at, id) WHERE type = 'prequalification'::text;
CREATE INDEX leads_promoter ON leads USING btree (dealer_id, promoter_id, received_at, id) WHERE promoter_id IS NOT NULL;
CREATE INDEX leads_quarantined ON leads USING btree (dealer_id, received_at, id) WHERE quarantine_reason IS NOT NULL;
CREATE INDEX leads_reasoned ON leads USING btree (dealer_id, received_at, id) WHERE status_reason_id IS NOT NULL OR status_reason_text IS NOT NULL;
CREATE INDEX leads_received ON leads USING btree (dealer_id, received_at, id) INCLUDE (source_id, status_id, assignee_id, client_id, duplicate_of_id, promoter_id, referral_link_id, quarantine_reason, is_test, is_reachable, status_changed_at);
CREATE INDEX leads_score ON leads USING btree (dealer_id, score, id);
CREATE INDEX leads_source ON leads USING btree (dealer_id, source_id, received_at, id);
CREATE INDEX leads_status ON leads USING btree (dealer_id, status_id, received_at, id);
CREATE INDEX leads_status_reason ON leads USING btree (dealer_id, status_reason_id, received_at, id) WHERE status_reason_id IS NOT NULL;
CREATE INDEX leads_status_since ON leads USING btree (dealer_id, status_changed_at, id);
CREATE INDEX leads_temperature ON leads USING btree (dealer_id, temperature, received_at, id) WHERE temperature IS NOT NULL;
CREATE INDEX leads_tests ON leads USING btree (dealer_id, received_at, id) WHERE is_test;
CREATE INDEX leads_unassigned ON leads USING btree (dealer_id, queue_id, received_at, id) INCLUDE (assignee_id, status_id, client_id, source_id, type, temperature, is_test, quarantine_reason, score, next_action_at, last_touch_at, status_changed_at, updated_at, changed_in) WHERE assignee_id IS NULL;
CREATE INDEX leads_updated ON leads USING btree (dealer_id, updated_at, id);
CREATE INDEX leads_workload ON leads USING btree (dealer_id, assignee_id, status_id, assigned_at) WHERE assignee_id IS NOT NULL;
CREATE TRIGGER count_changed AFTER UPDATE ON leads REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
CREATE TRIGGER count_new AFTER INSERT ON leads REFERENCING NEW TABLE AS after_change FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
CREATE TRIGGER count_removed AFTER DELETE ON leads REFERENCING OLD TABLE AS before_change FOR EACH STATEMENT EXECUTE FUNCTION count_leads();
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE leads ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON leads USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE leads SET (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_analyze_scale_factor=0.02);
GRANT INSERT, SELECT, UPDATE ON leads TO leadyard_app;

CREATE TABLE link_requests (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  client_id uuid NOT NULL,
  state text NOT NULL,
  from_user_id uuid NOT NULL,
  to_user_id uuid NOT NULL,
  message text,
  reason text,
  withdrawal_code text,
  expires_at timestamp(3) with time zone NOT NULL,
  ended_at timestamp(3) with time zone,
  ended_by uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT link_requests_dealer_id_client_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, client_id) REFERENCES clients(dealer_id, id) ON DELETE CASCADE,
  CONSTRAINT link_requests_dealer_id_ended_by_users_dealer_id_id_fk FOREIGN KEY (dealer_id, ended_by) REFERENCES users(dealer_id, id),
  CONSTRAINT link_requests_dealer_id_from_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, from_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT link_requests_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT link_requests_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT link_requests_dealer_id_to_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, to_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT link_requests_state_check CHECK (state = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text])),
  CONSTRAINT link_requests_withdrawal_code_check CHECK (withdrawal_code = ANY (ARRAY['request_lead_linked'::text, 'request_lead_converted'::text, 'request_lead_closed'::text, 'request_lead_deleted'::text, 'request_lead_reassigned'::text, 'request_client_merged'::text, 'request_user_deactivated'::text]))
);
CREATE INDEX link_requests_client ON link_requests USING btree (dealer_id, client_id, id);
CREATE INDEX link_requests_expiring ON link_requests USING btree (dealer_id, expires_at) WHERE state = 'asked'::text;
CREATE INDEX link_requests_from ON link_requests USING btree (dealer_id, from_user_id, id);
CREATE INDEX link_requests_lead ON link_requests USING btree (dealer_id, lead_id, id);
CREATE UNIQUE INDEX link_requests_one_open ON link_requests USING btree (dealer_id, lead_id, client_id) WHERE state = 'asked'::text;
CREATE INDEX link_requests_to ON link_requests USING btree (dealer_id, to_user_id, id);
ALTER TABLE link_requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON link_requests USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON link_requests TO leadyard_app;

CREATE TABLE match_keys (
  dealer_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  record_type text NOT NULL,
  record_id uuid NOT NULL,
  CONSTRAINT match_keys_dealer_id_key_record_type_record_id_pk PRIMARY KEY (dealer_id, key, record_type, record_id),
  CONSTRAINT match_keys_record_type_check CHECK (record_type = ANY (ARRAY['client'::text, 'lead'::text]))
);
CREATE INDEX match_keys_record ON match_keys USING btree (dealer_id, record_id);
ALTER TABLE match_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON match_keys USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE match_keys SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_analyze_scale_factor=0.02);
GRANT DELETE, INSERT, SELECT, UPDATE ON match_keys TO leadyard_app;

CREATE TABLE notifications (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  lead_id uuid,
  about_id uuid,
  facts jsonb NOT NULL,
  mode text NOT NULL,
  digest_id uuid,
  read_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT notifications_dealer_id_digest_id_digests_dealer_id_id_fk FOREIGN KEY (dealer_id, digest_id) REFERENCES digests(dealer_id, id),
  CONSTRAINT notifications_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT notifications_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT notifications_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT notifications_key_key UNIQUE (dealer_id, user_id, kind, key),
  CONSTRAINT notifications_kind_check CHECK (kind = ANY (ARRAY['newLead'::text, 'queuedLead'::text, 'takenBackLead'::text, 'linkedClient'::text, 'offer'::text, 'offerEnding'::text, 'offerResponse'::text, 'linkRequest'::text, 'linkResponse'::text, 'feedback'::text, 'plannedActivity'::text, 'movedActivity'::text, 'cancelledActivity'::text, 'movedLead'::text, 'newClient'::text, 'movedClient'::text, 'leadSale'::text, 'reminder'::text, 'overdue'::text, 'responseWarning'::text, 'responseOverdue'::text, 'quietSource'::text, 'openLeads'::text, 'pendingPromoter'::text, 'promoterResponse'::text, 'failedMail'::text])),
  CONSTRAINT notifications_mode_check CHECK (mode = ANY (ARRAY['now'::text, 'digest'::text, 'off'::text]))
);
CREATE INDEX notifications_about ON notifications USING btree (dealer_id, about_id) WHERE about_id IS NOT NULL;
CREATE INDEX notifications_digest ON notifications USING btree (dealer_id, digest_id, id) WHERE digest_id IS NOT NULL;
CREATE INDEX notifications_lead ON notifications USING btree (dealer_id, lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX notifications_undigested ON notifications USING btree (dealer_id, user_id, created_at) WHERE mode = 'digest'::text AND digest_id IS NULL AND read_at IS NULL;
CREATE INDEX notifications_unread ON notifications USING btree (dealer_id, user_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_user ON notifications USING btree (dealer_id, user_id, id);
ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notifications USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE notifications SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_vacuum_scale_factor=0.02);
GRANT DELETE, INSERT, SELECT, UPDATE ON notifications TO leadyard_app;

CREATE TABLE operations (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  lead_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  recorded jsonb NOT NULL,
  undone_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT operations_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT operations_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT operations_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT operations_kind_check CHECK (kind = ANY (ARRAY['link'::text, 'conversion'::text, 'unlink'::text, 'move'::text, 'assignment'::text, 'status'::text, 'sale'::text, 'merge'::text, 'import'::text])),
  CONSTRAINT operations_state_check CHECK (state = ANY (ARRAY['done'::text, 'undoing'::text, 'undone'::text]))
);
CREATE INDEX operations_lead ON operations USING btree (dealer_id, lead_id, id);
CREATE INDEX operations_undone ON operations USING btree (dealer_id, created_at, lead_id) WHERE state = 'undone'::text;
CREATE INDEX operations_undone_at ON operations USING btree (dealer_id, undone_at) WHERE state = 'undone'::text;
ALTER TABLE operations ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON operations USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON operations TO leadyard_app;

CREATE TABLE opportunities (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  name text NOT NULL,
  client_id uuid NOT NULL,
  account_id uuid,
  lead_id uuid,
  stage text NOT NULL,
  amount numeric(14,2),
  currency text,
  expected_close date,
  products jsonb NOT NULL,
  description text,
  close_reason text,
  closed_at timestamp(3) with time zone,
  responsible_user_id uuid,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  changed_in bigint DEFAULT 0 NOT NULL,
  CONSTRAINT opportunities_dealer_id_account_id_accounts_dealer_id_id_fk FOREIGN KEY (dealer_id, account_id) REFERENCES accounts(dealer_id, id),
  CONSTRAINT opportunities_dealer_id_client_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, client_id) REFERENCES clients(dealer_id, id),
  CONSTRAINT opportunities_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT opportunities_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT opportunities_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT opportunities_dealer_id_responsible_user_id_users_dealer_id_id_ FOREIGN KEY (dealer_id, responsible_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT opportunities_stage_check CHECK (stage = ANY (ARRAY['discovery'::text, 'test_drive'::text, 'offer'::text, 'negotiation'::text, 'reserved'::text, 'won'::text, 'lost'::text]))
);
CREATE INDEX opportunities_account ON opportunities USING btree (dealer_id, account_id, created_at, id) WHERE account_id IS NOT NULL;
CREATE INDEX opportunities_changed ON opportunities USING btree (dealer_id, changed_in, id);
CREATE INDEX opportunities_client ON opportunities USING btree (dealer_id, client_id, created_at, id);
CREATE INDEX opportunities_created ON opportunities USING btree (dealer_id, created_at, id);
CREATE INDEX opportunities_lead ON opportunities USING btree (dealer_id, lead_id, id) WHERE lead_id IS NOT NULL;
CREATE INDEX opportunities_open ON opportunities USING btree (dealer_id, created_at, id) WHERE stage <> ALL (ARRAY['won'::text, 'lost'::text]);
CREATE INDEX opportunities_responsible ON opportunities USING btree (dealer_id, responsible_user_id, created_at, id);
CREATE INDEX opportunities_stage ON opportunities USING btree (dealer_id, stage, created_at, id);
CREATE INDEX opportunities_updated ON opportunities USING btree (dealer_id, updated_at, id);
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON opportunities FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE opportunities ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON opportunities USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON opportunities TO leadyard_app;

CREATE TABLE payloads (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  content_type text NOT NULL,
  body text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT payloads_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT payloads_dealer_id_id_pk PRIMARY KEY (dealer_id, id)
);
ALTER TABLE payloads ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payloads USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE payloads SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_vacuum_scale_factor=0.02);
GRANT INSERT, SELECT ON payloads TO leadyard_app;

CREATE TABLE person_forms (
  dealer_id uuid NOT NULL,
  record_id uuid NOT NULL,
  record_type text NOT NULL,
  version integer NOT NULL,
  keys bigint[] NOT NULL,
  form json NOT NULL,
  compared bigint DEFAULT 0 NOT NULL,
  CONSTRAINT person_forms_dealer_id_record_id_pk PRIMARY KEY (dealer_id, record_id),
  CONSTRAINT person_forms_record_type_check CHECK (record_type = ANY (ARRAY['client'::text, 'lead'::text]))
);
CREATE INDEX person_forms_compared ON person_forms USING btree (dealer_id, compared, record_id) WHERE record_type = 'client'::text;
ALTER TABLE person_forms ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_forms USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE person_forms SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0);
GRANT DELETE, INSERT, SELECT, UPDATE ON person_forms TO leadyard_app;

CREATE TABLE person_keys (
  dealer_id uuid NOT NULL,
  key bigint NOT NULL,
  record_id uuid NOT NULL,
  CONSTRAINT person_keys_dealer_id_key_record_id_pk PRIMARY KEY (dealer_id, key, record_id)
);
ALTER TABLE person_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON person_keys USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE person_keys SET (autovacuum_vacuum_insert_threshold=100000, autovacuum_vacuum_insert_scale_factor=0, autovacuum_freeze_min_age=0, autovacuum_analyze_scale_factor=0.02);
GRANT DELETE, INSERT, SELECT, UPDATE ON person_keys TO leadyard_app;

CREATE TABLE promoters (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  email text,
  phone text,
  locale text,
  user_id uuid,
  state text NOT NULL,
  approved_at timestamp(3) with time zone,
  removed_at timestamp(3) with time zone,
  portal_hash text,
  invitation_hash text,
  invitation_expires_at timestamp(3) with time zone,
  invitation_message text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT promoters_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT promoters_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT promoters_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT promoters_email_key UNIQUE (dealer_id, email),
  CONSTRAINT promoters_locale_check CHECK (locale = ANY (ARRAY['en'::text, 'es'::text, 'pl'::text])),
  CONSTRAINT promoters_state_check CHECK (state = ANY (ARRAY['invited'::text, 'pending'::text, 'active'::text, 'removed'::text]))
);
CREATE UNIQUE INDEX promoters_invitation_hash_key ON promoters USING btree (dealer_id, invitation_hash) WHERE invitation_hash IS NOT NULL;
CREATE UNIQUE INDEX promoters_portal_hash_key ON promoters USING btree (dealer_id, portal_hash) WHERE portal_hash IS NOT NULL;
CREATE INDEX promoters_user ON promoters USING btree (dealer_id, user_id);
ALTER TABLE promoters ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON promoters USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON promoters TO leadyard_app;

CREATE TABLE qualification_forms (
  dealer_id uuid NOT NULL,
  lead_type text NOT NULL,
  content jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT qualification_forms_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT qualification_forms_dealer_id_lead_type_pk PRIMARY KEY (dealer_id, lead_type),
  CONSTRAINT qualification_forms_lead_type_check CHECK (lead_type = ANY (ARRAY['inquiry'::text, 'prequalification'::text]))
);
ALTER TABLE qualification_forms ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON qualification_forms USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON qualification_forms TO leadyard_app;

CREATE TABLE qualifications (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  result text NOT NULL,
  total real NOT NULL,
  clues jsonb NOT NULL,
  form jsonb NOT NULL,
  form_version integer NOT NULL,
  note text,
  reason text,
  follow_up_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT qualifications_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT qualifications_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT qualifications_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT qualifications_result_check CHECK (result = ANY (ARRAY['qualified'::text, 'not_yet'::text, 'unqualified'::text]))
);
CREATE INDEX qualifications_lead ON qualifications USING btree (dealer_id, lead_id, id) INCLUDE (result, actor_type, actor_id);
ALTER TABLE qualifications ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON qualifications USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT ON qualifications TO leadyard_app;

CREATE TABLE queue_members (
  dealer_id uuid NOT NULL,
  queue_id uuid NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT queue_members_dealer_id_queue_id_queues_dealer_id_id_fk FOREIGN KEY (dealer_id, queue_id) REFERENCES queues(dealer_id, id),
  CONSTRAINT queue_members_dealer_id_queue_id_user_id_pk PRIMARY KEY (dealer_id, queue_id, user_id),
  CONSTRAINT queue_members_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id)
);
CREATE INDEX queue_members_user ON queue_members USING btree (dealer_id, user_id);
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON queue_members FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE queue_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON queue_members USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON queue_members TO leadyard_app;

CREATE TABLE queues (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  is_default boolean NOT NULL,
  working_hours jsonb,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT queues_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT queues_dealer_id_id_pk PRIMARY KEY (dealer_id, id)
);
CREATE UNIQUE INDEX queues_name_key ON queues USING btree (dealer_id, lower(name));
CREATE UNIQUE INDEX queues_one_default ON queues USING btree (dealer_id) WHERE is_default;
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON queues FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE queues ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON queues USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON queues TO leadyard_app;

CREATE TABLE recomputations (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  state text NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL,
  last_lead_id uuid,
  started_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT recomputations_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT recomputations_dealer_id_rule_set_id_rule_sets_dealer_id_id_fk FOREIGN KEY (dealer_id, rule_set_id) REFERENCES rule_sets(dealer_id, id),
  CONSTRAINT recomputations_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'superseded'::text]))
);
CREATE INDEX recomputations_rule_set ON recomputations USING btree (dealer_id, rule_set_id, id);
ALTER TABLE recomputations ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON recomputations USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON recomputations TO leadyard_app;

CREATE TABLE referral_links (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL,
  label text,
  user_id uuid,
  promoter_id uuid,
  target_url text,
  active boolean NOT NULL,
  visits bigint NOT NULL,
  last_visit_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT referral_links_code_key UNIQUE (dealer_id, code),
  CONSTRAINT referral_links_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT referral_links_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT referral_links_dealer_id_promoter_id_promoters_dealer_id_id_fk FOREIGN KEY (dealer_id, promoter_id) REFERENCES promoters(dealer_id, id),
  CONSTRAINT referral_links_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id)
);
CREATE INDEX referral_links_promoter ON referral_links USING btree (dealer_id, promoter_id);
CREATE INDEX referral_links_user ON referral_links USING btree (dealer_id, user_id);
ALTER TABLE referral_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON referral_links USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
ALTER TABLE referral_links SET (fillfactor=70);
GRANT INSERT, SELECT, UPDATE ON referral_links TO leadyard_app;

CREATE TABLE refresh_tokens (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  family_id uuid NOT NULL,
  token_hash text NOT NULL,
  expires_at timestamp(3) with time zone NOT NULL,
  used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT refresh_tokens_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT refresh_tokens_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT refresh_tokens_hash_key UNIQUE (dealer_id, token_hash)
);
CREATE INDEX refresh_tokens_expires ON refresh_tokens USING btree (dealer_id, expires_at);
CREATE INDEX refresh_tokens_family ON refresh_tokens USING btree (dealer_id, family_id);
CREATE INDEX refresh_tokens_user ON refresh_tokens USING btree (dealer_id, user_id);
ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON refresh_tokens USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON refresh_tokens TO leadyard_app;

CREATE TABLE rekeyings (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  total integer NOT NULL,
  done integer NOT NULL,
  record_type text NOT NULL,
  last_record_id uuid,
  started_at timestamp(3) with time zone,
  finished_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT rekeyings_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT rekeyings_record_type_check CHECK (record_type = ANY (ARRAY['client'::text, 'lead'::text])),
  CONSTRAINT rekeyings_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text])),
  CONSTRAINT rekeyings_version UNIQUE (dealer_id, version)
);
ALTER TABLE rekeyings ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rekeyings USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON rekeyings TO leadyard_app;

CREATE TABLE reward_entries (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  reward_id uuid NOT NULL,
  promoter_id uuid NOT NULL,
  kind text NOT NULL,
  points integer NOT NULL,
  note text,
  actor_type text NOT NULL,
  actor_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT reward_entries_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT reward_entries_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT reward_entries_dealer_id_reward_id_rewards_dealer_id_id_fk FOREIGN KEY (dealer_id, reward_id) REFERENCES rewards(dealer_id, id),
  CONSTRAINT reward_entries_kind_check CHECK (kind = ANY (ARRAY['recorded'::text, 'eligible'::text, 'approved'::text, 'paid'::text, 'cancelled'::text]))
);
CREATE INDEX reward_entries_promoter ON reward_entries USING btree (dealer_id, promoter_id, id);
ALTER TABLE reward_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON reward_entries USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT ON reward_entries TO leadyard_app;

CREATE TABLE reward_programmes (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  description text,
  points_per_sale integer NOT NULL,
  eligible_when text NOT NULL,
  active boolean NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT reward_programmes_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT reward_programmes_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT reward_programmes_eligible_when_check CHECK (eligible_when = ANY (ARRAY['recorded'::text, 'fulfilled'::text])),
  CONSTRAINT reward_programmes_name_key UNIQUE (dealer_id, name)
);
CREATE UNIQUE INDEX reward_programmes_one_active ON reward_programmes USING btree (dealer_id) WHERE active;
ALTER TABLE reward_programmes ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON reward_programmes USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON reward_programmes TO leadyard_app;

CREATE TABLE rewards (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  sale_id uuid NOT NULL,
  promoter_id uuid NOT NULL,
  programme_id uuid NOT NULL,
  points integer NOT NULL,
  eligible_when text NOT NULL,
  state text NOT NULL,
  payment_reference text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT rewards_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT rewards_dealer_id_programme_id_reward_programmes_dealer_id_id_f FOREIGN KEY (dealer_id, programme_id) REFERENCES reward_programmes(dealer_id, id),
  CONSTRAINT rewards_dealer_id_promoter_id_promoters_dealer_id_id_fk FOREIGN KEY (dealer_id, promoter_id) REFERENCES promoters(dealer_id, id),
  CONSTRAINT rewards_dealer_id_sale_id_sales_dealer_id_id_fk FOREIGN KEY (dealer_id, sale_id) REFERENCES sales(dealer_id, id),
  CONSTRAINT rewards_eligible_when_check CHECK (eligible_when = ANY (ARRAY['recorded'::text, 'fulfilled'::text])),
  CONSTRAINT rewards_sale_key UNIQUE (dealer_id, sale_id),
  CONSTRAINT rewards_state_check CHECK (state = ANY (ARRAY['pending'::text, 'eligible'::text, 'approved'::text, 'paid'::text, 'cancelled'::text]))
);
CREATE INDEX rewards_promoter ON rewards USING btree (dealer_id, promoter_id, id);
CREATE INDEX rewards_state ON rewards USING btree (dealer_id, state, id);
ALTER TABLE rewards ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rewards USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON rewards TO leadyard_app;

CREATE TABLE rule_sets (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  number integer,
  note text,
  content jsonb NOT NULL,
  published_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT rule_sets_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT rule_sets_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT rule_sets_kind_check CHECK (kind = ANY (ARRAY['assignment'::text, 'scoring'::text, 'auto_response'::text])),
  CONSTRAINT rule_sets_number_key UNIQUE (dealer_id, kind, number),
  CONSTRAINT rule_sets_state_check CHECK (state = ANY (ARRAY['draft'::text, 'published'::text, 'superseded'::text]))
);
CREATE INDEX rule_sets_created ON rule_sets USING btree (dealer_id, kind, created_at, id);
CREATE UNIQUE INDEX rule_sets_one_published ON rule_sets USING btree (dealer_id, kind) WHERE state = 'published'::text;
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON rule_sets FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE rule_sets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_sets USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON rule_sets TO leadyard_app;

CREATE TABLE sale_statuses (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  "group" text NOT NULL,
  color text,
  "position" smallint NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT sale_statuses_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT sale_statuses_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT sale_statuses_group_check CHECK ("group" = ANY (ARRAY['open'::text, 'fulfilled'::text, 'cancelled'::text]))
);
CREATE INDEX sale_statuses_group ON sale_statuses USING btree (dealer_id, "group", "position");
CREATE UNIQUE INDEX sale_statuses_name_key ON sale_statuses USING btree (dealer_id, lower(name));
ALTER TABLE sale_statuses ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sale_statuses USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON sale_statuses TO leadyard_app;

CREATE TABLE sales (
  dealer_id uuid NOT NULL SET (n_distinct=20),
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  client_id uuid,
  opportunity_id uuid,
  status_id uuid NOT NULL,
  source_id uuid NOT NULL,
  amount numeric(14,2),
  currency text,
  vehicle jsonb,
  vin text GENERATED ALWAYS AS (upper(vehicle ->> 'vin'::text)) STORED,
  stock_number text GENERATED ALWAYS AS (upper(vehicle ->> 'stockNumber'::text)) STORED,
  user_id uuid,
  promoter_id uuid,
  referral_link_id uuid,
  referral_user_id uuid,
  referral_percent smallint,
  operation_id uuid NOT NULL,
  sold_at timestamp(3) with time zone NOT NULL,
  undone_at timestamp(3) with time zone,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  changed_in bigint DEFAULT 0 NOT NULL,
  CONSTRAINT sales_dealer_id_client_id_clients_dealer_id_id_fk FOREIGN KEY (dealer_id, client_id) REFERENCES clients(dealer_id, id),
  CONSTRAINT sales_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT sales_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT sales_dealer_id_lead_id_leads_dealer_id_id_fk FOREIGN KEY (dealer_id, lead_id) REFERENCES leads(dealer_id, id),
  CONSTRAINT sales_dealer_id_opportunity_id_opportunities_dealer_id_id_fk FOREIGN KEY (dealer_id, opportunity_id) REFERENCES opportunities(dealer_id, id),
  CONSTRAINT sales_dealer_id_promoter_id_promoters_dealer_id_id_fk FOREIGN KEY (dealer_id, promoter_id) REFERENCES promoters(dealer_id, id),
  CONSTRAINT sales_dealer_id_referral_link_id_referral_links_dealer_id_id_fk FOREIGN KEY (dealer_id, referral_link_id) REFERENCES referral_links(dealer_id, id),
  CONSTRAINT sales_dealer_id_referral_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, referral_user_id) REFERENCES users(dealer_id, id),
  CONSTRAINT sales_dealer_id_source_id_sources_dealer_id_id_fk FOREIGN KEY (dealer_id, source_id) REFERENCES sources(dealer_id, id),
  CONSTRAINT sales_dealer_id_status_id_sale_statuses_dealer_id_id_fk FOREIGN KEY (dealer_id, status_id) REFERENCES sale_statuses(dealer_id, id),
  CONSTRAINT sales_dealer_id_user_id_users_dealer_id_id_fk FOREIGN KEY (dealer_id, user_id) REFERENCES users(dealer_id, id)
);
CREATE INDEX sales_changed ON sales USING btree (dealer_id, changed_in, id);
CREATE INDEX sales_client ON sales USING btree (dealer_id, client_id, sold_at, id) WHERE client_id IS NOT NULL;
CREATE INDEX sales_lead ON sales USING btree (dealer_id, lead_id, id);
CREATE UNIQUE INDEX sales_one_of_lead ON sales USING btree (dealer_id, lead_id) WHERE undone_at IS NULL;
CREATE INDEX sales_opportunity ON sales USING btree (dealer_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX sales_promoter ON sales USING btree (dealer_id, promoter_id, sold_at, id) WHERE promoter_id IS NOT NULL;
CREATE INDEX sales_referral_user ON sales USING btree (dealer_id, referral_user_id, sold_at, id) WHERE referral_user_id IS NOT NULL;
CREATE INDEX sales_sold ON sales USING btree (dealer_id, sold_at, id);
CREATE INDEX sales_status ON sales USING btree (dealer_id, status_id, sold_at, id);
CREATE INDEX sales_stock_number ON sales USING btree (dealer_id, stock_number) WHERE stock_number IS NOT NULL;
CREATE INDEX sales_updated ON sales USING btree (dealer_id, updated_at, id);
CREATE INDEX sales_user ON sales USING btree (dealer_id, user_id, sold_at, id);
CREATE INDEX sales_vin ON sales USING btree (dealer_id, vin) WHERE vin IS NOT NULL;
CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON sales FOR EACH ROW EXECUTE FUNCTION note_change();
ALTER TABLE sales ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sales USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON sales TO leadyard_app;

CREATE TABLE source_costs (
  dealer_id uuid NOT NULL,
  source_id uuid NOT NULL,
  month date NOT NULL,
  amount numeric(14,2) NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT source_costs_dealer_id_source_id_month_pk PRIMARY KEY (dealer_id, source_id, month),
  CONSTRAINT source_costs_dealer_id_source_id_sources_dealer_id_id_fk FOREIGN KEY (dealer_id, source_id) REFERENCES sources(dealer_id, id)
);
ALTER TABLE source_costs ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON source_costs USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON source_costs TO leadyard_app;

CREATE TABLE sources (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  active boolean NOT NULL,
  lenient boolean NOT NULL,
  quiet_after_hours smallint,
  watch_at timestamp(3) with time zone NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT sources_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT sources_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT sources_key_key UNIQUE (dealer_id, key),
  CONSTRAINT sources_kind_check CHECK (kind = ANY (ARRAY['website'::text, 'portal'::text, 'referral'::text, 'advertisement'::text, 'event'::text, 'employee_referral'::text, 'purchased_list'::text, 'trade_fair'::text, 'webinar'::text, 'walk_in'::text, 'phone'::text, 'other'::text]))
);
CREATE UNIQUE INDEX sources_name_key ON sources USING btree (dealer_id, lower(name));
CREATE INDEX sources_watch ON sources USING btree (dealer_id, watch_at) WHERE active;
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE OF key, name, kind, active ON sources FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE sources ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sources USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON sources TO leadyard_app;

CREATE TABLE status_reasons (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  "group" text NOT NULL,
  "position" smallint NOT NULL,
  active boolean NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT status_reasons_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT status_reasons_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT status_reasons_group_check CHECK ("group" = ANY (ARRAY['lost'::text, 'deleted'::text])),
  CONSTRAINT status_reasons_key_key UNIQUE (dealer_id, key)
);
CREATE UNIQUE INDEX status_reasons_name_key ON status_reasons USING btree (dealer_id, "group", lower(name));
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON status_reasons FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE status_reasons ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON status_reasons USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON status_reasons TO leadyard_app;

CREATE TABLE statuses (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  "group" text NOT NULL,
  color text,
  "position" smallint NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT statuses_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT statuses_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT statuses_group_check CHECK ("group" = ANY (ARRAY['new'::text, 'working'::text, 'nurturing'::text, 'qualified'::text, 'unqualified'::text, 'linked'::text, 'converted'::text, 'sold'::text, 'lost'::text, 'deleted'::text]))
);
CREATE INDEX statuses_group ON statuses USING btree (dealer_id, "group", "position");
CREATE UNIQUE INDEX statuses_name_key ON statuses USING btree (dealer_id, lower(name));
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE ON statuses FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE statuses ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON statuses USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON statuses TO leadyard_app;

CREATE TABLE suppressions (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  email_key text NOT NULL,
  reason text NOT NULL,
  lead_id uuid,
  actor_type text NOT NULL,
  actor_id uuid,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT suppressions_actor_type_check CHECK (actor_type = ANY (ARRAY['user'::text, 'key'::text, 'operator'::text, 'system'::text, 'public'::text])),
  CONSTRAINT suppressions_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT suppressions_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT suppressions_email_key UNIQUE (dealer_id, email_key),
  CONSTRAINT suppressions_reason_check CHECK (reason = ANY (ARRAY['unsubscribed'::text, 'requested'::text]))
);
ALTER TABLE suppressions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON suppressions USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON suppressions TO leadyard_app;

CREATE TABLE teams (
  dealer_id uuid NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT teams_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT teams_dealer_id_key_pk PRIMARY KEY (dealer_id, key),
  CONSTRAINT teams_key_check CHECK (key = ANY (ARRAY['call_center'::text, 'online_sales'::text, 'store_sales'::text]))
);
CREATE UNIQUE INDEX teams_name_key ON teams USING btree (dealer_id, lower(name));
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON teams USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON teams TO leadyard_app;

CREATE TABLE templates (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  content jsonb NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT templates_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT templates_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT templates_name_key UNIQUE (dealer_id, name)
);
ALTER TABLE templates ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON templates USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT DELETE, INSERT, SELECT, UPDATE ON templates TO leadyard_app;

CREATE TABLE unsubscribe_links (
  dealer_id uuid NOT NULL,
  token_hash text NOT NULL,
  delivery_id uuid NOT NULL,
  lead_id uuid NOT NULL,
  email_key text NOT NULL,
  purpose text,
  language text NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT unsubscribe_links_dealer_id_delivery_id_deliveries_dealer_id_id FOREIGN KEY (dealer_id, delivery_id) REFERENCES deliveries(dealer_id, id),
  CONSTRAINT unsubscribe_links_dealer_id_token_hash_pk PRIMARY KEY (dealer_id, token_hash)
);
ALTER TABLE unsubscribe_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON unsubscribe_links USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT ON unsubscribe_links TO leadyard_app;

CREATE TABLE users (
  dealer_id uuid NOT NULL,
  id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  phone text,
  role text NOT NULL,
  team text,
  grants text[] NOT NULL,
  active boolean NOT NULL,
  absences jsonb DEFAULT '[]'::jsonb NOT NULL,
  working_hours jsonb,
  capacity_per_day smallint,
  locale text,
  languages text[] DEFAULT '{}'::text[] NOT NULL,
  notification_modes jsonb DEFAULT '{}'::jsonb NOT NULL,
  digest_time text DEFAULT '08:00'::text NOT NULL,
  password_hash text,
  calendar_hash text,
  version integer DEFAULT 1 NOT NULL,
  created_at timestamp(3) with time zone NOT NULL,
  updated_at timestamp(3) with time zone NOT NULL,
  CONSTRAINT users_dealer_id_dealers_id_fk FOREIGN KEY (dealer_id) REFERENCES dealers(id),
  CONSTRAINT users_dealer_id_id_pk PRIMARY KEY (dealer_id, id),
  CONSTRAINT users_email_key UNIQUE (dealer_id, email),
  CONSTRAINT users_grants_check CHECK (grants <@ ARRAY['leads.unlink'::text, 'conversions.view'::text, 'data.export'::text, 'data.erase'::text]),
  CONSTRAINT users_locale_check CHECK (locale = ANY (ARRAY['en'::text, 'es'::text, 'pl'::text])),
  CONSTRAINT users_role_check CHECK (role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])),
  CONSTRAINT users_team_check CHECK (team = ANY (ARRAY['call_center'::text, 'online_sales'::text, 'store_sales'::text]))
);
CREATE UNIQUE INDEX users_calendar_hash_key ON users USING btree (dealer_id, calendar_hash) WHERE calendar_hash IS NOT NULL;
CREATE INDEX users_team ON users USING btree (dealer_id, team) WHERE team IS NOT NULL;
CREATE TRIGGER stamp_dealer AFTER INSERT OR DELETE OR UPDATE OF name, email, role, team, active, absences, working_hours, capacity_per_day, languages, notification_modes ON users FOR EACH STATEMENT EXECUTE FUNCTION stamp_dealer();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON users USING (dealer_id = NULLIF(current_setting('app.tenant'::text, true), ''::text)::uuid);
GRANT INSERT, SELECT, UPDATE ON users TO leadyard_app;

CREATE OR REPLACE FUNCTION authenticate_key(p_dealer uuid, p_hash text, p_now timestamp with time zone)
 RETURNS TABLE(id uuid, scopes text[], source_id uuid, country text, currency text, locale text, time_zone text)
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  -- The last use is exact to a minute. Of many first requests at once, one writes.
  UPDATE api_keys k SET last_used_at = p_now
  WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
    AND (k.expires_at IS NULL OR k.expires_at > p_now)
    AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
  RETURN QUERY
    SELECT k.id, k.scopes, k.source_id, d.country, d.currency, d.locale, d.time_zone
    FROM api_keys k JOIN dealers d ON d.id = k.dealer_id
    WHERE k.dealer_id = p_dealer AND k.key_hash = p_hash AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > p_now);
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION authenticate_user(p_dealer uuid, p_user uuid)
 RETURNS TABLE(id uuid, role text, team text, grants text[], queue_ids uuid[], country text, own_locale text, currency text, locale text, time_zone text)
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM set_config('app.tenant', p_dealer::text, true);
  RETURN QUERY
    SELECT u.id, u.role, u.team, u.grants,
      ARRAY(SELECT m.queue_id FROM queue_members m
        WHERE m.dealer_id = p_dealer AND m.user_id = p_user),
      d.country, u.locale, d.currency, d.locale, d.time_zone
    FROM users u JOIN dealers d ON d.id = u.dealer_id
    WHERE u.dealer_id = p_dealer AND u.id = p_user AND u.active;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION count_leads()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, count(*)
    FROM after_change GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, -count(*)
    FROM before_change GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
  ELSE
    INSERT INTO lead_counts (dealer_id, status_id, source_id, assignee_id, queue_id, temperature, type, is_test,
      is_quarantined, leads)
    SELECT dealer_id, status_id, source_id, assignee_id, CASE WHEN client_id IS NULL THEN queue_id END,
      temperature, type, is_test, quarantine_reason IS NOT NULL, sum(leads)
    FROM (
      SELECT dealer_id, status_id, source_id, assignee_id, queue_id, client_id, temperature, type, is_test,
        quarantine_reason, 1 AS leads FROM after_change
      UNION ALL
      SELECT dealer_id, status_id, source_id, assignee_id, queue_id, client_id, temperature, type, is_test,
        quarantine_reason, -1 FROM before_change
    ) AS moved GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(leads) <> 0;
  END IF;
  RETURN NULL;
END
$function$
;
-- May be called by: 

CREATE OR REPLACE FUNCTION delivery_figures(p_bound integer)
 RETURNS TABLE(waiting integer, running integer, scheduled integer, oldest_seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT count(*) FILTER (WHERE due_at <= now())::integer,
    count(*) FILTER (WHERE due_at > now() AND attempts > 0 AND next_attempt_at IS NULL)::integer,
    count(*) FILTER (WHERE due_at > now() AND next_attempt_at IS NOT NULL)::integer,
    coalesce(extract(epoch FROM now() - min(CASE WHEN attempts > 0 THEN created_at ELSE due_at END)
      FILTER (WHERE due_at <= now() OR attempts > 0)), 0)::float8
  FROM (SELECT due_at, attempts, next_attempt_at, created_at FROM deliveries WHERE state = 'pending'
    ORDER BY due_at LIMIT p_bound) pending
$function$
;
-- May be called by: leadyard_worker

CREATE OR REPLACE FUNCTION directory.claim_operator_key(p_key text, p_at timestamp with time zone, p_since timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO directory.operator_keys AS k (key, dealer_id, created_at)
  VALUES (p_key, nullif(current_setting('app.tenant', true), '')::uuid, p_at)
  ON CONFLICT (key) DO UPDATE SET dealer_id = excluded.dealer_id, created_at = excluded.created_at
  WHERE k.created_at <= p_since;
  RETURN found;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.claim_referral_code(p_code text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO directory.referral_codes (code, dealer_id)
  VALUES (p_code, nullif(current_setting('app.tenant', true), '')::uuid)
  ON CONFLICT DO NOTHING;
  RETURN found;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.dealer_by_operator_key(p_key text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT dealer_id FROM directory.operator_keys WHERE key = p_key
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.dealer_by_referral_code(p_code text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT dealer_id FROM directory.referral_codes WHERE code = p_code
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.dealer_by_slug(p_slug text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT id FROM dealers WHERE slug = p_slug
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.dealer_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT id FROM dealers
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.delivery_delay()
 RETURNS double precision
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 FROM deliveries
  WHERE state = 'pending' AND due_at <= now()
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.enqueue_task(p_task text, p_id uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE
  v_dealer text := nullif(current_setting('app.tenant', true), '');
BEGIN
  IF v_dealer IS NULL OR p_task NOT IN ('rescore', 'reindex', 'rekey', 'import') THEN
    RAISE EXCEPTION 'no such task';
  END IF;
  PERFORM graphile_worker.add_job(p_task,
    json_build_object('dealerId', v_dealer, 'id', p_id), job_key := p_task || ':' || p_id,
    run_at := CASE WHEN p_task = 'import' THEN now() ELSE now() + interval '10 seconds' END);
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.forget_counted(p_limit integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH gone AS (
    DELETE FROM directory.counted WHERE key = ANY (ARRAY(
      SELECT key FROM directory.counted WHERE ends_at <= now() LIMIT p_limit FOR UPDATE SKIP LOCKED))
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.give_counted(p_key text, p_count integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE directory.counted SET taken = greatest(taken - p_count, 0) WHERE key = p_key AND ends_at > now()
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.is_api_origin(p_origin text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT EXISTS (SELECT FROM dealers WHERE settings -> 'apiOrigins' ? p_origin)
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION directory.take_counted(p_key text, p_ask integer, p_most integer, p_seconds integer)
 RETURNS TABLE(granted integer, taken integer, left_ms integer)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO directory.counted AS c (key, taken, granted, ends_at)
  VALUES (p_key, least(p_ask, p_most), least(p_ask, p_most), now() + p_seconds * interval '1 second')
  ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN c.ends_at <= now() THEN excluded.taken ELSE greatest(c.taken, least(c.taken + p_ask, p_most)) END,
    granted = CASE WHEN c.ends_at <= now() THEN excluded.taken
      ELSE greatest(least(p_ask, p_most - c.taken), 0) END,
    ends_at = CASE WHEN c.ends_at <= now() THEN excluded.ends_at ELSE c.ends_at END
  RETURNING c.granted, c.taken, (extract(epoch FROM c.ends_at - now()) * 1000)::integer
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION due_deliveries(p_limit integer, p_batch integer, p_taken uuid[])
 RETURNS TABLE(dealer_id uuid, delivery_ids uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
  SELECT due.dealer_id, array_agg(due.id ORDER BY due.due_at, due.id) FROM (
    SELECT w.dealer_id, w.id, w.due_at FROM (
      SELECT o.dealer_id, o.id, o.due_at,
        (row_number() OVER (PARTITION BY o.dealer_id ORDER BY o.due_at, o.id) - 1) / p_batch AS batch,
        min(o.due_at) OVER (PARTITION BY o.dealer_id) AS oldest
      FROM (SELECT d.dealer_id, d.id, d.due_at FROM deliveries d
        WHERE d.state = 'pending' AND d.due_at <= now() AND d.id <> ALL (p_taken)
        ORDER BY d.due_at LIMIT 16 * p_limit) o
    ) w
    ORDER BY w.batch, w.oldest, w.dealer_id, w.due_at, w.id LIMIT p_limit) due
  GROUP BY due.dealer_id
$function$
;
-- May be called by: leadyard_worker

CREATE OR REPLACE FUNCTION forget_history(p_what text, p_before timestamp with time zone, p_after uuid, p_limit integer)
 RETURNS TABLE(last_id uuid, looked integer, gone integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
DECLARE
  v_dealer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  v_end uuid := (lpad(to_hex(greatest(0, floor(extract(epoch FROM
    least(p_before, now() - interval '30 days')) * 1000))::bigint), 12, '0') || '70008000000000000000')::uuid;
  v_ids uuid[];
  v_ended uuid[];
BEGIN
  CASE p_what
  WHEN 'messages' THEN
    v_ids := ARRAY(SELECT m.delivery_id FROM delivery_messages m
      WHERE m.dealer_id = v_dealer AND m.delivery_id > p_after AND m.delivery_id < v_end
      ORDER BY m.delivery_id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    v_ended := ARRAY(SELECT d.id FROM deliveries d
      WHERE d.dealer_id = v_dealer AND d.id = ANY (v_ids) AND d.state IN ('sent', 'cancelled'));
    DELETE FROM delivery_attempts a WHERE a.dealer_id = v_dealer AND a.delivery_id = ANY (v_ended);
    DELETE FROM delivery_messages m WHERE m.dealer_id = v_dealer AND m.delivery_id = ANY (v_ended);
  WHEN 'payloads' THEN
    v_ids := ARRAY(SELECT p.id FROM payloads p
      WHERE p.dealer_id = v_dealer AND p.id > p_after AND p.id < v_end
      ORDER BY p.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM payloads p WHERE p.dealer_id = v_dealer AND p.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM imports i WHERE i.dealer_id = v_dealer AND i.payload_id = p.id);
  WHEN 'notifications' THEN
    v_ids := ARRAY(SELECT n.id FROM notifications n
      WHERE n.dealer_id = v_dealer AND n.id > p_after AND n.id < v_end
      ORDER BY n.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM notifications n WHERE n.dealer_id = v_dealer AND n.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM deliveries d
        WHERE d.dealer_id = v_dealer AND d.id = n.id AND d.state = 'pending');
  WHEN 'digests' THEN
    v_ids := ARRAY(SELECT g.id FROM digests g
      WHERE g.dealer_id = v_dealer AND g.id > p_after AND g.id < v_end
      ORDER BY g.id LIMIT p_limit FOR UPDATE SKIP LOCKED);
    DELETE FROM digests g WHERE g.dealer_id = v_dealer AND g.id = ANY (v_ids)
      AND NOT EXISTS (SELECT FROM notifications n WHERE n.dealer_id = v_dealer AND n.digest_id = g.id);
  END CASE;
  GET DIAGNOSTICS gone = ROW_COUNT;
  looked := cardinality(v_ids);
  last_id := v_ids[looked];
  RETURN NEXT;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION hold_assignment_turn(p_dealer uuid, p_entry uuid, p_users uuid[], p_limited uuid[], p_day_start timestamp with time zone, p_counts_open boolean, p_busy text[])
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
DECLARE
  v_turn jsonb;
  v_busy uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('assignment turns ' || p_dealer, 0));
  SELECT jsonb_build_object('lastUserId', t.last_user_id, 'credits', t.credits) INTO v_turn
    FROM assignment_turns t WHERE t.dealer_id = p_dealer AND t.entry_id = p_entry;
  IF p_counts_open THEN
    v_busy := ARRAY(SELECT s.id FROM statuses s
      WHERE s.dealer_id = p_dealer AND s."group" = ANY (p_busy));
  END IF;
  RETURN jsonb_build_object(
    'turn', v_turn,
    'today', (SELECT coalesce(jsonb_object_agg(u.id, (SELECT count(*) FROM leads l
        WHERE l.dealer_id = p_dealer AND l.assignee_id = u.id
          AND l.status_id = ANY (ARRAY(SELECT s.id FROM statuses s WHERE s.dealer_id = p_dealer))
          AND l.assigned_at >= p_day_start)), '{}')
      FROM unnest(p_limited) AS u(id)),
    'open', (SELECT coalesce(jsonb_object_agg(u.id, (SELECT count(*) FROM (SELECT FROM leads l
        WHERE l.dealer_id = p_dealer AND l.assignee_id = u.id
          AND l.status_id = ANY (v_busy) LIMIT 1000) AS few)), '{}')
      FROM unnest(p_users) AS u(id) WHERE p_counts_open));
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION keep_next_actions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  v_dealers uuid[];
  v_leads uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT a.dealer_id, a.lead_id FROM after_change a
      WHERE a.lead_id IS NOT NULL AND a.state = 'planned' AND a.due_at IS NOT NULL) t;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT b.dealer_id, b.lead_id FROM before_change b
      WHERE b.lead_id IS NOT NULL AND b.state = 'planned' AND b.due_at IS NOT NULL) t;
  ELSE
    SELECT array_agg(t.dealer_id), array_agg(t.lead_id) INTO v_dealers, v_leads FROM (
      SELECT DISTINCT a.dealer_id, a.lead_id
      FROM before_change b JOIN after_change a ON a.dealer_id = b.dealer_id AND a.id = b.id
      WHERE a.lead_id IS NOT NULL AND (a.state, a.due_at) IS DISTINCT FROM (b.state, b.due_at)) t;
  END IF;
  IF v_leads IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM leads l JOIN unnest(v_dealers, v_leads) AS t (dealer_id, id)
    ON l.dealer_id = t.dealer_id AND l.id = t.id
    ORDER BY l.id FOR NO KEY UPDATE OF l;
  UPDATE leads l SET next_action_at = n.due_at
  FROM unnest(v_dealers, v_leads) AS t (dealer_id, id)
  CROSS JOIN LATERAL (SELECT min(a.due_at) AS due_at FROM activities a
    WHERE a.dealer_id = t.dealer_id AND a.lead_id = t.id AND a.state = 'planned') n
  WHERE l.dealer_id = t.dealer_id AND l.id = t.id AND l.next_action_at IS DISTINCT FROM n.due_at;
  RETURN NULL;
END
$function$
;
-- May be called by: 

CREATE OR REPLACE FUNCTION note_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.changed_in := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END
$function$
;
-- May be called by: 

CREATE OR REPLACE FUNCTION remove_imported_leads(p_import uuid, p_leads uuid[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
DECLARE
  v_dealer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  v_leads uuid[];
  v_count integer;
BEGIN
  SELECT coalesce(array_agg(id), '{}') INTO v_leads FROM leads
  WHERE dealer_id = v_dealer AND id = ANY (p_leads) AND import_id = p_import;
  DELETE FROM match_keys WHERE dealer_id = v_dealer AND record_id = ANY (v_leads);
  DELETE FROM person_keys k USING person_forms f
  WHERE f.dealer_id = v_dealer AND f.record_id = ANY (v_leads)
    AND k.dealer_id = v_dealer AND k.key = ANY (f.keys) AND k.record_id = f.record_id;
  DELETE FROM person_forms WHERE dealer_id = v_dealer AND record_id = ANY (v_leads);
  DELETE FROM decisions WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM lead_clocks WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM lead_participants WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM notifications WHERE dealer_id = v_dealer AND lead_id = ANY (v_leads);
  DELETE FROM leads WHERE dealer_id = v_dealer AND id = ANY (v_leads);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION renew_statistics()
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO current_schema, 'pg_temp'
AS $function$
DECLARE
  v_table regclass;
BEGIN
  SELECT oid INTO v_table FROM pg_class
  WHERE oid = ANY (ARRAY['leads', 'clients', 'match_keys', 'person_keys', 'person_forms', 'events', 'decisions', 'import_rows',
      'import_results', 'import_problems']::regclass[])
    AND pg_stat_get_mod_since_analyze(oid) > greatest(1000, reltuples / 2)
    AND pg_stat_get_live_tuples(oid) > 0
  ORDER BY pg_stat_get_mod_since_analyze(oid) / greatest(1, reltuples) DESC
  LIMIT 1;
  IF v_table IS NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('ANALYZE (SKIP_LOCKED) %s', v_table);
  RETURN true;
EXCEPTION
  WHEN query_canceled OR lock_not_available THEN
    RETURN false;
END
$function$
;
-- May be called by: leadyard_app

CREATE OR REPLACE FUNCTION stamp_dealer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE dealers SET stamp = gen_random_uuid()
  WHERE id = coalesce(nullif(current_setting('app.tenant', true), '')::uuid, id);
  RETURN NULL;
END
$function$
;
-- May be called by: 

CREATE OR REPLACE FUNCTION stamp_own()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.stamp := gen_random_uuid();
  RETURN NEW;
END
$function$
;
-- May be called by: 
