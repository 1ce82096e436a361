import { getTableColumns, is, sql } from 'drizzle-orm'
import type { BuildExtraConfigColumns } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { PgArray, check, foreignKey, index, pgTable, text } from 'drizzle-orm/pg-core'
import type {
  AnyPgColumn,
  PgColumn,
  PgColumnBuilderBase,
  PgTable,
  PgTableExtraConfigValue
} from 'drizzle-orm/pg-core'

import { sqlList } from '../sql-list.ts'

/** Text that is one of a list, for TypeScript and by a check for PostgreSQL. */
export const enumText = <Value extends string>(values: readonly Value[]) =>
  text({ enum: values as [Value, ...Value[]] })

/** A table. Columns of `enumText`, and arrays of it, get a check named `<table>_<column>_check`. */
export function table<Name extends string, Columns extends Record<string, PgColumnBuilderBase>>(
  name: Name,
  columns: Columns,
  extras: (t: BuildExtraConfigColumns<Name, Columns, 'pg'>) => PgTableExtraConfigValue[] = () => []
) {
  const built = pgTable(name, columns, (t): PgTableExtraConfigValue[] => [
    ...extras(t),
    ...enumChecks(name, built)
  ])
  return built
}

/** An index of the records that have a value in `column`. */
export function indexOfGiven(
  name: string,
  t: { dealerId: PgColumn },
  column: PgColumn,
  ...others: PgColumn[]
) {
  return index(name)
    .on(t.dealerId, column, ...others)
    .where(sql`${column} is not null`)
}

/** A foreign key to a record of the same dealer. */
export function reference(
  t: { dealerId: AnyPgColumn },
  id: AnyPgColumn,
  target: { dealerId: AnyPgColumn; id: AnyPgColumn }
) {
  return foreignKey({ columns: [t.dealerId, id], foreignColumns: [target.dealerId, target.id] })
}

/** A check that a column of reasons, as JSON, has no other codes. */
export function codeCheck(name: string, column: PgColumn, codes: readonly string[]) {
  return check(checkName(name, column), sql`${column} ->> 'code' in (${sql.raw(sqlList(codes))})`)
}

function enumChecks(name: string, built: PgTable): PgTableExtraConfigValue[] {
  const columns: PgColumn[] = Object.values(getTableColumns(built))
  return columns.flatMap((column) => {
    const isArray = is(column, PgArray)
    const values = isArray ? column.baseColumn.enumValues : column.enumValues
    if (values === undefined || values.length === 0) return []
    const list = sqlList(values)
    return check(
      checkName(name, column),
      isArray ? sql`${column} <@ array[${sql.raw(list)}]` : sql`${column} in (${sql.raw(list)})`
    )
  })
}

function checkName(name: string, column: PgColumn): string {
  return `${name}_${toSnakeCase(column.name)}_check`
}
