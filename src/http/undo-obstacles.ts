import type { UndoObstacle } from '../domain/operations/operation.ts'

/** What of an operation's records is otherwise than it left them. */
const CHANGES: Readonly<Record<UndoObstacle, string>> = {
  lead: 'the lead was changed',
  assignee: 'the earlier assignee is not active',
  status: 'the earlier status is gone, or has another group',
  client: 'the client was changed, merged or removed',
  'client-leads': 'the client has other leads',
  'client-activities': 'the client has other activities',
  'client-opportunities': 'the client has other opportunities',
  'client-sales': 'the client has other sales',
  account: 'the account was changed or removed',
  'account-clients': 'the account has other clients',
  'account-opportunities': 'the account has other opportunities',
  opportunity: 'the opportunity was changed or removed',
  'opportunity-activities': 'the opportunity has activities',
  'opportunity-sales': 'the opportunity has a sale',
  activity: 'the planned activity was changed or removed',
  sale: 'the sale was changed',
  reward: 'the reward was approved or paid',
  import: 'records of the import were changed'
}

/** What prevents an undo, as a sentence. */
export function changedSince(changes: readonly UndoObstacle[]): string {
  const said = changes.map((change) => CHANGES[change]).join('; ')
  return `Later changes prevent the undo: ${said}. Undo those first, or change the records by hand.`
}
