import type { Locale } from '../../../domain/dealers/dealer.ts'
import { presentActivity } from '../../../schemas/activities/activity.ts'
import { presentClient } from '../../../schemas/clients/client.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import type { LinkedLead } from '../../../use-cases/clients/steps/make-link.ts'

type Done = Pick<LinkedLead, 'operationId' | 'lead'>

/** The path of the operation of a lead's command. */
export const operationPath = ({ operationId }: Done) => `/v1/operations/${operationId}`

/** The version of the lead. */
export const leadVersion = ({ lead }: Done) => lead.version

export function presentLinked({ operationId, lead, client, activity }: LinkedLead, locale: Locale) {
  return {
    operationId,
    lead: presentLead(lead, locale),
    client: presentClient(client),
    activity: activity && presentActivity(activity)
  }
}
