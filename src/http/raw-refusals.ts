import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** By the code of Node's error: the status, and what the sender can do. */
const REFUSALS: Readonly<Record<string, { status: number; detail: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers have more than 16 KiB together.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not come in whole in time.' }
}
const MALFORMED = { status: 400, detail: 'This is no well-formed HTTP request.' }

/**
 * Answers what Node can't read as HTTP with a problem document (RFC 9457) and ends the connection. There is
 * no request yet, so the document has no `instance`.
 */
export function refuseRaw(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, detail } = REFUSALS[error.code ?? ''] ?? MALFORMED
  const title = STATUS_CODES[status] ?? ''
  const body = JSON.stringify({ type: 'about:blank', title, status, detail })
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close'
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}
