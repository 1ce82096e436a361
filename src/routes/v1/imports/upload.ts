import type { Socket } from 'node:net'
import { Readable, pipeline } from 'node:stream'

import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { ImportFormat } from '../../../domain/imports/import.ts'
import { peek } from '../../../imports/peek.ts'
import { FileFault, fileFault } from '../../../imports/file-fault.ts'
import { decoderOf, encodingOf } from '../../../http/bodies/content-encoding.ts'
import { FILE_FORMS, FILE_TYPES } from '../../../schemas/imports/file-forms.ts'

/** A file on its way in. As JSON, by which repeats are told, it is its media type. */
export class Upload {
  readonly format: ImportFormat
  readonly mediaType: string
  readonly stream: Readable
  /** The `Content-Encoding`; null: none. */
  readonly encoding: string | null

  constructor(mediaType: string, stream: Readable, encoding: string | null) {
    this.mediaType = mediaType
    this.format = FILE_FORMS[mediaType]?.format ?? 'csv'
    this.stream = stream
    this.encoding = encoding
  }

  toJSON(): string {
    return this.mediaType
  }
}

/** Lets the routes of this scope take files only, and passes their body on as an unread stream. */
export function acceptFiles(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  for (const mediaType of FILE_TYPES) {
    scope.addContentTypeParser(mediaType, async (request: FastifyRequest, stream: Readable) => {
      const encoding = encodingOf(request.headers['content-encoding'])
      if (encoding !== null) decoderOf(encoding)
      return await Promise.resolve(new Upload(mediaType, stream, encoding))
    })
  }
}

/** The bytes of the file, and how many there were. */
interface ReceivedBytes {
  bytes: AsyncIterable<Uint8Array>
  count: () => number
}

/**
 * Reads an upload no faster than it is worked off. The connection's own limit on silence would also
 * count the time in which we are not reading; here only the sender's counts.
 */
export function receiveBytes(
  request: FastifyRequest,
  { stream, encoding }: Upload,
  limits: { maxBytes: number; silentSeconds: number }
): ReceivedBytes {
  const received = receiveStream(request, stream, limits)
  return encoding === null
    ? withoutGzip(received, limits.maxBytes)
    : decoded(received.bytes, encoding, limits.maxBytes)
}

/** A file that was packed by its sender, such as `leads.csv.gz`, as what is in it. */
function withoutGzip(received: ReceivedBytes, maxBytes: number): ReceivedBytes {
  let { count } = received
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const { head, bytes: all } = await peek(received.bytes, GZIP_MARK.length)
    if (!head.subarray(0, GZIP_MARK.length).equals(GZIP_MARK)) {
      yield* all
      return
    }
    const unpacked = decoded(all, 'gzip', maxBytes)
    count = unpacked.count
    try {
      yield* unpacked.bytes
    } catch (error) {
      const isDamaged = error instanceof FileFault && error.reason.code === 'content_encoding_wrong'
      throw isDamaged ? fileFault('file_is_archive', { kind: 'GZIP' }) : error
    }
  }
  return { bytes: bytes(), count: () => count() }
}

const GZIP_MARK = Buffer.from('1f8b08', 'hex')

/** The file without its encoding, of which a few bytes may say many. */
function decoded(
  encoded: AsyncIterable<Uint8Array>,
  encoding: string,
  maxBytes: number
): ReceivedBytes {
  let count = 0
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const decoder = decoderOf(encoding).inPieces()
    pipeline(Readable.from(encoded, { objectMode: false }), decoder, () => undefined)
    try {
      for await (const piece of decoder as AsyncIterable<Uint8Array>) {
        count += piece.length
        if (count > maxBytes) throw fileFault('file_too_large', { maxBytes })
        yield piece
      }
    } catch (error) {
      throw error instanceof FileFault ? error : fileFault('content_encoding_wrong', { encoding })
    }
  }
  return { bytes: bytes(), count: () => count }
}

function receiveStream(
  request: FastifyRequest,
  stream: Readable,
  { maxBytes, silentSeconds }: { maxBytes: number; silentSeconds: number }
): ReceivedBytes {
  let count = 0
  async function* bytes(): AsyncGenerator<Uint8Array> {
    // Requests that tests inject have a socket that knows no time.
    const socket: Partial<Socket> = request.raw.socket
    const idleMs = socket.timeout ?? 0
    socket.setTimeout?.(0)
    // Leaving off in the middle must not close the connection: the response is still to be sent.
    const source = stream.iterator({ destroyOnReturn: false })
    try {
      for (;;) {
        const step = await withinTime(source.next(), silentSeconds)
        if (step.done === true) return
        const piece = step.value as Uint8Array
        count += piece.length
        if (count > maxBytes) {
          throw fileFault('file_too_large', { maxBytes })
        }
        yield piece
      }
    } finally {
      void Promise.resolve(source.return?.()).catch(() => undefined)
      socket.setTimeout?.(idleMs)
    }
  }
  return { bytes: bytes(), count: () => count }
}

async function withinTime<T>(step: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(fileFault('upload_stalled', { seconds }))
    }, seconds * 1000)
  })
  // An error of a step that was abandoned has no other handler.
  step.catch(() => undefined)
  try {
    return await Promise.race([step, stalled])
  } catch (error) {
    if (error instanceof FileFault) throw error
    throw fileFault('upload_interrupted')
  } finally {
    clearTimeout(timer)
  }
}
