import type { ConsentOrigin, ConsentRecord } from './consent.ts'

/**
 * What holds on a record of statements, and what has to be written so that it does. A statement for
 * all channels covers each of them; of those that cover a channel the latest holds.
 */

/** A statement, as far as it matters for what holds. */
export type LedgerEntry = Pick<
  ConsentRecord,
  | 'id'
  | 'purpose'
  | 'channel'
  | 'granted'
  | 'origin'
  | 'leadId'
  | 'operationId'
  | 'effectiveAt'
  | 'voidFrom'
>

const JOINING: readonly ConsentOrigin[] = ['conversion', 'link', 'merge']

/** The stance on one purpose: on the channels that were named since, and on all others. */
interface Standing<Entry> {
  others: Held<Entry> | null
  channels: Map<string, Held<Entry>>
}

interface Held<Entry> {
  entry: Entry
  /** The statement that would have widened it by joining. */
  narrowed: Entry | null
}

/** The statements that hold at a moment, in the order in which they came to the record. */
export function stancesAt<Entry extends LedgerEntry>(entries: readonly Entry[], at: Date): Entry[] {
  const standings = new Map<string, Standing<Entry>>()
  for (const entry of inForce(entries, at)) put(standings, entry)
  return [...standings.values()].flatMap(entriesOf).toSorted(byTime)
}

/** The stance on a channel (null: on any), or null: nothing was stated. */
export function stanceOn<Entry extends LedgerEntry>(
  stances: readonly Entry[],
  purpose: string,
  channel: string | null
): Entry | null {
  const named = (wanted: string | null) =>
    stances.find((stance) => stance.purpose === purpose && stance.channel === wanted)
  return named(channel) ?? named(null) ?? null
}

/**
 * The statements in effect at a moment, ignoring corrections: to be stated on another record,
 * channel by channel.
 */
export function originsAt<Entry extends LedgerEntry>(
  entries: readonly Entry[],
  at: Date
): { source: Entry; channel: string | null }[] {
  const said = inForce(entries, at).filter(({ origin }) => origin !== 'narrowed')
  return [...joinInTurn(said).values()].flatMap(({ others, channels }) => [
    ...(others ? [{ source: others.entry, channel: null }] : []),
    ...[...channels].map(([channel, { entry: source }]) => ({ source, channel }))
  ])
}

/** A statement to be written over again, so that it holds for its channel. */
export interface Restatement<Entry> {
  source: Entry
  channel: string | null
  /** Whose joining made it necessary. */
  leadId: string | null
  operationId: string | null
}

/** The statements a record lacks for the stricter of all joined records to hold. */
interface Correction<Entry> {
  voided: Entry[]
  restated: Restatement<Entry>[]
}

/**
 * Compares what the record says at a moment with what it is to say: every statement in its order, and
 * wherever a lead or another client joined, what was refused before stays refused. Where they differ,
 * earlier corrections go, and what holds is stated over again.
 */
export function correctLedger<Entry extends LedgerEntry>(
  entries: readonly Entry[],
  at: Date
): Correction<Entry> {
  const held = inForce(entries, at)
  const said = held.filter(({ origin }) => origin !== 'narrowed')
  const wanted = joinInTurn(said)
  const correction: Correction<Entry> = { voided: [], restated: [] }
  for (const [purpose, right] of wanted) {
    const ofPurpose = held.filter((entry) => entry.purpose === purpose)
    if (agree(standingOf(ofPurpose), right)) continue
    correction.voided.push(...ofPurpose.filter(({ origin }) => origin === 'narrowed'))
    const plain = standingOf(said.filter((entry) => entry.purpose === purpose))
    correction.restated.push(...restate(plain, right))
  }
  // A purpose of which only corrections are left: what they corrected was taken away.
  const orphans = held.filter(({ purpose }) => !wanted.has(purpose))
  return { ...correction, voided: [...correction.voided, ...orphans] }
}

/**
 * What has to be stated over again so that statements that were taken away hold as if they never had
 * been: they, and what was said of the same purposes after them, in the old order.
 */
export function restoreToLedger<Entry extends LedgerEntry>(
  entries: readonly Entry[],
  restored: readonly Entry[]
): { voided: Entry[]; restated: Entry[] } {
  const firstOf = new Map<string, Entry>()
  for (const entry of restored.toSorted(byTime).toReversed()) firstOf.set(entry.purpose, entry)
  const later = entries.filter((entry) => {
    const first = firstOf.get(entry.purpose)
    return entry.origin !== 'narrowed' && first !== undefined && byTime(first, entry) < 0
  })
  return { voided: later, restated: [...later, ...restored].toSorted(byTime) }
}

