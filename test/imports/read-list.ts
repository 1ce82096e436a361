import { ColumnDateTally } from '../../src/domain/imports/column-dates.ts'
import { defaultSettings } from '../../src/domain/imports/default-settings.ts'
import { guessMapping } from '../../src/domain/imports/guess-mapping.ts'
import { readRow } from '../../src/domain/imports/read-row.ts'
import { planRows } from '../../src/domain/imports/row-plan.ts'
import { ColumnSamples } from '../../src/domain/imports/samples.ts'
import { SecretCells } from '../../src/domain/imports/secret-cells.ts'
import type { ReadingSettings } from '../../src/imports/file-reader.ts'
import { rowParsers } from '../../src/schemas/imports/row-parsers.ts'
import { read } from './reading.ts'

const DEALERS = {
  PL: { country: 'PL', currency: 'PLN', timeZone: 'Europe/Warsaw' },
  DE: { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' },
  ES: { country: 'ES', currency: 'EUR', timeZone: 'Europe/Madrid' },
  US: { country: 'US', currency: 'USD', timeZone: 'America/New_York' },
  MX: { country: 'MX', currency: 'MXN', timeZone: 'America/Mexico_City' }
} as const

/** A list as an upload and a run read it, with the mapping that is guessed. */
export async function readList(
  file: string | Buffer,
  country: keyof typeof DEALERS = 'PL',
  settings: Partial<ReadingSettings> = {}
) {
  const dealer = DEALERS[country]
  const origin = { locale: 'en', country } as const
  const {
    reading,
    columns: names,
    rows: given
  } = await read(Buffer.from(file), {
    origin,
    ...settings
  })
  const secrets = new SecretCells(names)
  const rows = given.map((row) => secrets.remove(row))
  const samples = new ColumnSamples()
  const dates = new ColumnDateTally()
  samples.add(rows)
  dates.add(rows)
  const columns = names.map((name, at) => ({
    name,
    samples: samples.of(at),
    dates: dates.of(at, country)
  }))
  const mapping = guessMapping(columns, 'leads', [])
  const plan = planRows(
    {
      target: 'leads',
      columns,
      settings: defaultSettings('leads', { sourceId: null, mapping })
    },
    { definitions: [], parsers: rowParsers(dealer) }
  )
  return {
    reading,
    /** By the names of the columns. */
    fields: Object.fromEntries(mapping.map(({ column, field }) => [column, field])),
    rows: rows.map((row, at) => readRow(plan, { ...row, number: at + 1 }))
  }
}
