import type { TSchema } from '@fastify/type-provider-typebox'
import { isSupportedCountry } from 'libphonenumber-js/max'

import { isWebAddress } from '../domain/fields/custom-field.ts'
import { readEmail } from './leads/contact-point.ts'

interface FormOfText {
  fits: (text: string) => boolean
  /** The end of a sentence that begins with where the text is. */
  message: string
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

/** Forms of text that no pattern tells: they are checked with the schema, so that one response names all faults. */
export const TEXT_FORMS = {
  email: { fits: (text) => readEmail(text).valid, message: 'is not an e-mail address' },
  'web-address': { fits: isWebAddress, message: 'is not an http or https address' },
  'https-address': {
    fits: (text) => isWebAddress(text) && /^https:/i.test(text),
    message: 'is not an https address'
  },
  page: {
    fits: (text) => isWebAddress(text) && !/[{}]/.test(text),
    message: 'is not an http or https address without a placeholder: a parameter is added'
  },
  screen: {
    fits: isScreen,
    message: 'is not an http or https address with {id} after the host'
  },
  origin: { fits: isOrigin, message: 'is not an origin' },
  'time-zone': { fits: isTimeZone, message: 'is not an IANA time zone' },
  country: { fits: (text) => isSupportedCountry(text), message: 'is not a country' },
  currency: { fits: (text) => CURRENCIES.has(text), message: 'is not a currency' }
} as const satisfies Record<string, FormOfText>
export type TextForm = keyof typeof TEXT_FORMS

/** A schema of text that must have this form. */
export function formed<T extends TSchema>(schema: T, form: TextForm): T {
  return { ...schema, [TEXT_FORM]: form }
}

/** The keyword of schemas. */
export const TEXT_FORM = 'x-text-form'

/** Whether a text is an origin as browsers send it: `https://www.dealer.example`, with no path. */
function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

/** An address with `{id}` where the id goes: past the host, so that it can't lead to another. */
function isScreen(text: string): boolean {
  const [host = '', ...rest] = text.replace(/^https?:\/\//i, '').split('/')
  const isNamed = !host.includes('{') && rest.join('/').includes('{id}')
  return isNamed && isWebAddress(text.replaceAll('{id}', '0'))
}

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are read too by newer engines, but know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
