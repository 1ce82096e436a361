import type { SendOutcome } from '../../domain/deliveries/delivery.ts'
import type { AttemptCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { escapePattern } from '../../domain/text/escape-pattern.ts'

/** The members that nodemailer adds to `Error`. */
interface MailError extends Error {
  code?: unknown
  responseCode?: unknown
  response?: unknown
  command?: unknown
}

const REASON_LIMIT = 200

/**
 * Reads a failed attempt: would the same message fare better later?
 *
 * Refused is only what a server said for good (5xx) about the recipient or the message. A 5xx
 * about us, before the recipient is named (greeting, login, our sender address), is for an
 * operator to set right, and then the mail goes out.
 */
export function readFailure(error: unknown, envelope: { from: string; to: string }): SendOutcome {
  const failure: MailError = error instanceof Error ? error : new Error(String(error))
  const reason = describeFailure(failure, envelope)
  return { state: isForGood(failure) ? 'refused' : 'retry', reason }
}

/** The response of a mail server without personal data. */
export function cleanResponse(response: string, envelope: { from: string; to: string }): string {
  const mailboxes = [envelope.from, envelope.to]
    .flatMap((address) => [address, address.slice(0, Math.max(address.lastIndexOf('@'), 0))])
    .filter((word) => word !== '')
    .map((word) => new RegExp(`(?<![a-z0-9])${escapePattern(word)}(?![a-z0-9])`, 'gi'))

  // Cut first: a server may respond with a megabyte, and these patterns are not meant for that.
  const withoutKnown = mailboxes.reduce(
    (text, mailbox) => text.replace(mailbox, ''),
    response.slice(0, 5 * REASON_LIMIT)
  )
  return withoutKnown
    .replace(/https?:\/\/\S+/gi, '')
    .replace(/<[^>]*>?/g, '')
    .replace(/"[^"]*"?/g, '')
    .split(/\s+/)
    .filter((word) => !/@|=40|%40/.test(word))
    .join(' ')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/(?<!\s)\s+(?=[,.:;])/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, REASON_LIMIT)
}

/** Replies that concern the credentials, after any command (RFC 4954). */
const LOGIN_CODES = [530, 534, 535, 538]

function isForGood({ code, responseCode, response, command }: MailError): boolean {
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isAboutTheMail) return false
  // Without a response of the server: the mailer itself saw that it can't be sent, as when the
  // message is larger than the server takes.
  if (typeof responseCode !== 'number') return true
  // 503 says that the conversation went wrong, not what was said in it.
  if (responseCode < 500 || responseCode === 503 || LOGIN_CODES.includes(responseCode)) return false
  const text = typeof response === 'string' ? response : ''
  if (isFull(responseCode, text)) return false
  // At MAIL FROM only the size (552) is the message's fault.
  return command !== 'MAIL FROM' || (responseCode === 552 && isTooLarge(text))
}

/** The enhanced status code of a response (RFC 3463), such as 5.2.2; null: it has none. */
function enhancedCodeOf(response: string): string | null {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null
}

/** A mailbox (5.2.2) or a server (5.3.1) that is full has room again. Servers say so with a 5xx, too. */
function isFull(responseCode: number, response: string): boolean {
  const code = enhancedCodeOf(response)
  if (code !== null) return code === '5.2.2' || code === '5.3.1'
  return responseCode === 552 && /quota|mailbox (is )?full|storage/i.test(response)
}

/** The message is larger than the server (5.3.4) or the mailbox (5.2.3) ever takes. */
function isTooLarge(response: string): boolean {
  const code = enhancedCodeOf(response)
  if (code !== null) return code === '5.3.4' || code === '5.2.3'
  return /size|too (big|large|long)/i.test(response)
}

function describeFailure(
  { name, code, response, message }: MailError,
  envelope: { from: string; to: string }
): Reason<AttemptCode> {
  if (typeof response === 'string' && response !== '') {
    return because('receiver_response', { response: cleanResponse(response, envelope) })
  }
  if (name === 'AbortError') return because('attempt_timed_out')
  const kind = typeof code === 'string' ? code : 'EUNKNOWN'
  // The file system's messages repeat the code and contain the path, which must not be shown.
  const phrase = message.replace(/^E[A-Z0-9]+: /, '').replace(/, \w+ '.*$/s, '')
  return because('transport_failed', { error: `${kind} ${cleanResponse(phrase, envelope)}`.trim() })
}
