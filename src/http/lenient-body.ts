import type { TSchema } from '@fastify/type-provider-typebox'
import type { ErrorObject } from 'ajv'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

import type { UnmappedValue } from '../domain/leads/lead.ts'
import { firstUnmapped } from '../domain/leads/unmapped.ts'
import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import { sharedSchemas } from '../schemas/all.ts'
import { hasPlace } from '../schemas/lenient/has-place.ts'
import { planOf } from '../schemas/lenient/input-plan.ts'
import type { ObjectPlan } from '../schemas/lenient/input-plan.ts'
import { isObject } from '../schemas/lenient/is-object.ts'
import { InputReader } from '../schemas/lenient/read-input.ts'
import { findOptional, takeOut } from '../schemas/lenient/take-out.ts'
import type { Optional } from '../schemas/lenient/take-out.ts'
import { ref } from '../schemas/shared.ts'
import { problems } from './problems.ts'
import type { FieldError } from './problems.ts'
import { describeErrors, isFault, unknownMemberOf } from './validation.ts'

/** A body that fits its schema, with the values that it does not hold; or its faults. */
type LenientResult<Body> =
  | { body: Body; unmapped: UnmappedValue[]; sentAt: ReadonlyMap<string, string> }
  | { faults: FieldError[]; hasUnknownMembers: boolean }

/** A body with more wrong values at once is no lead of a person, and is refused: each takes time. */
const MAX_WRONG = 2_000

/** One round for wrong values, and one for each level of what is incomplete without them. */
const MAX_ROUNDS = 6

type Validate = ((data: unknown) => unknown) & { errors?: ErrorObject[] | null }

/** The parsed body, which is an object; throws a problem where it is none. */
export function bodyObject(body: unknown): Record<string, unknown> {
  if (body === undefined) throw problems.badRequest('The request needs a body.')
  if (!isObject(body)) throw problems.validation([{ pointer: '', message: 'must be object' }])
  return body
}

/**
 * Reads the bodies of captures, whose optional values are no reason to lose a lead: one that can't be
 * read is taken out and returned in `unmapped`. Unknown fields and wrong required values are faults;
 * `required` names members of the body that are no part of the lead, and so count as required.
 */
export class LenientBody<Body> {
  readonly #plan: ObjectPlan
  readonly #validate: Validate
  readonly #required: ReadonlySet<string>
  /** For the route: Fastify checks all parts of a request but this body. */
  readonly validatorCompiler: FastifySchemaCompiler<object>

  constructor(app: FastifyInstance, schema: TSchema, required: readonly string[] = []) {
    const compile = app.validatorCompiler
    if (!compile) throw new TypeError('the app has no validator compiler')
    const part = { method: 'POST', url: '/', httpPart: 'body', schema: ref(schema) }
    const plan = planOf(schema, sharedSchemas)
    if (plan.kind !== 'object') throw new TypeError('a lenient body is an object')
    this.#plan = plan
    this.#validate = compile(part)
    this.#required = new Set(required)
    this.validatorCompiler = (route) =>
      route.httpPart === 'body' ? () => true : compile({ ...route, schema: route.schema })
  }

  /** Whether a body has a value at this place: names of members, and indexes of items. */
  hasPlace(parts: readonly string[]): boolean {
    return hasPlace(this.#plan, parts)
  }

  /** Reads a parsed body by the settings of the dealer. `isOpen`: unknown members are kept too. */
  read(input: unknown, dealer: ReadingDealer, isOpen: boolean): LenientResult<Body> {
    const reader = new InputReader(dealer)
    const body = reader.read(this.#plan, input) ?? null
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (this.#isValid(body)) {
        return { body, unmapped: firstUnmapped(reader.unmapped, ''), sentAt: reader.sentAt }
      }
      const errors = (this.#validate.errors ?? []).filter(isFault)
      if (errors.length > MAX_WRONG) return refuse(errors)
      const found = errors.map((error) => this.#findOptional(reader, { body, error, isOpen }))
      const refused = errors.filter((_, index) => found[index] === null)
      if (refused.length > 0) return refuse(refused)
      takeOut(
        reader,
        found.filter((value) => value !== null)
      )
    }
    return refuse(this.#validate.errors ?? [])
  }

  #isValid(body: unknown): body is Body {
    return this.#validate(body) === true
  }

  #findOptional(
    reader: InputReader,
    { body, error, isOpen }: { body: unknown; error: ErrorObject; isOpen: boolean }
  ): Optional | null {
    const unknown = unknownMemberOf(error)
    if (unknown !== null && !isOpen) return null
    const path = error.instancePath + (unknown === null ? '' : `/${escapePointer(unknown)}`)
    const isRequired = (name: string) => this.#required.has(name)
    const value = findOptional(reader, { plan: this.#plan, body, path }, isRequired)
    return value && { ...value, code: codeOf(error) }
  }
}

function codeOf(error: ErrorObject): Optional['code'] {
  if (unknownMemberOf(error) !== null) return 'unknown_member'
  return error.keyword === 'required' ? 'incomplete_value' : 'unreadable_value'
}

function refuse(errors: readonly ErrorObject[]): LenientResult<never> {
  return {
    faults: describeErrors(errors),
    hasUnknownMembers: errors.some((error) => unknownMemberOf(error) !== null)
  }
}
