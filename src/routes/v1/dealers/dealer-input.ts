import type { Static } from '@fastify/type-provider-typebox'

import type { DealerSettings } from '../../../domain/dealers/dealer.ts'
import type { PatchDealerSchema } from '../../../schemas/dealers/dealer.ts'
import type { FieldCheck } from '../../../http/checked-fields.ts'
import { isOrigin } from '../../../http/web-origins.ts'

type DealerInput = Omit<Static<typeof PatchDealerSchema>, 'settings' | 'address' | 'phone'>

/** The checked members of a dealer; members that were not sent stay out. */
export function checkDealerInput<T extends DealerInput>(check: FieldCheck, input: T): T {
  check.timeZone('/timeZone', input.timeZone)
  check.country('/country', input.country)
  check.currency('/currency', input.currency)
  check.url('/url', input.url)
  const { email } = input
  return email === undefined ? input : { ...input, email: check.email('/email', email) }
}

const ADDRESSES = ['leadAddress', 'adfAddress', 'testAddress'] as const

const PAGES = ['landingPage', 'invitationPage', 'promoterPage'] as const

const ORIGINS = ['webOrigins', 'apiOrigins'] as const
const SCREENS = ['leadUrl', 'clientUrl'] as const

const FORM_PAGES = ['formThanksUrl', 'formErrorUrl'] as const

/** Settings as sent, with e-mail addresses in their normal form. */
export function checkSettings<T extends Partial<DealerSettings>>(
  check: FieldCheck,
  settings: T,
  pointer = '/settings'
): T {
  for (const name of PAGES) checkPage(check, `${pointer}/${name}`, settings[name])
  for (const name of ORIGINS) {
    settings[name]?.forEach((origin, index) => {
      if (!isOrigin(origin)) check.fault(`${pointer}/${name}/${index}`, 'is not an origin')
    })
  }
  for (const name of SCREENS) checkScreen(check, `${pointer}/${name}`, settings[name])
  for (const name of FORM_PAGES) check.secureUrl(`${pointer}/${name}`, settings[name])
  const addresses = ADDRESSES.flatMap((name) =>
    settings[name] === undefined ? [] : [[name, check.email(`${pointer}/${name}`, settings[name])]]
  )
  return { ...settings, ...(Object.fromEntries(addresses) as Partial<DealerSettings>) }
}

/** An address to which a parameter is added: nothing in it is replaced. */
function checkPage(check: FieldCheck, pointer: string, url: string | null | undefined): void {
  check.url(pointer, url)
  const isTemplate = /[{}]/.test(url ?? '')
  if (isTemplate) check.fault(pointer, 'must have no placeholder: a parameter is added')
}

/** An address with `{id}` where the id goes: past the host, so that it can't lead to another. */
function checkScreen(check: FieldCheck, pointer: string, url: string | null | undefined): void {
  check.url(pointer, url?.replaceAll('{id}', '0'))
  if (url === null || url === undefined) return
  const [host = '', ...rest] = url.replace(/^https?:\/\//i, '').split('/')
  const isNamed = !host.includes('{') && rest.join('/').includes('{id}')
  if (!isNamed) check.fault(pointer, 'must have {id} after the host')
}
