import type { FastifyInstance } from 'fastify'

import { acceptAdf } from './adf-body.ts'
import type { RouteOptions } from './options.ts'
import { activityRoutes } from './v1/activities/activities.ts'
import { calendarRoutes } from './v1/activities/calendars.ts'
import { accountRoutes } from './v1/clients/accounts.ts'
import { clientRoutes } from './v1/clients/clients.ts'
import { opportunityRoutes } from './v1/clients/opportunities.ts'
import { clientMergeRoutes } from './v1/clients/client-merges.ts'
import { consentRoutes } from './v1/clients/consents.ts'
import { customFieldRoutes } from './v1/fields/custom-fields.ts'
import { conversionRoutes } from './v1/clients/conversions.ts'
import { eventRoutes } from './v1/deliveries/events.ts'
import { exportRoutes } from './v1/exports/exports.ts'
import { leadClockRoutes } from './v1/clock/lead-clocks.ts'
import { leadConversionRoutes } from './v1/clients/lead-conversions.ts'
import { leadLinkRoutes } from './v1/clients/lead-links.ts'
import { fieldMappingRoutes } from './v1/fields/field-mapping.ts'
import { leadRecordRoutes } from './v1/leads/lead-records.ts'
import { leadAssignmentRoutes } from './v1/leads/lead-assignments.ts'
import { leadScoreRoutes } from './v1/leads/lead-score.ts'
import { leadWorkRoutes } from './v1/leads/lead-work.ts'
import { apiKeyRoutes } from './v1/access/api-keys.ts'
import { authRoutes } from './v1/access/auth.ts'
import { notificationRoutes } from './v1/access/notifications.ts'
import { dealerRoutes } from './v1/dealers/dealer.ts'
import { dealersRoutes } from './v1/dealers/dealers.ts'
import { deliveryRoutes } from './v1/deliveries/deliveries.ts'
import { leadRoutes } from './v1/leads/leads.ts'
import { operationRoutes } from './v1/clients/operations.ts'
import { invitationAnswerRoutes } from './v1/promoters/invitation-answers.ts'
import { promoterInvitationRoutes } from './v1/promoters/promoter-invitations.ts'
import { promoterPageRoutes } from './v1/promoters/promoter-pages.ts'
import { promoterRoutes } from './v1/promoters/promoters.ts'
import { referralLinkRoutes } from './v1/promoters/referral-links.ts'
import { referralRoutes } from './v1/promoters/referrals.ts'
import { createImportRoutes } from './v1/imports/create-import.ts'
import { importRoutes } from './v1/imports/imports.ts'
import { queueRoutes } from './v1/dealers/queues.ts'
import { sourceRoutes } from './v1/dealers/sources.ts'
import { assignmentRuleRoutes } from './v1/rules/assignment-rules.ts'
import { assignmentSimulationRoutes } from './v1/rules/assignment-simulation.ts'
import { scoringRuleRoutes } from './v1/rules/scoring-rules.ts'
import { autoResponseRoutes } from './v1/answers/auto-responses.ts'
import { qualificationFormRoutes } from './v1/qualification/forms.ts'
import { handoverRoutes } from './v1/qualification/handovers.ts'
import { offerRoutes } from './v1/qualification/offers.ts'
import { qualificationRoutes } from './v1/qualification/qualifications.ts'
import { countedLeadRoutes } from './v1/reports/counted-leads.ts'
import { funnelRoutes } from './v1/reports/funnel.ts'
import { incentiveRateRoutes } from './v1/reports/incentive-rates.ts'
import { responseTimeRoutes } from './v1/reports/response-times.ts'
import { referralReportRoutes } from './v1/reports/referrals.ts'
import { workListRoutes } from './v1/reports/work-list.ts'
import { sourceCostRoutes } from './v1/reports/source-costs.ts'
import { sourceReportRoutes } from './v1/reports/sources.ts'
import { teamReportRoutes } from './v1/reports/team.ts'
import { rewardProgrammeRoutes } from './v1/sales/reward-programmes.ts'
import { rewardRoutes } from './v1/sales/rewards.ts'
import { saleStatusRoutes } from './v1/sales/sale-statuses.ts'
import { saleRoutes } from './v1/sales/sales.ts'
import { suppressionRoutes } from './v1/answers/suppressions.ts'
import { importProblemRoutes } from './v1/imports/import-problems.ts'
import { importProgressRoutes } from './v1/imports/import-progress.ts'
import { importWorkRoutes } from './v1/imports/import-work.ts'
import { templatePreviewRoutes } from './v1/answers/template-previews.ts'
import { templateRoutes } from './v1/answers/templates.ts'
import { teamRoutes } from './v1/dealers/teams.ts'
import { userRoutes } from './v1/access/users.ts'
import { statusRoutes } from './v1/dealers/statuses.ts'

