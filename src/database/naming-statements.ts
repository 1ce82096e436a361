import type pg from 'pg'

/** As many plans as a connection may keep; texts beyond are planned each time. */
const MAX_NAMES = 1_000

const names = new Map<string, string>()

/** Rows of one insert: each number of them would be a text of its own. */
const SEVERAL_ROWS = '), ('

/** The name of a text: the same for each connection, so that each parses and plans it once. */
function nameOf(text: string): string | undefined {
  let name = names.get(text)
  if (name === undefined && names.size < MAX_NAMES && !text.includes(SEVERAL_ROWS)) {
    name = `orm-${String(names.size + 1)}`
    names.set(text, name)
  }
  return name
}

/** The connection as Drizzle sees it: each of its statements has a name. */
export function namingStatements(client: pg.PoolClient): pg.PoolClient {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  return new Proxy(client, {
    get: (target, property) =>
      property === 'query'
        ? (config: pg.QueryConfig, values: unknown[]) =>
            query({ ...config, name: nameOf(config.text) }, values)
        : (Reflect.get(target, property, target) as unknown)
  })
}
