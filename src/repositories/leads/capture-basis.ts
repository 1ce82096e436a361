import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { CaptureFacts } from '../../domain/capture/capture-facts.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import type { SourceKind } from '../../domain/dealers/source.ts'
import type { CustomField } from '../../domain/fields/custom-field.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import type { AssignableUser } from '../../domain/routing/assignable-user.ts'
import type { RoutingBasis } from '../../domain/routing/route.ts'
import { AUTO_RESPONSE_RULES } from '../auto-responses/auto-response-basis.ts'
import type { AutoResponseRow } from '../auto-responses/auto-response-basis.ts'
import { DealerMemory } from '../dealers/dealer-memory.ts'
import { queueRecipientsColumn } from '../notifications/recipients.ts'
import {
  ASSIGNABLE_USER,
  PUBLISHED_RULES,
  ROUTING_COLUMNS,
  toRoutingBasis
} from '../routing/basis.ts'
import type { RoutingRow } from '../routing/basis.ts'

export type CapturedField = Pick<
  CustomField,
  'key' | 'type' | 'options' | 'required' | 'searchable'
>

export type CaptureSource = Reference & { key: string; kind: SourceKind; active: boolean }

/** What captures are decided from and the dealer lays down: it changes by hand. Captures share one. */
export interface CaptureBasis {
  /** Another one after each change. */
  readonly stamp: string
  readonly settings: DealerSettings
  readonly newStatus: Reference
  readonly sources: readonly CaptureSource[]
  readonly fallbackAssignee: AssignableUser | null
  readonly routing: RoutingBasis
  readonly queueRecipients: CaptureFacts['queueRecipients']
  readonly scoring: CaptureFacts['scoring']
  /** The custom fields of leads, with their definitions. */
  readonly customFields: CapturedField[]
  readonly autoResponse: AutoResponseRow | null
}

/** Everything that is read here gives the dealer another stamp when it changes: see `stamp_dealer`. */
const BASIS = statement(
  'capture-basis',
  {},
  `with ${PUBLISHED_RULES}
select d.stamp, d.settings, d.time_zone as "timeZone",
  d.working_hours as "workingHours",
  (select jsonb_build_object('id', s.id, 'name', s.name) from statuses s
    where s.dealer_id = :dealerId and s."group" = 'new' order by s.position, s.id limit 1)
    as "newStatus",
  (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name,
      'kind', s.kind, 'active', s.active)), '[]')
    from sources s where s.dealer_id = :dealerId) as sources,
  ${ROUTING_COLUMNS},
  ${queueRecipientsColumn(`m.queue_id in (select q.id from queues q where q.dealer_id = :dealerId
    and (q.is_default or q.id in (select queue_id from targets)))`)},
  ${AUTO_RESPONSE_RULES},
  (select ${ASSIGNABLE_USER} from users u where u.dealer_id = :dealerId
    and u.id = (d.settings->>'fallbackAssigneeId')::uuid) as "fallbackAssignee",
  (select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'type', f.type, 'options', f.options,
      'required', f.required, 'searchable', f.searchable) order by f.position, f.id), '[]')
    from custom_fields f where f.dealer_id = :dealerId and f.target = 'lead') as "customFields"
from dealers d where d.id = :dealerId`
).returning<Omit<CaptureBasis, 'routing'> & RoutingRow>()

const remembered = new DealerMemory<CaptureBasis>()

/** The basis that this process remembers, of which the caller checks the stamp; or else the present one. */
export async function captureBasisOf(tx: Transaction): Promise<CaptureBasis> {
  return remembered.get(tx.dealerId) ?? (await readCaptureBasis(tx))
}

/** Reads the basis from PostgreSQL, and remembers it. */
export async function readCaptureBasis(tx: Transaction): Promise<CaptureBasis> {
  remembered.forget(tx.dealerId)
  const [row] = await tx.run(BASIS, {})
  if (!row) throw new Error('the dealer of a transaction was not found')
  const settings = { ...DEFAULT_DEALER_SETTINGS, ...row.settings }
  const basis = frozen({ ...row, settings, routing: toRoutingBasis(row) })
  remembered.set(tx.dealerId, basis)
  return basis
}

/** Captures share it: one must not change what the next decides from. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
