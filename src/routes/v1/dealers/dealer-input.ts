import type { Static } from '@fastify/type-provider-typebox'

import type { DealerSettings } from '../../../domain/dealers/dealer.ts'
import type { PatchDealerSchema } from '../../../schemas/dealers/dealer.ts'
import type { FieldCheck } from '../../../http/checked-fields.ts'

type DealerInput = Omit<Static<typeof PatchDealerSchema>, 'settings' | 'address' | 'phone'>

/** The checked members of a dealer; members that were not sent stay out. */
export function checkDealerInput<T extends DealerInput>(check: FieldCheck, input: T): T {
  const { email } = input
  return email === undefined ? input : { ...input, email: check.email('/email', email) }
}

const ADDRESSES = ['leadAddress', 'adfAddress', 'testAddress'] as const

/** Settings as sent, with e-mail addresses in their normal form. */
export function checkSettings<T extends Partial<DealerSettings>>(
  check: FieldCheck,
  settings: T,
  pointer = '/settings'
): T {
  const addresses = ADDRESSES.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, check.email(`${pointer}/${name}`, settings[name])]]
  )
  return { ...settings, ...(Object.fromEntries(addresses) as Partial<DealerSettings>) }
}
