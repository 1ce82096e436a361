import { Type } from '@fastify/type-provider-typebox'

/** Any JSON: what a field holds is another thing for each. */
export const jsonValue = (description: string) => Type.Unsafe<unknown>({ description })

/** The value of a client's field: e-mails and phones as texts, anything else as it is kept. */
export function plainValue(field: string, value: unknown): unknown {
  if (field === 'contact.emails') return (value as { address: string }[]).map((e) => e.address)
  if (field === 'contact.phones') return (value as { number: string }[]).map((p) => p.number)
  return value ?? null
}
