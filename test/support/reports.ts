import type { Test } from 'tap'

import type { LeadPage } from './contract-types.ts'
import type { BodyOf, Caller } from './response.ts'

/** How many leads a list has: all of its pages. */
export async function countListed(call: Caller, url: string): Promise<number> {
  const response = await call('GET', `${url}&limit=200`)
  if (response.status !== 200) throw new Error(`${url} is ${response.status}: ${response.text}`)
  // Each report has a list of its own; all are pages of leads.
  const { data, nextCursor }: LeadPage = response.body
  if (nextCursor !== null) throw new Error(`${url} has a second page`)
  return data.length
}

/** Each number is that of its list: numbers by what to add to the address of the row's leads. */
export async function checkLists(
  t: Test,
  call: Caller,
  { leads }: { leads: string },
  numbers: Record<string, number>
): Promise<void> {
  for (const [words, number] of Object.entries(numbers)) {
    t.equal(await countListed(call, leads + words), number, leads + words)
  }
}

/** Checks a report in all of its forms, and returns its JSON and the lines of its CSV. */
export async function readForms<const U extends string>(
  t: Test,
  call: Caller,
  url: U
): Promise<{ report: BodyOf<'GET', U>; csv: string[] }> {
  const json = await call('GET', url)
  t.equal(json.status, 200, url)
  const csv = await call('GET', url, undefined, { accept: 'text/csv' })
  t.equal(csv.status, 200)
  const lines = csv.text.trimEnd().split('\r\n')
  const ndjson = await call('GET', url, undefined, { accept: 'application/x-ndjson' })
  t.equal(ndjson.text.split('\n').length, lines.length, 'a row is a line in both')
  const svg = await call('GET', url, undefined, { accept: 'image/svg+xml' })
  t.match(svg.text, /^<svg/)
  return { report: json.body, csv: lines }
}
