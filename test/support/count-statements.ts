/** How many statements a piece of work sends. */
export async function countStatements(
  pool: { connect: () => Promise<unknown> },
  work: () => Promise<unknown>
): Promise<number> {
  const prototype = Object.getPrototypeOf(await clientOf(pool)) as {
    query: (...words: unknown[]) => unknown
  }
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
  return count
}

async function clientOf(pool: { connect: () => Promise<unknown> }): Promise<unknown> {
  const client = (await pool.connect()) as { release: () => void }
  client.release()
  return client
}
