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
          'The members that each record of the response has, separated by commas; `id` is always ' +
          `there. Default: all. There are: ${names.join(', ')}.`,
        examples: [example]
      })
    )
  }
}

/** The schema of a record with some of its members. Its name begins with `Sparse`. */
export function sparseOf(record: TObject, id: `Sparse${string}`) {
  const { id: own, ...others } = record.properties
  if (!own) throw new TypeError('a record has an id')
  return Type.Object(
    { id: own, ...Type.Partial(Type.Object(others)).properties },
    {
      $id: id,
      additionalProperties: false,
      description: 'With `fields`: only the members that it names.'
    }
  )
}

/** A page of such records, with the other members of a whole page. */
export function sparsePageOf(page: TObject, record: TSchema, id: `Sparse${string}`) {
  const { $id = '' } = record as { $id?: string }
  return Type.Object(
    { ...page.properties, data: Type.Array(Type.Unsafe<object>({ $ref: `${$id}#` })) },
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

/** The whole form of a response that may be sparse, or null: it is never. */
export function wholeOf(schema: unknown): object | null {
  const { anyOf } = schema as { anyOf?: { $ref?: string }[] }
  return anyOf?.length === 2 && anyOf[1]?.$ref?.startsWith('Sparse') === true
    ? (anyOf[0] ?? null)
    : null
}
