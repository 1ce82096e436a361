import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { TEXT_REASON } from '../../domain/leads/lead-count.ts'
import { NAMED_NOUNS, idsNamedBy } from '../../domain/named.ts'
import type { NamedNoun, NamedRecord } from '../../domain/named.ts'
import { isId } from '../../ids.ts'
import { findNamed, listNamedWords } from '../../repositories/named-records.ts'
import { placesIn, slotsOf } from '../named-places.ts'
import type { NamedPlace, Slot } from '../named-places.ts'
import { problems } from '../problems.ts'
import type { FieldError } from '../problems.ts'
import { knownWord, storedNames } from '../shown-words.ts'
import { unknownWord } from '../query-words.ts'
import { pointerIn } from '../request-parts.ts'
import { findUnstorableText } from '../validation.ts'
import { tenantOf } from './authentication.ts'
import { toProblem } from './problem-details.ts'

/** Replaces the words that a request names records by with ids, before its route reads it; refuses what is wrong in the request. */
export const namedRecords = fp(
  async (app: FastifyInstance, { db }: { db: Database }) => {
    app.addHook('onRoute', (route) => {
      const query = placesIn(route.schema?.querystring)
      const body = placesIn(route.schema?.body)
      if (query.length + body.length === 0) return
      const own = [route.preHandler ?? []].flat()
      // What names no record is told together with what has a wrong form.
      route.attachValidation = true
      route.preHandler = [
        async (request) => {
          await nameRecords(db, request, { query, body })
        },
        ...own
      ]
    })
  },
  { name: 'named-records', dependencies: ['authentication'] }
)

async function nameRecords(
  db: Database,
  request: FastifyRequest,
  places: Record<'query' | 'body', readonly NamedPlace[]>
): Promise<void> {
  const slots = [
    ...places.query.flatMap((place) => slotsOf('querystring', request.query, place)),
    ...places.body.flatMap((place) => slotsOf('body', request.body, place))
  ]
  const empty = slots.filter(({ words }) => words.every((word) => word === ''))
  const said = slots.filter((slot) => !empty.includes(slot))
  const faults = [
    ...empty.map((slot) => ({ pointer: pointerOf(slot), message: 'must not be blank' })),
    ...said.flatMap(fillWithWords)
  ]
  const named = said.filter((slot) => slot.noun !== undefined && !isSettled(slot))
  if (named.length > 0) {
    const principal = tenantOf(request)
    const found = await db.read(principal.dealerId, async (tx) => {
      const all: FieldError[] = []
      for (const noun of NAMED_NOUNS) {
        const ofNoun = named.filter((slot) => slot.noun === noun)
        if (ofNoun.length > 0) all.push(...(await fillWithIds(tx, principal, noun, ofNoun)))
      }
      return all
    })
    faults.push(...found)
  }
  const refusal = refuse(request, faults)
  if (refusal) throw refusal
}

/** The faults of form, which Fastify has found, with those of names. */
function refuse({ validationError }: FastifyRequest, faults: readonly FieldError[]): Error | null {
  if (!validationError) return faults.length === 0 ? null : problems.validation([...faults])
  const { type, extras } = toProblem(validationError)
  if (type !== 'validation-failed' || faults.length === 0) return validationError
  const errors = extras.errors ?? []
  const known = new Set(errors.map(({ pointer }) => pointer))
  return problems.validation([...errors, ...faults.filter(({ pointer }) => !known.has(pointer))])
}

/** One id is looked up by the route; which promoters there are is not told. */
function isSettled(slot: Slot): boolean {
  const isKnownElsewhere = !slot.several || slot.noun === 'promoter'
  if (!isKnownElsewhere || !slot.words.every(isId)) return false
  slot.fill(slot.words)
  return true
}

function fillWithWords(slot: Slot): FieldError[] {
  const { known, words } = slot
  if (known === undefined) return []
  const unknown = words.find((word) => knownWord(word, known) === undefined)
  if (unknown !== undefined) return [unknownWord(pointerOf(slot), unknown, known)]
  const meant = words.map((word) => knownWord(word, known))
  slot.fill(known.filter((word) => meant.includes(word)))
  return []
}

async function fillWithIds(
  tx: Transaction,
  principal: TenantPrincipal,
  noun: NamedNoun,
  slots: readonly Slot[]
): Promise<FieldError[]> {
  const asked = slots.flatMap(({ text, words }) => [text.trim(), ...words])
  const stored = asked.flatMap((word) => [...storedNames(noun, word)])
  const found = await findNamed(tx, principal, noun, [...asked, ...stored].filter(isStorable))
  const faults: FieldError[] = []
  for (const slot of slots) {
    // A filter takes leads without a reason of the list; a lead is given none of that name.
    const records = slot.several ? found : found.filter(({ id }) => id !== TEXT_REASON)
    // A name may have a comma.
    const idsOf = (word: string) => idsShownAs(noun, word, records)
    const whole = idsOf(slot.text.trim())
    const words = whole.length > 0 ? [slot.text.trim()] : slot.words
    const ids = words.map(idsOf)
    const unknown = words.find((_, index) => ids[index]?.length === 0)
    if (unknown !== undefined)
      faults.push(await refuseUnknown(tx, principal, { noun, slot, word: unknown }))
    else if (!slot.several && ids.flat().length > 1) faults.push(refuseSeveral(slot))
    else slot.fill([...new Set(ids.flat())])
  }
  return faults
}

/** By the dealer's own word; where there is none, by the one that readers see for what came with the service. */
function idsShownAs(noun: NamedNoun, word: string, records: readonly NamedRecord[]): string[] {
  const own = idsNamedBy(word, records)
  if (own.length > 0) return own
  return [...storedNames(noun, word)].flatMap((name) => idsNamedBy(name, records))
}

function isStorable(word: string): boolean {
  return findUnstorableText(word).length === 0
}

/** Which promoters there are is not told: not all see all of them. */
const UNKNOWN_PROMOTER =
  'names no promoter; give an id, a name, an e-mail address or the code of a referral link'

/** Nouns of two words, as people write them. */
const NOUNS: Partial<Record<NamedNoun, string>> = {
  saleStatus: 'sale status',
  statusReason: 'status reason'
}

const NO_USER = 'names no user: an API key is not a user. Give an id, an e-mail address or a name'

async function refuseUnknown(
  tx: Transaction,
  principal: TenantPrincipal,
  { noun, slot, word }: { noun: NamedNoun; slot: Slot; word: string }
): Promise<FieldError> {
  const pointer = pointerOf(slot)
  if (noun === 'promoter') return { pointer, message: UNKNOWN_PROMOTER }
  const isKey = noun === 'user' && principal.kind === 'key'
  if (isKey && word.toLowerCase() === 'me') return { pointer, message: NO_USER }
  const known = await listNamedWords(tx, noun)
  const me = noun === 'user' && !isKey ? ['me'] : []
  return unknownWord(pointer, word, [...me, ...known], NOUNS[noun] ?? noun)
}

function refuseSeveral(slot: Slot): FieldError {
  return { pointer: pointerOf(slot), message: 'names several records; give an id' }
}

function pointerOf({ part, pointer }: Slot): string {
  return pointerIn(part, pointer)
}