/** By the moment, then by id: the order in which statements came to the record. */
export function byTime(a: LedgerEntry, b: LedgerEntry): number {
  const byMoment = a.effectiveAt.getTime() - b.effectiveAt.getTime()
  if (byMoment !== 0) return byMoment
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

function inForce<Entry extends LedgerEntry>(entries: readonly Entry[], at: Date): Entry[] {
  return entries
    .filter(
      ({ effectiveAt, voidFrom }) => effectiveAt <= at && (voidFrom === null || voidFrom > at)
    )
    .toSorted(byTime)
}

/** Applies statements in their order; those that joined together are weighed together. */
function joinInTurn<Entry extends LedgerEntry>(
  entries: readonly Entry[]
): Map<string, Standing<Entry>> {
  const standings = new Map<string, Standing<Entry>>()
  for (const group of groupsOf(entries)) {
    const purposes = new Set(isJoining(group) ? group.map(({ purpose }) => purpose) : [])
    const before = [...purposes].map((purpose) => {
      const standing = standings.get(purpose)
      return [purpose, standing && copy(standing)] as const
    })
    for (const entry of group) put(standings, entry)
    for (const [purpose, old] of before) {
      const joined = standings.get(purpose)
      if (old && joined) standings.set(purpose, narrower(old, joined))
    }
  }
  return standings
}

/** Single statements, and together those that joined by one operation. */
function groupsOf<Entry extends LedgerEntry>(entries: readonly Entry[]): Entry[][] {
  const groups: Entry[][] = []
  for (const entry of entries) {
    const group = groups.at(-1)
    const first = group?.[0]
    const together =
      group !== undefined &&
      isJoining(group) &&
      first?.origin === entry.origin &&
      first.operationId === entry.operationId
    if (together) group.push(entry)
    else groups.push([entry])
  }
  return groups
}

function isJoining([first]: readonly LedgerEntry[]): boolean {
  return first !== undefined && JOINING.includes(first.origin)
}

/** Cell by cell, what was refused before stays refused. */
function narrower<Entry extends LedgerEntry>(
  before: Standing<Entry>,
  after: Standing<Entry>
): Standing<Entry> {
  const choose = (channel: string | null) => {
    const [old, joined] = [effective(before, channel), effective(after, channel)]
    const widens = old?.entry.granted === false && joined?.entry.granted === true
    return widens ? { entry: old.entry, narrowed: joined.entry } : joined
  }
  const result: Standing<Entry> = { others: choose(null), channels: new Map() }
  for (const channel of new Set([...before.channels.keys(), ...after.channels.keys()])) {
    const chosen = choose(channel)
    if (chosen && chosen.entry !== result.others?.entry) result.channels.set(channel, chosen)
  }
  return result
}

/** The statements to add to `plain` so that each cell is as in `right`. */
function restate<Entry extends LedgerEntry>(
  plain: Standing<Entry>,
  right: Standing<Entry>
): Restatement<Entry>[] {
  const restated: Restatement<Entry>[] = []
  const now = copy(plain)
  for (const channel of cellsOf(plain, right)) {
    const wanted = effective(right, channel)
    if (!wanted || effective(now, channel)?.entry.granted === wanted.entry.granted) continue
    const { leadId, operationId } = wanted.narrowed ?? wanted.entry
    restated.push({ source: wanted.entry, channel, leadId, operationId })
    apply(now, channel, wanted)
  }
  return restated
}

function agree<Entry extends LedgerEntry>(a: Standing<Entry>, b: Standing<Entry>): boolean {
  return cellsOf(a, b).every(
    (channel) => effective(a, channel)?.entry.granted === effective(b, channel)?.entry.granted
  )
}

/** Every channel that is named, after what stands for all the others. */
function cellsOf<Entry>(a: Standing<Entry>, b: Standing<Entry>): (string | null)[] {
  return [null, ...new Set([...a.channels.keys(), ...b.channels.keys()])]
}

function effective<Entry>(standing: Standing<Entry>, channel: string | null): Held<Entry> | null {
  return (channel === null ? undefined : standing.channels.get(channel)) ?? standing.others
}

function standingOf<Entry extends LedgerEntry>(entries: readonly Entry[]): Standing<Entry> {
  const standing: Standing<Entry> = { others: null, channels: new Map() }
  for (const entry of entries) apply(standing, entry.channel, { entry, narrowed: null })
  return standing
}

function put<Entry extends LedgerEntry>(
  standings: Map<string, Standing<Entry>>,
  entry: Entry
): void {
  const standing = standings.get(entry.purpose) ?? { others: null, channels: new Map() }
  apply(standing, entry.channel, { entry, narrowed: null })
  standings.set(entry.purpose, standing)
}

/** A statement for all channels replaces earlier statements for single channels. */
function apply<Entry>(standing: Standing<Entry>, channel: string | null, held: Held<Entry>): void {
  if (channel === null) {
    standing.others = held
    standing.channels.clear()
  } else {
    standing.channels.set(channel, held)
  }
}

function copy<Entry>({ others, channels }: Standing<Entry>): Standing<Entry> {
  return { others, channels: new Map(channels) }
}

function entriesOf<Entry>({ others, channels }: Standing<Entry>): Entry[] {
  return [...(others ? [others] : []), ...channels.values()].map(({ entry }) => entry)
}
