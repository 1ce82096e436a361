import type { Static } from '@fastify/type-provider-typebox'
import type { Test } from 'tap'

import type { ImportSchema } from '../../src/schemas/imports/import.ts'
import type { RowProblemSchema } from '../../src/schemas/imports/import-run.ts'
import type { LeadSchema } from '../../src/schemas/leads/lead.ts'
import type { TestApp, TestDealer } from '../support/app.ts'
import { runStaged } from './staged-import.ts'

type Import = Static<typeof ImportSchema>
export type Lead = Static<typeof LeadSchema>
type RowProblem = Static<typeof RowProblemSchema>

/** A list that was brought in. */
interface Brought {
  done: Import
  /** In the order of the rows. */
  leads: Lead[]
  problems: RowProblem[]
  /** The file of problems, line by line without the first. */
  csv: string[]
}

/** Uploads a CSV over HTTP, changes its settings, and runs it. */
export async function bringList(
  t: Test,
  app: TestApp,
  dealer: TestDealer,
  file: string | Buffer,
  {
    query = '',
    settings = {},
    type = 'text/csv'
  }: { query?: string; settings?: object; type?: string } = {}
): Promise<Brought> {
  const headers = { 'content-type': type }
  const uploaded = await dealer.admin('POST', `/v1/imports${query}`, file, headers)
  t.equal(uploaded.status, 201, 'uploaded')
  const path = `/v1/imports/${uploaded.body.id}` as const
  if (Object.keys(settings).length > 0) {
    const patched = await dealer.admin('PATCH', path, { settings })
    t.equal(patched.status, 200, patched.text)
  }
  const done: Import = await runStaged(t, app, dealer, uploaded.body.id)
  const list = await dealer.admin('GET', `/v1/leads?import=${done.id}&limit=200`)
  const leads: Lead[] = list.body.data
  const problems: RowProblem[] = (await dealer.admin('GET', `${path}/problems?limit=200`)).body.data
  const accept = { accept: 'text/csv' }
  const csv = (await dealer.admin('GET', `${path}/problems`, undefined, accept)).text
  return {
    done,
    leads: leads.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    problems,
    csv: csv.trimEnd().split('\r\n').slice(1)
  }
}
