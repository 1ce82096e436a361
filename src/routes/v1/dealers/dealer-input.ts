import type { Static } from '@fastify/type-provider-typebox'

import type { DealerSettings } from '../../../domain/dealers/dealer.ts'
import type { PatchDealerSchema } from '../../../schemas/dealers/dealer.ts'
import type { FieldCheck } from '../../../http/checked-fields.ts'

type Words = Omit<Static<typeof PatchDealerSchema>, 'settings' | 'address' | 'phone'>

/** What a dealer says of itself, checked; members that were not sent stay out. */
export function checkDealerWords<T extends Words>(check: FieldCheck, words: T): T {
  check.timeZone('/timeZone', words.timeZone)
  check.country('/country', words.country)
  check.currency('/currency', words.currency)
  check.url('/url', words.url)
  const { email } = words
  return email === undefined ? words : { ...words, email: check.email('/email', email) }
}

const ADDRESSES = ['leadAddress', 'adfAddress', 'testAddress'] as const

const PAGES = ['landingPage', 'invitationPage', 'promoterPage'] as const

/** Settings as sent, with e-mail addresses in their normal form. */
export function checkSettings<T extends Partial<DealerSettings>>(
  check: FieldCheck,
  settings: T,
  pointer = '/settings'
): T {
  for (const name of PAGES) check.url(`${pointer}/${name}`, settings[name])
  const addresses = ADDRESSES.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, check.email(`${pointer}/${name}`, settings[name])]]
  )
  return { ...settings, ...(Object.fromEntries(addresses) as Partial<DealerSettings>) }
}
