import { readRow } from '../../src/domain/imports/read-row.ts'
import { planRows } from '../../src/domain/imports/row-plan.ts'
import type { Contact, UnmappedValue } from '../../src/domain/leads/lead.ts'
import { adf } from '../../src/inbound/adf.ts'
import { rowParsers } from '../../src/schemas/imports/row-parsers.ts'
import { readContact } from '../../src/schemas/leads/contact.ts'

/** How a dealer of this country reads people. */
const dealerOf = (country: string) => ({
  country,
  currency: 'EUR',
  locale: 'en' as const,
  timeZone: 'Europe/Warsaw'
})

const planOf = (country: string) =>
  planRows(
    {
      target: 'leads',
      columns: ['name', 'email', 'phone'].map((name) => ({ name, dates: null })),
      settings: {
        dateOrder: 'auto',
        mapping: [
          { column: 'name', field: 'contact.fullName' },
          { column: 'email', field: 'contact.email' },
          { column: 'phone', field: 'contact.phone' }
        ]
      }
    },
    { definitions: [], parsers: rowParsers(dealerOf(country)) }
  )

export type Given = readonly [name: string, email: string, phone: string]

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

type Read = (given: Given) => { contact: Contact; codes: string[] }

const codesOf = (repairs: readonly UnmappedValue[]) =>
  repairs.flatMap(({ code }) => code ?? []).toSorted()

/** A person as JSON, ADF and a list give it to a dealer of `country`, each as its reader reads it. */
export function contactPaths(country: string): { json: Read; adf: Read; list: Read } {
  const plan = planOf(country)
  return {
    json: ([fullName, email, phone]) => {
      const { contact, repairs } = readContact({ fullName, email, phone }, country)
      return { contact, codes: codesOf(repairs) }
    },
    adf: ([name, email, phone]) => {
      const person = `<name part="full">${escaped(name)}</name><email>${escaped(email)}</email><phone>${escaped(phone)}</phone>`
      const text = `<adf><prospect><customer><contact>${person}</contact></customer></prospect></adf>`
      const parsed = adf.parse(
        adf.decode(Buffer.from(text), 'utf-8', dealerOf(country)),
        dealerOf(country)
      )
      const content = 'fault' in parsed ? undefined : parsed.contents[0]
      if (!content) throw new Error(`unread: ${text}`)
      return { contact: content.contact, codes: codesOf(content.unmapped) }
    },
    list: (given) => {
      const { content } = readRow(plan, {
        number: 1,
        line: 2,
        cells: [...given],
        fault: null,
        repair: null
      })
      return { contact: content.contact, codes: codesOf(content.unmapped) }
    }
  }
}
