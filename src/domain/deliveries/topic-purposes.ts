/** Mails of what came due, or of what a user must see to. */
export const TOPIC_MAIL_PURPOSES = [
  'taken_back_mail',
  'offer_ending_mail',
  'reminder_mail',
  'overdue_mail',
  'planned_mail',
  'moved_mail',
  'cancelled_mail',
  'moved_lead_mail',
  'new_client_mail',
  'moved_client_mail',
  'sale_mail',
  'response_warning_mail',
  'response_overdue_mail',
  'quiet_source_mail',
  'open_leads_mail',
  'pending_promoter_mail',
  'promoter_response_mail',
  'failed_mail'
] as const
