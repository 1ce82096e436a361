import type { TSchema } from '@fastify/type-provider-typebox'

import { activitySchemas } from './activities/activity.ts'
import { calendarSchemas } from './calendar/calendar.ts'
import { apiKeySchemas } from './access/api-key.ts'
import { authenticationSchemas } from './access/authentication.ts'
import { mergePreviewSchemas } from './clients/merge-preview.ts'
import { clientMergeSchemas } from './clients/client-merge.ts'
import { clientSchemas } from './clients/client.ts'
import { contactSchemas } from './leads/contact.ts'
import { accountSchemas } from './clients/account.ts'
import { opportunitySchemas } from './clients/opportunity.ts'
import { conversionPreviewSchemas } from './clients/conversion-preview.ts'
import { consentSchemas } from './clients/consent.ts'
import { customFieldSchemas } from './fields/custom-field.ts'
import { conversionSchemas } from './clients/conversion.ts'
import { convertLeadSchemas } from './clients/convert-lead.ts'
import { fieldMappingSchemas } from './fields/field-mapping.ts'
import { decisionSchemas } from './leads/decision.ts'
import { deliverySchemas } from './deliveries/delivery.ts'
import { eventSchemas } from './events/event.ts'
import { dealerSchemas } from './dealers/dealer.ts'
import { HealthSchema } from './health.ts'
import { leadClockSchemas } from './clock/lead-clock.ts'
import { leadLinkSchemas } from './clients/lead-link.ts'
import { linkRequestSchemas } from './clients/link-request.ts'
import { leadPartSchemas } from './leads/lead-parts.ts'
import { leadWorkSchemas } from './leads/lead-work.ts'
import { capturedLeadSchemas } from './leads/captured-lead.ts'
import { leadInputSchemas } from './leads/lead-input.ts'
import { leadCountSchemas } from './leads/lead-count.ts'
import { timelineSchemas } from './leads/timeline.ts'
import { leadSchemas } from './leads/lead.ts'
import { scoreSchemas } from './scoring/score.ts'
import { duplicateSchemas } from './matching/duplicate.ts'
import { matchingSchemas } from './matching/matching.ts'
import { scoringRuleSchemas } from './scoring/scoring-rules.ts'
import { WorkingHoursSchema } from './clock/working-hours.ts'
import { queueSchemas } from './dealers/queue.ts'
import { operationSchemas } from './operations/operation.ts'
import { invitationSchemas } from './promoters/invitation.ts'
import { promoterPageSchemas } from './promoters/promoter-page.ts'
import { promoterSchemas } from './promoters/promoter.ts'
import { referralLinkSchemas } from './promoters/referral-link.ts'
import { MoneySchema, ProblemSchema, ReferenceSchema } from './shared.ts'
import { funnelSchemas } from './reports/funnel.ts'
import { incentiveRateSchemas } from './reports/incentive-rates.ts'
import { incentivesReportSchemas } from './reports/incentives.ts'
import { reportFilterSchemas } from './reports/report-filter.ts'
import { responseTimesSchemas } from './reports/response-times.ts'
import { referralReportSchemas } from './reports/referrals.ts'
import { workListSchemas } from './reports/work-list.ts'
import { sourceCostSchemas } from './reports/source-cost.ts'
import { sourcesByMonthSchemas } from './reports/sources-by-month.ts'
import { sourcesDetailSchemas } from './reports/sources-detail.ts'
import { sourcesReportSchemas } from './reports/sources.ts'
import { teamReportSchemas } from './reports/team.ts'
import { rewardSchemas } from './sales/reward.ts'
import { rewardProgrammeSchemas } from './sales/reward-programme.ts'
import { saleSchemas } from './sales/sale.ts'
import { saleStatusSchemas } from './sales/sale-status.ts'
import { sourceSchemas } from './dealers/source.ts'
import { assignmentRuleSchemas } from './routing/assignment-rules.ts'
import { assignmentSimulationSchemas } from './routing/assignment-simulation.ts'
import { CriteriaSchema } from './rules/criteria.ts'
import { autoResponseSchemas } from './auto-responses/auto-responses.ts'
import { formSchemas } from './qualification/form.ts'
import { importRunSchemas } from './imports/import-run.ts'
import { importSchemas } from './imports/import.ts'
import { handoverSchemas } from './qualification/handover.ts'
import { qualificationSchemas } from './qualification/qualification.ts'
import { suppressionSchemas } from './auto-responses/suppression.ts'
import { templateSchemas } from './auto-responses/template.ts'
import { teamSchemas } from './dealers/team.ts'
import { statusReasonSchemas } from './dealers/status-reason.ts'
import { statusSchemas } from './dealers/status.ts'
import { userSchemas } from './access/user.ts'
import { notificationSchemas } from './notifications/notification.ts'
import { notificationSettingsSchemas } from './notifications/notification-settings.ts'
import { vehicleSchemas } from './leads/vehicle.ts'

/** Every schema with an `$id`: the components of the OpenAPI document. */
export const sharedSchemas: readonly TSchema[] = [
  MoneySchema,
  ProblemSchema,
  ReferenceSchema,
  HealthSchema,
  WorkingHoursSchema,
  ...contactSchemas,
  ...vehicleSchemas,
  ...leadPartSchemas,
  ...leadInputSchemas,
  ...leadCountSchemas,
  ...timelineSchemas,
  ...leadSchemas,
  ...capturedLeadSchemas,
  ...leadWorkSchemas,
  ...scoreSchemas,
  ...scoringRuleSchemas,
  ...matchingSchemas,
  ...duplicateSchemas,
  ...leadClockSchemas,
  ...clientSchemas,
  ...clientMergeSchemas,
  ...mergePreviewSchemas,
  ...accountSchemas,
  ...opportunitySchemas,
  ...customFieldSchemas,
  ...activitySchemas,
  ...calendarSchemas,
  ...leadLinkSchemas,
  ...linkRequestSchemas,
  ...convertLeadSchemas,
  ...conversionPreviewSchemas,
  ...fieldMappingSchemas,
  ...consentSchemas,
  ...conversionSchemas,
  ...operationSchemas,
  ...saleSchemas,
  ...saleStatusSchemas,
  ...rewardProgrammeSchemas,
  ...rewardSchemas,
  ...reportFilterSchemas,
  ...sourceCostSchemas,
  ...referralReportSchemas,
  ...workListSchemas,
  ...sourcesReportSchemas,
  ...responseTimesSchemas,
  ...teamReportSchemas,
  ...incentiveRateSchemas,
  ...incentivesReportSchemas,
  ...funnelSchemas,
  ...sourcesByMonthSchemas,
  ...sourcesDetailSchemas,
  ...decisionSchemas,
  ...deliverySchemas,
  ...eventSchemas,
  ...statusSchemas,
  ...statusReasonSchemas,
  ...queueSchemas,
  ...teamSchemas,
  ...templateSchemas,
  ...suppressionSchemas,
  ...formSchemas,
  ...qualificationSchemas,
  ...handoverSchemas,
  CriteriaSchema,
  ...assignmentRuleSchemas,
  ...assignmentSimulationSchemas,
  ...autoResponseSchemas,
  ...authenticationSchemas,
  ...userSchemas,
  ...notificationSchemas,
  ...notificationSettingsSchemas,
  ...apiKeySchemas,
  ...dealerSchemas,
  ...promoterSchemas,
  ...promoterPageSchemas,
  ...invitationSchemas,
  ...referralLinkSchemas,
  ...importSchemas,
  ...importRunSchemas,
  ...sourceSchemas
]
