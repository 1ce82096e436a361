import { isBlank } from '../fields/custom-field.ts'
import { because } from '../reasons/reasons.ts'
import { NO_ACCOUNT_CONTENT } from './account.ts'
import type { Account, AccountContent } from './account.ts'
import {
  carried,
  findPlanFaults,
  isTaken,
  mapFields,
  said,
  withOverrides
} from './planned-field.ts'
import type { MappingBasis, PlanFault, PlannedField } from './planned-field.ts'

/** The requested account: an existing one, or a new one. */
export type AccountChoice =
  | { account: Account }
  | { account: null; name: string | null; given: Partial<AccountContent>; allowDuplicate: boolean }

export interface AccountPlan {
  action: 'create' | 'fill'
  id: string | null
  fields: PlannedField[]
  name: string
  content: AccountContent
  allowDuplicate: boolean
  faults: PlanFault[]
}

/**
 * Plans a new company, named by the caller, the mapping, or the lead; or what the mapping fills of one
 * that is there, which keeps the name it is known by.
 */
export function planAccount(
  basis: MappingBasis,
  choice: AccountChoice,
  overwrite: boolean
): AccountPlan {
  const { account } = choice
  const before: Record<string, unknown> = { ...NO_ACCOUNT_CONTENT, ...account?.content }
  const given = account
    ? {}
    : { ...choice.given, ...(choice.name === null ? {} : { name: choice.name }) }
  const { companyName } = basis.lead.content.contact
  const proposals = withOverrides(
    [carried('account.name', 'contact.companyName', companyName)],
    mapFields(basis, 'account'),
    Object.entries(given).map(([key, value]) => said(`account.${key}`, value))
  )
  const fields = proposals
    .filter(({ to }) => !account || to !== 'account.name')
    .map((proposal) => {
      const current = before[memberOf(proposal.to)] ?? null
      return { ...proposal, current, applied: isTaken(proposal.value, current, overwrite) }
    })
  const applied = fields.filter((field) => field.applied)
  const filled: Record<string, unknown> = Object.fromEntries(
    applied.map(({ to, value }) => [memberOf(to), value])
  )
  const { name = account?.name ?? '', ...content } = filled
  return {
    action: account ? 'fill' : 'create',
    id: account?.id ?? null,
    fields,
    name: String(name),
    content: { ...NO_ACCOUNT_CONTENT, ...account?.content, ...content },
    allowDuplicate: !choice.account && choice.allowDuplicate,
    faults: [...findPlanFaults(fields, basis), ...(isBlank(name) ? [NAMELESS] : [])]
  }
}

const NAMELESS = {
  pointer: '/account/name',
  reason: because('required')
}

function memberOf(to: string): string {
  return to.slice('account.'.length)
}
