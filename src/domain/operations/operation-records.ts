import type { StatedTable } from './left-states.ts'
import type { Operation } from './operation.ts'

type RecordIds = Partial<Record<StatedTable, readonly string[]>>

/** The records of an operation that its undo compares; those of an import are listed with its rows. */
export function recordsOf(operation: Operation): RecordIds {
  switch (operation.kind) {
    case 'assignment':
    case 'status':
      return { leads: operation.recorded.leads.map(({ id }) => id) }
    case 'sale':
      return { leads: [operation.recorded.lead.id] }
    case 'merge': {
      const { survivor, merged, ...moved } = operation.recorded
      return {
        clients: [survivor.id, merged.id],
        leads: [...moved.leads, ...(moved.handedOver?.leads ?? [])].map(({ id }) => id),
        activities: moved.activities.map(({ id }) => id),
        opportunities: moved.opportunities.map(({ id }) => id),
        sales: moved.sales.map(({ id }) => id)
      }
    }
    case 'import':
      return {}
    case 'link':
    case 'conversion':
    case 'unlink':
    case 'move': {
      const { recorded } = operation
      return {
        leads: [recorded.lead, ...(recorded.handedOver?.leads ?? [])].map(({ id }) => id),
        clients: idsOf(recorded.createdClient, recorded.filledClient),
        accounts: idsOf(recorded.createdAccount, recorded.filledAccount),
        opportunities: idsOf(recorded.createdOpportunity, recorded.filledOpportunity),
        activities: idsOf(recorded.createdActivity)
      }
    }
  }
}

function idsOf(...records: readonly ({ id: string } | null | undefined)[]): string[] {
  return records.flatMap((record) => record?.id ?? [])
}
