import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/**
 * Ids that a caller is to hand back without knowing them, as in the cursor of a list that shows none.
 * An id is one block of AES; the key comes from something else they do not know.
 */

const CIPHER = 'aes-128-ecb'

export function maskId(id: string, secret: string): string {
  const cipher = createCipheriv(CIPHER, keyOf(secret), null).setAutoPadding(false)
  return toId(Buffer.concat([cipher.update(toBytes(id)), cipher.final()]))
}

export function unmaskId(masked: string, secret: string): string {
  const decipher = createDecipheriv(CIPHER, keyOf(secret), null).setAutoPadding(false)
  return toId(Buffer.concat([decipher.update(toBytes(masked)), decipher.final()]))
}

function keyOf(secret: string): Buffer {
  return createHash('sha256').update(`masked id ${secret}`).digest().subarray(0, 16)
}

function toBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function toId(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
