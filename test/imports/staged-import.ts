import type { Test } from 'tap'

import type { Actor } from '../../src/domain/events/event.ts'
import { defaultSettings } from '../../src/domain/imports/default-settings.ts'
import type { ImportSettings, ImportTarget } from '../../src/domain/imports/import.ts'
import { newId } from '../../src/ids.ts'
import { insertImportRows } from '../../src/repositories/imports/import-rows.ts'
import { insertImport } from '../../src/repositories/imports/imports.ts'
import { rowParsers } from '../../src/schemas/imports/row-parsers.ts'
import { runImport } from '../../src/use-cases/imports/run-import.ts'
import { SYSTEM_ACTOR } from '../../src/domain/events/event.ts'
import { NO_COUNTS } from '../../src/domain/imports/row-tally.ts'
import type { TestApp, TestDealer } from '../support/app.ts'
import type { TestResponse } from '../support/response.ts'
import { must } from '../support/must.ts'

export interface StagedFile {
  target: ImportTarget
  columns: string[]
  rows: (string | null)[][]
  settings?: Partial<ImportSettings>
  actor?: Actor
}

/** Puts a file's rows where an upload would, and answers the import's id. */
export async function stageImport(
  { database }: TestApp,
  dealer: TestDealer,
  { target, columns, rows, settings, actor = SYSTEM_ACTOR }: StagedFile
): Promise<string> {
  const id = newId()
  const now = new Date()
  const { body } = await dealer.admin('GET', '/v1/sources?limit=200')
  const sourceId = must(body.data.find((one: { key: string }) => one.key === 'purchased-list')).id
  await database.db.transaction(dealer.id, async (tx) => {
    await insertImport(tx, {
      id,
      target,
      name: 'list.csv',
      state: 'ready',
      reading: {
        format: 'csv',
        encoding: 'utf-8',
        encodingGuess: null,
        separator: ',',
        header: null,
        unkept: null,
        sheets: null
      },
      bytes: 1,
      rows: rows.length,
      columns: columns.map((name) => ({ name, samples: [], dates: null })),
      settings: {
        ...defaultSettings(target, {
          sourceId,
          mapping: columns.map((column) => ({ column, field: column === 'note' ? null : column }))
        }),
        ...settings
      },
      processed: 0,
      counts: NO_COUNTS,
      check: null,
      passStartedAt: null,
      passStartedRow: 0,
      fault: null,
      operationId: null,
      actor,
      startedAt: null,
      finishedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    })
    for (let from = 0; from < rows.length; from += 1000) {
      await insertImportRows(
        tx,
        id,
        rows.slice(from, from + 1000).map((cells, place) => ({
          number: from + place + 1,
          line: from + place + 2,
          cells,
          fault: null,
          repair: null
        }))
      )
    }
  })
  return id
}

/** Does what the worker would: goes through the rows as the import's state says. */
export async function work({ database }: TestApp, dealer: TestDealer, id: string): Promise<number> {
  return await runImport(database.db, {
    dealerId: dealer.id,
    id,
    now: () => new Date(),
    parsersOf: rowParsers,
    mailDomain: 'dealer.test',
    isLastTry: false
  })
}

/** Starts an import, and goes through it. */
export async function runStaged(
  t: Test,
  app: TestApp,
  dealer: TestDealer,
  id: string
): Promise<TestResponse['body']> {
  const started = await dealer.admin('POST', `/v1/imports/${id}/start`)
  t.equal(started.status, 202, started.text)
  await work(app, dealer, id)
  return (await dealer.admin('GET', `/v1/imports/${id}`)).body
}