/** Everything under /v1. */
export async function v1Routes(scope: FastifyInstance, options: RouteOptions): Promise<void> {
  await scope.register(async (leads) => {
    acceptAdf(leads)
    await leads.register(leadRoutes, options)
  })
  await scope.register(leadWorkRoutes, options)
  await scope.register(leadAssignmentRoutes, options)
  await scope.register(leadRecordRoutes, options)
  await scope.register(leadScoreRoutes, options)
  await scope.register(leadClockRoutes, options)
  await scope.register(leadLinkRoutes, options)
  await scope.register(leadConversionRoutes, options)
  await scope.register(fieldMappingRoutes, options)
  await scope.register(clientRoutes, options)
  await scope.register(clientMergeRoutes, options)
  await scope.register(consentRoutes, options)
  await scope.register(accountRoutes, options)
  await scope.register(opportunityRoutes, options)
  await scope.register(customFieldRoutes, options)
  await scope.register(conversionRoutes, options)
  await scope.register(operationRoutes, options)
  await scope.register(saleRoutes, options)
  await scope.register(saleStatusRoutes, options)
  await scope.register(rewardProgrammeRoutes, options)
  await scope.register(rewardRoutes, options)
  await scope.register(activityRoutes, options)
  await scope.register(calendarRoutes, options)
  await scope.register(sourceRoutes, options)
  await scope.register(authRoutes, options)
  await scope.register(userRoutes, options)
  await scope.register(notificationRoutes, options)
  await scope.register(apiKeyRoutes, options)
  await scope.register(dealerRoutes, options)
  await scope.register(dealersRoutes, options)
  await scope.register(promoterRoutes, options)
  await scope.register(promoterInvitationRoutes, options)
  await scope.register(invitationAnswerRoutes, options)
  await scope.register(promoterPageRoutes, options)
  await scope.register(referralLinkRoutes, options)
  await scope.register(referralRoutes, options)
  await scope.register(statusRoutes, options)
  await scope.register(queueRoutes, options)
  await scope.register(teamRoutes, options)
  await scope.register(qualificationFormRoutes, options)
  await scope.register(qualificationRoutes, options)
  await scope.register(offerRoutes, options)
  await scope.register(handoverRoutes, options)
  await scope.register(assignmentRuleRoutes, options)
  await scope.register(assignmentSimulationRoutes, options)
  await scope.register(scoringRuleRoutes, options)
  await scope.register(autoResponseRoutes, options)
  await scope.register(templateRoutes, options)
  await scope.register(templatePreviewRoutes, options)
  await scope.register(suppressionRoutes, options)
  await scope.register(sourceReportRoutes, options)
  await scope.register(referralReportRoutes, options)
  await scope.register(workListRoutes, options)
  await scope.register(responseTimeRoutes, options)
  await scope.register(teamReportRoutes, options)
  await scope.register(incentiveRateRoutes, options)
  await scope.register(funnelRoutes, options)
  await scope.register(sourceCostRoutes, options)
  await scope.register(countedLeadRoutes, options)
  await scope.register(exportRoutes, options)
  await scope.register(importWorkRoutes, options)
  await scope.register(importProgressRoutes, options)
  await scope.register(importProblemRoutes, options)
  await scope.register(createImportRoutes, options)
  await scope.register(importRoutes, options)
  await scope.register(eventRoutes, options)
  await scope.register(deliveryRoutes, options)
}
