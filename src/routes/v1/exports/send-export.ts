import { actorOf } from '../../../domain/events/event.ts'
import { Readable } from 'node:stream'

import type { FastifyReply, FastifyRequest } from 'fastify'

import { writeCsvHead, writeCsvRows } from '../../../csv/write-csv.ts'
import type { Database, Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { CustomField } from '../../../domain/fields/custom-field.ts'
import { nounOf } from '../../../domain/imports/import.ts'
import { newId } from '../../../ids.ts'
import { localeOf, tenantOf } from '../../../http/plugins/authentication.ts'
import type { Page, PageRequest } from '../../../repositories/paging.ts'
import { listCustomFields } from '../../../repositories/fields/custom-fields.ts'
import type { ExportColumn } from '../../../schemas/exports/columns.ts'
import { EXPORT_MEDIA_TYPES } from '../../../schemas/exports/export.ts'
import { readCsvStyle } from '../../../schemas/reports/report-forms.ts'
import { recordExport } from '../../../use-cases/exports/record-export.ts'
import type { EndedExport } from '../../../use-cases/exports/record-export.ts'
import { chooseMediaType } from '../../../http/documents.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import { nameFile } from '../reports/send-report.ts'
import type { ExportSlots } from './export-slots.ts'

/** Records of a page: what is in memory at once, and how long a transaction is. */
const PAGE_ROWS = 500

/** A client that takes longer than this reads too slowly for one response. */
const LONGEST_MS = 3_600_000

/** The exported records, and their columns. */
interface Exported<Row> {
  what: 'leads' | 'clients'
  list: (tx: Transaction, principal: TenantPrincipal, page: PageRequest) => Promise<Page<Row>>
  columns: (fields: readonly CustomField[]) => ExportColumn<Row>[]
  /** As in the list. */
  present: (row: Row, locale: Locale) => object
}

interface ExportMeans {
  db: Database
  now: () => Date
  slots: ExportSlots
}

/**
 * Sends all records that the caller sees, oldest first, page by page as fast as they are read. Each
 * page has a transaction of its own, so that a slow reader keeps none open. A failure on the way
 * closes the connection, so that a part is not taken for the whole.
 */
export async function sendExport<Row>(
  means: ExportMeans,
  request: FastifyRequest,
  reply: FastifyReply,
  exported: Exported<Row>
): Promise<never> {
  const leave = means.slots.take(tenantOf(request).dealerId)
  try {
    const format = chooseMediaType(request, EXPORT_MEDIA_TYPES) === 'text/csv' ? 'csv' : 'ndjson'
    const writer = await makeWriter(means.db, request, exported, format)
    // An error before the first byte becomes a problem response.
    const first = await readRows(means.db, request, exported, null)
    const pages = writePages(means, request, exported, { writer, first, format })
    const body = Readable.from(pages, {
      objectMode: false,
      signal: AbortSignal.timeout(LONGEST_MS)
    })
    body.once('close', leave)
    nameFile(reply, `${exported.what}.${format}`)
    const mediaType = {
      csv: 'text/csv; charset=utf-8; header=present',
      ndjson: 'application/x-ndjson'
    }
    return reply.code(200).header('vary', 'accept').type(mediaType[format]).send(body) as never
  } catch (error) {
    leave()
    throw error
  }
}

interface Writer<Row> {
  head: string
  write: (rows: readonly Row[]) => string
}

async function makeWriter<Row>(
  db: Database,
  request: FastifyRequest,
  { what, columns, present }: Exported<Row>,
  format: EndedExport['format']
): Promise<Writer<Row>> {
  if (format === 'ndjson') {
    const locale = localeOf(request)
    const line = (row: Row) => `${JSON.stringify(present(row, locale))}\n`
    return { head: '', write: (rows) => rows.map(line).join('') }
  }
  const { dealerId } = tenantOf(request)
  const fields = await db.read(dealerId, (tx) => listCustomFields(tx, nounOf(what)))
  const all = columns(fields)
  const style = readCsvStyle(request.query as Parameters<typeof readCsvStyle>[0])
  return {
    head: writeCsvHead(
      all.map(({ name }) => name),
      style
    ),
    write: (rows) =>
      writeCsvRows(
        rows.map((row) => all.map(({ cellOf }) => cellOf(row))),
        style
      )
  }
}

async function readRows<Row>(
  db: Database,
  request: FastifyRequest,
  { list }: Exported<Row>,
  after: PageRequest['after']
): Promise<Page<Row>> {
  const principal = tenantOf(request)
  const page = { limit: PAGE_ROWS, after, descending: false }
  return await db.read(principal.dealerId, (tx) => list(tx, principal, page))
}

/** The text of one page after another. However it ends, what was taken is recorded. */
async function* writePages<Row>(
  means: ExportMeans,
  request: FastifyRequest,
  exported: Exported<Row>,
  {
    writer,
    first,
    format
  }: { writer: Writer<Row>; first: Page<Row>; format: EndedExport['format'] }
): AsyncGenerator<string> {
  const ended = { id: newId(), what: exported.what, format, filter: describeFilter(request) }
  let count = 0
  let isComplete = false
  try {
    let page = first
    count = page.data.length
    yield writer.head + writer.write(page.data)
    while (page.next) {
      page = await readRows(means.db, request, exported, page.next)
      count += page.data.length
      yield writer.write(page.data)
    }
    isComplete = true
  } finally {
    const principal = tenantOf(request)
    const { id: exportId, what } = ended
    request.log.info({ exportId, what, format, count, isComplete }, 'data exported')
    const result = { ...ended, count, isComplete }
    await recordExport(means.db, principal.dealerId, actorOf(principal), result, means.now())
  }
}

/** The filters of the request, without the search text, which is a person's name or address. */
function describeFilter(request: FastifyRequest): Record<string, unknown> {
  const {
    q,
    separator: _separator,
    bom: _bom,
    format: _format,
    ...filter
  } = request.query as Record<string, unknown>
  return q === undefined ? filter : { ...filter, isSearch: true }
}
