/** The values of a closed list as constants of SQL: `'new', 'working'`. */
export function sqlList(values: readonly string[]): string {
  return values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
}
