import type { Transaction } from '../../../database/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import type { NamedStatus } from '../../../domain/leads/status.ts'
import { invalid, isRefusal } from '../../../domain/refusals.ts'
import type { FaultCode, Refusal } from '../../../domain/refusals.ts'
import type { SaleStatusGroup } from '../../../domain/sales/sale.ts'
import { newId } from '../../../ids.ts'
import type { StatusChange, StatusRecords } from '../../../repositories/dealers/status-records.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { expected } from '../../command.ts'
import type { ChangeCommand, Command, CreateCommand } from '../../command.ts'

/** More would be a mistake of a program, and no list that people choose from. */
const MAX_STATUSES = 200

/** Statuses of leads and of sales are written alike; this is where they differ. */
export interface StatusKind<Group extends StatusGroup | SaleStatusGroup> {
  noun: 'status' | 'sale status'
  subject: 'status' | 'sale_status'
  records: StatusRecords<Group>
  /** Held by every write, because two at once must not both rely on another status of the group. */
  lock: string
  /** The groups that the system needs: a dealer keeps at least one status of each. */
  neededGroups: readonly Group[]
  /** Whether a status in use may change its group so. */
  mayRegroup: (from: Group, to: Group) => boolean
  countUses: (tx: Transaction, statusId: string) => Promise<number>
  inUse: (count: number) => Refusal
  unknown: FaultCode
  /** The name of the number of moved records in the event of a deletion. */
  movedCount: 'leadCount' | 'saleCount'
  /** Moves all records from one locked status to another, and returns how many there were. */
  moveAll: (tx: Transaction, move: StatusMove<Group>) => Promise<number | Refusal>
}

export interface StatusMove<Group extends string> {
  from: NamedStatus<Group>
  to: NamedStatus<Group>
  actor: Actor
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export interface NewStatus<Group extends string> extends CreateCommand<NamedStatus<Group>> {
  status: Pick<NamedStatus<Group>, 'name' | 'group'> & StatusChange<Group>
}

export async function addStatus<Group extends StatusGroup | SaleStatusGroup>(
  tx: Transaction,
  kind: StatusKind<Group>,
  command: NewStatus<Group>
): Promise<NamedStatus<Group> | Refusal> {
  const { count, nextPosition: position } = await kind.records.measure(tx)
  if (count >= MAX_STATUSES) {
    return { refusal: 'too-many', noun: `${kind.noun}es`, limit: MAX_STATUSES }
  }
  const stamps = { version: 1, createdAt: command.now, updatedAt: command.now }
  const status = { id: newId(), color: null, position, ...command.status, ...stamps }
  await kind.records.insert(tx, [status])
  const { id, group } = status
  await record(tx, command, kind.subject, { happened: 'created', id, data: { group } })
  return status
}

export interface StatusUpdate<Group extends string> extends ChangeCommand {
  statusId: string
  change: StatusChange<Group>
}

/**
 * Renames, recolours, moves or regroups a status. The last one of a group that the system needs stays
 * in it; one in use stays where its group means something to the records that have it.
 */
export async function updateStatus<Group extends StatusGroup | SaleStatusGroup>(
  tx: Transaction,
  kind: StatusKind<Group>,
  command: StatusUpdate<Group>
): Promise<NamedStatus<Group> | Refusal> {
  const { statusId, change, now } = command
  const before = expected(command, await kind.records.lock(tx, statusId), kind.noun)
  if (isRefusal(before)) return before
  const { group: fromGroup } = before
  const { group: toGroup = fromGroup } = change
  if (toGroup !== fromGroup) {
    if (await isLastOfNeededGroup(tx, kind, before)) return { refusal: 'last-status-of-group' }
    const uses = kind.mayRegroup(fromGroup, toGroup) ? 0 : await kind.countUses(tx, statusId)
    if (uses > 0) return kind.inUse(uses)
  }
  const regrouped = toGroup === fromGroup ? {} : { fromGroup, toGroup }
  const data = { fields: Object.keys(change), ...regrouped }
  await record(tx, command, kind.subject, { happened: 'updated', id: statusId, data })
  return await kind.records.update(tx, statusId, change, now)
}

export interface StatusDeletion extends ChangeCommand {
  statusId: string
  /** The status that its records get. */
  replacementId: string | null
  /** Domain of our Message-IDs. */
  mailDomain: string
}

/**
 * Deletes a status and moves its records to another, each with an event of its own. The last status of
 * a group that the system needs stays; one in use needs a replacement.
 *
 * Most records are moved while new ones may still get the status; only the last few, that came
 * meanwhile, when none can: captures wait for a moment, however many records there are.
 */
export async function removeStatus<Group extends StatusGroup | SaleStatusGroup>(
  tx: Transaction,
  kind: StatusKind<Group>,
  command: StatusDeletion
): Promise<{ moved: number } | Refusal> {
  const { principal, now, mailDomain, statusId, replacementId } = command
  const status = expected(command, await kind.records.lock(tx, statusId, 'light'), kind.noun)
  if (isRefusal(status)) return status
  if (await isLastOfNeededGroup(tx, kind, status)) return { refusal: 'last-status-of-group' }
  let moved = 0
  if (replacementId === null) {
    await kind.records.lock(tx, statusId)
    const uses = await kind.countUses(tx, statusId)
    if (uses > 0) return kind.inUse(uses)
  } else {
    const isOther = replacementId !== statusId
    const to = isOther ? await kind.records.lock(tx, replacementId, 'target') : null
    if (!to) return invalid('/replacementId', kind.unknown)
    const move = { from: status, to, actor: actorOf(principal), now, mailDomain }
    const early = await kind.moveAll(tx, move)
    if (isRefusal(early)) return early
    await kind.records.lock(tx, statusId)
    const late = await kind.moveAll(tx, move)
    if (isRefusal(late)) return late
    moved = early + late
  }
  await kind.records.delete(tx, statusId)
  const { name, group } = status
  const data = { name, group, replacementId, [kind.movedCount]: moved }
  await record(tx, command, kind.subject, { happened: 'deleted', id: statusId, data })
  return { moved }
}

async function isLastOfNeededGroup<Group extends StatusGroup | SaleStatusGroup>(
  tx: Transaction,
  { neededGroups, records }: StatusKind<Group>,
  status: NamedStatus<Group>
): Promise<boolean> {
  return neededGroups.includes(status.group) && !(await records.hasOtherInGroup(tx, status))
}

async function record(
  tx: Transaction,
  { principal, now }: Command,
  subject: 'status' | 'sale_status',
  change: { happened: 'created' | 'updated' | 'deleted'; id: string; data: Record<string, unknown> }
): Promise<void> {
  const { happened, id, data } = change
  await recordEvents(tx, actorOf(principal), now, [
    { type: `${subject}.${happened}`, subject: { type: subject, id }, data }
  ])
}
