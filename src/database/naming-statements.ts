import type pg from 'pg'

/** As many plans as a connection may keep; texts beyond are planned each time. */
export const MAX_NAMES = 1_000

const names = new Map<string, string>()

/** Rows of one insert: each number of them would be a text of its own. */
const SEVERAL_ROWS = '), ('

/** A statement without a name, and why it has none. */
export interface Unnamed {
  unnamed?: 'filters' | 'several rows' | 'too many'
}

/** The name of a text: the same for each connection, so that each parses and plans it once. */
function nameOf(text: string): { name: string } | Unnamed {
  const known = names.get(text)
  if (known !== undefined) return { name: known }
  if (text.includes(SEVERAL_ROWS)) return { unnamed: 'several rows' }
  if (names.size >= MAX_NAMES) return { unnamed: 'too many' }
  const name = `orm-${String(names.size + 1)}`
  names.set(text, name)
  return { name }
}

/** The connection as Drizzle sees it: each of its statements has a name. */
export function namingStatements(client: pg.PoolClient): pg.PoolClient {
  return adding(client, nameOf)
}

/** The same for lists with filters: theirs have none, so that they are planned for their values. */
export function planningForValues(client: pg.PoolClient): pg.PoolClient {
  return adding(client, () => ({ unnamed: 'filters' }))
}

function adding(
  client: pg.PoolClient,
  wordsFor: (text: string) => { name: string } | Unnamed
): pg.PoolClient {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  return new Proxy(client, {
    get: (target, property) =>
      property === 'query'
        ? (config: pg.QueryConfig, values: unknown[]) =>
            query({ ...config, ...wordsFor(config.text) }, values)
        : (Reflect.get(target, property, target) as unknown)
  })
}
