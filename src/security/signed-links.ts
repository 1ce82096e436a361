import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Addresses of pages that open without signing in: for one reader, one record and some time. They are
 * signed, not stored, so nothing but the key of the installation makes one. What the reader may see is
 * decided again whenever the page opens.
 */

/** The pages that have such addresses: a signature for one is none for another. */
type Purpose = 'lead' | 'client' | 'promoter' | 'work'

/** A user, or a mailbox that has no account. */
export type LinkReader = { kind: 'user'; id: string } | { kind: 'mailbox'; digest: string }

export interface SignedLink {
  dealerId: string
  /** The record that the page shows. */
  id: string
  reader: LinkReader
  expiresAt: Date
}

const VERSION = 1
const KINDS = ['user', 'mailbox'] as const
const ID_BYTES = 16
/** Version, kind, dealer, record, reader and end. */
const CONTENT_BYTES = 2 + 3 * ID_BYTES + 4
const SIGNATURE_BYTES = 20

export function signLink(secret: string, purpose: Purpose, link: SignedLink): string {
  const { dealerId, id, reader, expiresAt } = link
  const end = Buffer.alloc(4)
  end.writeUInt32BE(Math.ceil(expiresAt.getTime() / 1000))
  const content = Buffer.concat([
    Buffer.from([VERSION, KINDS.indexOf(reader.kind)]),
    bytesOf(dealerId),
    bytesOf(id),
    reader.kind === 'user' ? bytesOf(reader.id) : Buffer.from(reader.digest, 'hex'),
    end
  ])
  return Buffer.concat([content, sign(secret, purpose, content)]).toString('base64url')
}

/** What a signed address says, or null where we did not sign it. Whether it has expired is the caller's to ask. */
export function readLink(secret: string, purpose: Purpose, text: string): SignedLink | null {
  if (!/^[\w-]+$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== CONTENT_BYTES + SIGNATURE_BYTES) return null
  const content = bytes.subarray(0, CONTENT_BYTES)
  const isOurs = timingSafeEqual(bytes.subarray(CONTENT_BYTES), sign(secret, purpose, content))
  const kind = KINDS[content[1] ?? -1]
  if (!isOurs || content[0] !== VERSION || kind === undefined) return null
  const part = (index: number) =>
    content.subarray(2 + index * ID_BYTES, 2 + (index + 1) * ID_BYTES).toString('hex')
  return {
    dealerId: idOf(part(0)),
    id: idOf(part(1)),
    reader: kind === 'user' ? { kind, id: idOf(part(2)) } : { kind, digest: part(2) },
    expiresAt: new Date(content.readUInt32BE(CONTENT_BYTES - 4) * 1000)
  }
}

/** A mailbox as a link names it: the address itself is personal, and long. */
export function mailboxReader(address: string): LinkReader {
  const digest = createHash('sha256').update(`mailbox ${address.toLowerCase()}`).digest()
  return { kind: 'mailbox', digest: digest.subarray(0, ID_BYTES).toString('hex') }
}

function sign(secret: string, purpose: Purpose, content: Buffer): Buffer {
  const key = createHmac('sha256', secret).update(`signed link ${purpose}`).digest()
  return createHmac('sha256', key).update(content).digest().subarray(0, SIGNATURE_BYTES)
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
