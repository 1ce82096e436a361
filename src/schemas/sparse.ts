import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject, TSchema } from '@fastify/type-provider-typebox'

/** Records of which a request names the members that it wants. */

/** The query parameter of operations that respond with such records. */
export function fieldsQuery(names: readonly string[], example: string) {
  return {
    fields: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1000,
        description:
          'The fields that each record of the response has, separated by commas; `id` is always ' +
          `there. Default: all. There are: ${names.join(', ')}.`,
        examples: [example]
      })
    )
  }
}

/** Whole records don't have it, so that a program and a compiler can tell them apart. */
const isSparse = Type.Literal(true, {
  description: 'Always there with `fields`, and only then.'
})

/** The schema of a record with some of its members. Its name begins with `Sparse`. */
export function sparseOf(record: TObject, id: `Sparse${string}`) {
  const { id: own, ...others } = record.properties
  if (!own) throw new TypeError('a record has an id')
  return Type.Object(
    { id: own, isSparse, ...Type.Partial(Type.Object(others)).properties },
    {
      $id: id,
      additionalProperties: false,
      description: 'With `fields`: only the fields that it names.'
    }
  )
}

/** A page of such records, with the other members of a whole page. */
export function sparsePageOf(page: TObject, record: TSchema, id: `Sparse${string}`) {
  const { $id = '' } = record as { $id?: string }
  return Type.Object(
    { ...page.properties, isSparse, data: Type.Array(Type.Unsafe<object>({ $ref: `${$id}#` })) },
    { $id: id, additionalProperties: false }
  )
}

/** A response that is whole, or sparse where the request has `fields`. To TypeScript it is whole. */
export function wholeOrSparse<Whole extends TSchema>(
  whole: Whole,
  sparse: TSchema,
  description: string
) {
  const [one, other] = [whole, sparse].map((schema) => ({
    $ref: `${(schema as { $id?: string }).$id ?? ''}#`
  }))
  return Type.Unsafe<Static<Whole>>({ anyOf: [one, other], description })
}

interface Reference {
  $ref: string
}

/** Both forms of a response that may be sparse; null: it is always whole. */
export function formsOf(schema: unknown): { whole: Reference; sparse: Reference } | null {
  const { anyOf = [] } = schema as { anyOf?: Partial<Reference>[] }
  const [whole, sparse] = anyOf.map(({ $ref }) => $ref)
  if (anyOf.length !== 2 || !whole || sparse?.startsWith('Sparse') !== true) return null
  return { whole: { $ref: whole }, sparse: { $ref: sparse } }
}
