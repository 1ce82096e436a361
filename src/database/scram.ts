import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

/** PostgreSQL's own number. The passwords are long and random: more would protect nothing. */
const ITERATIONS = 4096

/**
 * What PostgreSQL keeps of a password (RFC 5803, SCRAM-SHA-256): sent in its place, the password itself is in
 * no statement and in no log of the server.
 *
 * @param password ASCII only, which SASLprep leaves as it is.
 * @returns `SCRAM-SHA-256$4096:<salt>$<StoredKey>:<ServerKey>`, the three in Base64: no quote in it.
 */
export async function scramVerifier(password: string, salt = randomBytes(16)): Promise<string> {
  const salted = await promisify(pbkdf2)(password, salt, ITERATIONS, 32, 'sha256')
  const keyOf = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  const server = keyOf('Server Key').toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${server}`
}
