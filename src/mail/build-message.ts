import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { LINE_LIMIT } from '../adf/fold-lines.ts'
import { inertLine, shorten } from './inert-text.ts'
import { isMailAddress } from './mail-address.ts'
import type { Mailbox } from './mail-address.ts'

/** The content of a mail, before it has a sender, a recipient and a Message-ID. */
export interface ComposedMail {
  subject: string
  text: string
  html?: string
  /** The text is an ASCII document for a machine: it must arrive unchanged, with lines of any length. */
  isDocument?: boolean
  attachments?: { filename: string; contentType: string; content: string }[]
}

export interface MessageEnvelope {
  from: Mailbox
  to: Mailbox
  /** With angle brackets; the same for every attempt. */
  messageId: string
  /** When the mail was first owed, so that every attempt says the same. */
  date: Date
  /** The address for replies, if it is not the sender. */
  replyTo?: Mailbox
  /** The kind of an automatic mail: RFC 3834 tells a reply from others. */
  isReply?: boolean
  /** The address that takes the recipient off the list, by one POST (RFC 8058). */
  unsubscribeUrl?: string
}

/** For one header's text, in characters; composers keep theirs shorter. */
const HEADER_LIMIT = 200

/**
 * Builds the raw RFC 5322 message: the same input gives the same bytes, so that all attempts are
 * the same message and a receiver can drop the second.
 *
 * Throws a `TypeError` when an address is not one plain address: check with `isMailAddress` first
 * where addresses come from outside.
 */
export async function buildMessage(mail: ComposedMail, envelope: MessageEnvelope): Promise<Buffer> {
  const { from, to, replyTo, messageId, date } = envelope
  if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(messageId)) throw new TypeError('the Message-ID is malformed')

  const message = new MailComposer({
    from: plainMailbox(from),
    to: plainMailbox(to),
    ...(replyTo ? { replyTo: plainMailbox(replyTo) } : {}),
    subject: headerText(mail.subject),
    messageId,
    date,
    headers: {
      // RFC 3834: no vacation notice answers a machine. The second is for Exchange.
      'Auto-Submitted': envelope.isReply === true ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...unsubscribeHeaders(envelope)
    },
    baseBoundary: fingerprint(messageId, mail),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
    ...contentOf(mail)
  }).compile()

  if (mail.isDocument && fitsSevenBit(mail.text)) {
    // nodemailer encodes every text with a line over 76; the limit is 998, and receivers that
    // know no quoted-printable read the document only as it is.
    const document = [message, ...message.childNodes].find(isDocumentNode)
    if (document) document.getTransferEncoding = () => '7bit'
  }
  return await message.build()
}

/** RFC 2369 and RFC 8058. Written as they are: encoded or folded, an address would be another one. */
function unsubscribeHeaders({ unsubscribeUrl }: MessageEnvelope) {
  if (unsubscribeUrl === undefined) return {}
  if (!/^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]{1,900}$/.test(unsubscribeUrl)) {
    throw new TypeError('the address to unsubscribe at is malformed')
  }
  const asItIs = (value: string) => ({ prepared: true, foldLines: false, value })
  return {
    'List-Unsubscribe': asItIs(`<${unsubscribeUrl}>`),
    'List-Unsubscribe-Post': asItIs('List-Unsubscribe=One-Click')
  }
}

function contentOf({ text, html, isDocument, attachments = [] }: ComposedMail) {
  const content = {
    attachments: attachments.map((attachment) => ({
      ...attachment,
      contentTransferEncoding: 'base64' as const
    }))
  }
  if (isDocument) {
    return { ...content, alternatives: [{ contentType: DOCUMENT_TYPE, content: text }] }
  }
  return { ...content, text, ...(html === undefined ? {} : { html }) }
}

const DOCUMENT_TYPE = 'text/plain; charset=us-ascii'

function isDocumentNode(node: { getHeader(key: string): unknown }): boolean {
  return node.getHeader('Content-Type') === DOCUMENT_TYPE
}

/** A bare CR would be made a line break on the way, and other control characters are not text. */
function fitsSevenBit(text: string): boolean {
  const lines = text.split(/\r?\n/)
  return lines.every((line) => line.length <= LINE_LIMIT && /^[\t\x20-\x7e]*$/.test(line))
}

function plainMailbox({ name, address }: Mailbox): Mailbox {
  if (!isMailAddress(address)) throw new TypeError('the address is not one plain address')
  return { name: headerText(name), address }
}

/**
 * Text for a header. Text that looks like an encoded word would be sent as it is and decoded by the
 * reader's program: into line breaks, direction overrides, or a false name.
 */
function headerText(text: string): string {
  return shorten(inertLine(text).replaceAll('=?', '= ?'), HEADER_LIMIT)
}

/** Between parts, a boundary that the author of a part can't foresee. */
function fingerprint(messageId: string, mail: ComposedMail): string {
  return createHash('sha256')
    .update(JSON.stringify([messageId, mail]))
    .digest('hex')
    .slice(0, 32)
}
