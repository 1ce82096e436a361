import { isWebAddress } from '../domain/fields/custom-field.ts'
import { problems } from './problems.ts'
import type { FieldError } from './problems.ts'
import { TEXT_FORMS } from '../schemas/text-forms.ts'
import { emailKey, readEmail, readPhone } from '../schemas/leads/contact-point.ts'

/** Checks beyond patterns: whether an address, page, zone or currency is valid. */

/** Collects what is wrong, so that one response names it all. */
export class FieldCheck {
  readonly #errors: FieldError[] = []

  /** Throws if anything was found. */
  finish(): void {
    if (this.#errors.length > 0) throw problems.validation(this.#errors)
  }

  fault(pointer: string, message: string): void {
    this.#errors.push({ pointer, message })
  }

  /** The address in the form it is compared in: one account for all spellings. */
  emailKey(pointer: string, text: string): string {
    if (!readEmail(text).valid) this.fault(pointer, 'is not an e-mail address')
    return emailKey(text)
  }

  email<T extends string | null | undefined>(pointer: string, text: T): T {
    if (typeof text !== 'string') return text
    const { address, valid } = readEmail(text)
    if (!valid) this.fault(pointer, 'is not an e-mail address')
    return address as T
  }

  url<T extends string | null | undefined>(pointer: string, text: T): T {
    if (typeof text === 'string' && !isWebAddress(text)) {
      this.fault(pointer, 'is not an http or https address')
    }
    return text
  }

  currency(pointer: string, code: string | undefined): void {
    if (code !== undefined && !TEXT_FORMS.currency.fits(code))
      this.fault(pointer, 'is not a currency')
  }
}

interface AccountFields {
  email?: string | null
  phone?: string | null
  website?: string | null
}

/** A company's e-mail, phone and page as they are kept; refused by name where there are no such. */
export function checkAccountFields<T extends AccountFields>(
  account: T,
  country: string,
  at = ''
): T {
  const { email, phone, website } = account
  const check = new FieldCheck()
  const read = {
    ...account,
    ...(email === undefined ? {} : { email: check.email(`${at}/email`, email) }),
    ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, country) }),
    ...(website === undefined ? {} : { website: check.url(`${at}/website`, website) })
  }
  check.finish()
  return read
}

/** In E.164 where it can be read as a number of this country, else as given; blank is none. */
export function readPhoneNumber<T extends string | null | undefined>(text: T, country: string): T {
  if (typeof text !== 'string') return text
  return (text.trim() === '' ? null : readPhone(text, country).number) as T
}
