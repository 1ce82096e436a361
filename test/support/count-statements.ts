/** How many statements a piece of work sends. */
export async function countStatements(
  pool: { connect: () => Promise<unknown> },
  work: () => Promise<unknown>
): Promise<number> {
  const prototype = queryingPrototype(await clientOf(pool))
  const { query } = prototype
  let count = 0
  prototype.query = function (...words) {
    count += 1
    return query.apply(this, words)
  }
  try {
    await work()
  } finally {
    prototype.query = query
  }
  if (count === 0) throw new Error('no statement was seen')
  return count
}

interface Querying {
  query: (...words: unknown[]) => unknown
}

/** Our client has a `query` of its own, which calls that of the driver's class: the last one that has it. */
function queryingPrototype(client: unknown): Querying {
  let found: unknown
  for (let at = Object.getPrototypeOf(client); at !== null; at = Object.getPrototypeOf(at)) {
    if (Object.hasOwn(at as object, 'query')) found = at
  }
  if (found === undefined) throw new TypeError('a client has no query')
  return found as Querying
}

async function clientOf(pool: { connect: () => Promise<unknown> }): Promise<unknown> {
  const client = (await pool.connect()) as { release: () => void }
  client.release()
  return client
}
