import type { Test } from 'tap'

import { bringList } from '../imports/uploaded-list.ts'
import type { Lead } from '../imports/uploaded-list.ts'
import type { TestApp, TestDealer } from './app.ts'
import { must, only } from './must.ts'
import { postAdf } from './leads.ts'

/** A person with a request, in the words of a sender. What is left out was not sent. */
export interface GivenLead {
  name?: string
  email?: string
  phone?: string
  city?: string
  country?: string
  sentAt?: string
  condition?: string
  make?: string
  message?: string
}

export const PATHS = ['json', 'form', 'adf', 'list'] as const
export type Path = (typeof PATHS)[number]

/** A lead as stored, and the codes of what was told of it. */
export interface Stored {
  lead: Pick<Lead, 'id' | 'displayName' | 'quarantined' | 'contact' | 'submittedAt' | 'vehicles'>
  told: string[]
}

/** Sends each lead by JSON, as a form, as a document and as a row of one list, and reads what is stored. */
export async function sendByPaths(
  t: Test,
  app: TestApp,
  dealer: TestDealer,
  all: readonly GivenLead[]
): Promise<Record<Path, Stored>[]> {
  const file = ['Name,E-mail,Phone,City,Country,Sent at,Condition,Make,Message', ...all.map(rowOf)]
  const { leads, problems } = await bringList(t, app, dealer, file.join('\n'))
  t.equal(leads.length, all.length, 'each row is a lead')
  const stored: Record<Path, Stored>[] = []
  for (const [index, given] of all.entries()) {
    const title = JSON.stringify(given)
    const json = await dealer.admin('POST', '/v1/leads', jsonOf(given))
    t.equal(json.status, 201, title)
    const form = await dealer.admin('POST', '/v1/leads', formOf(given), FORM)
    t.equal(form.status, 201, title)
    const adf = await postAdf(dealer.admin, documentOf(given), '?source=portal')
    t.equal(adf.status, 201, title)
    const listed = must(leads[index])
    const own = codesOf(listed.unmapped)
    // A repair is told in the lead, and with its row.
    const warned = problems.flatMap(({ row, code }) =>
      row === index + 1 && !own.includes(code) ? [code] : []
    )
    stored.push({
      json: { lead: json.body, told: codesOf(json.body.warnings) },
      form: { lead: form.body, told: codesOf(form.body.warnings) },
      adf: { lead: only(adf.body.data), told: codesOf(only(adf.body.data).warnings) },
      list: { lead: listed, told: [...own, ...warned].toSorted() }
    })
  }
  return stored
}

function codesOf(warnings: readonly { code?: string }[]): string[] {
  return warnings.flatMap(({ code }) => code ?? []).toSorted()
}

function jsonOf({ name, email, phone, city, country, message, ...rest }: GivenLead) {
  const { sentAt, condition, make } = rest
  return {
    source: 'website',
    submittedAt: sentAt,
    contact: { fullName: name, email, phone, address: { city, country } },
    vehicles: [{ condition, make }],
    message
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Another source than that of JSON: the same content from one source is a double click. */
function formOf({ condition, make, country, sentAt, ...fields }: GivenLead): object {
  const named = {
    source: 'walk-in',
    ...fields,
    ...(country !== undefined && { country }),
    ...(condition !== undefined && { condition }),
    ...(make !== undefined && { make }),
    ...(sentAt !== undefined && { submittedAt: sentAt })
  }
  // The caller sends a text as it is.
  return new URLSearchParams(named).toString() as unknown as object
}

function documentOf({ name, email, phone, city, country, ...rest }: GivenLead): string {
  const { sentAt, condition, make, message } = rest
  const status = condition === undefined ? '' : ` status="${escaped(condition)}"`
  const person =
    element('name', name, ' part="full"') + element('email', email) + element('phone', phone)
  const address = `<address>${element('city', city)}${element('country', country)}</address>`
  return `<adf><prospect>${element('requestdate', sentAt)}
    <vehicle${status}>${element('make', make)}</vehicle>
    <customer><contact>${person}${address}</contact>${element('comments', message)}</customer></prospect></adf>`
}

function element(name: string, text: string | undefined, attributes = ''): string {
  return text === undefined ? '' : `<${name}${attributes}>${escaped(text)}</${name}>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function rowOf({ name, email, phone, city, country, message, ...rest }: GivenLead): string {
  const { sentAt, condition, make } = rest
  return [name, email, phone, city, country, sentAt, condition, make, message]
    .map((text = '') => `"${text.replaceAll('"', '""')}"`)
    .join(',')
}
