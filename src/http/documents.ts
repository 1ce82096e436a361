import type { FastifyReply, FastifyRequest } from 'fastify'

import { hashSecret } from '../security/credentials.ts'
import { problems } from './problems.ts'

/** Responses that are documents and no JSON: which of several forms, and whether it is known already. */

/**
 * Sends a document, or 304 if the client has it already. Only the client may cache it, and must
 * revalidate it before each use.
 */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  { mediaType, body }: { mediaType: string; body: string | Buffer }
): never {
  const tag = `"${hashSecret(body)}"`
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send(null) as never
  return reply.code(200).type(mediaType).send(body) as never
}

/** Whether `If-None-Match` names this version; a proxy may have made a weak tag of ours. */
function isKnown(header: string | undefined, tag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(tag) || known.includes('*')
}

/** The media type that the caller prefers (RFC 9110), the first of equals; 406 where none fits. */
export function chooseMediaType<const T extends readonly string[]>(
  request: FastifyRequest,
  offered: T
): T[number] {
  const ranges = readRanges(request.headers.accept ?? '*/*')
  const liked = offered
    .map((mediaType) => ({ mediaType, quality: qualityOf(mediaType, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  const [best] = liked
  if (!best) throw problems.notAcceptable(offered)
  return best.mediaType
}

/** Whether the caller names JSON, and no HTML that it likes more or as much and names first. */
export function prefersJson({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const [json, html] = [
    likingOf(headers.accept, 'application/json'),
    likingOf(headers.accept, 'text/html')
  ]
  if (json === null || html === null) return json !== null
  return json.quality === html.quality ? json.at < html.at : json.quality > html.quality
}

/** Whether the caller names HTML, and does not prefer JSON. */
export function asksForHtml(request: Pick<FastifyRequest, 'headers'>): boolean {
  return likingOf(request.headers.accept, 'text/html') !== null && !prefersJson(request)
}

/** How much a caller likes a media type that it names, and its place; null: it does not. */
function likingOf(header: string | undefined, mediaType: string) {
  const ranges = readRanges(header ?? '')
  const at = ranges.findIndex(({ range }) => range === mediaType)
  const quality = ranges[at]?.quality ?? 0
  return quality > 0 ? { quality, at } : null
}

interface MediaRange {
  range: string
  quality: number
}

function readRanges(header: string): MediaRange[] {
  return header.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase())
    const [, quality] = /^q=(\d(?:\.\d{1,3})?)$/.exec(parameters.at(-1) ?? '') ?? []
    return { range, quality: quality === undefined ? 1 : Number(quality) }
  })
}

/** By the narrowest range that holds it. */
function qualityOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const [group = ''] = mediaType.split('/')
  for (const wanted of [mediaType, `${group}/*`, '*/*']) {
    const found = ranges.find(({ range }) => range === wanted)
    if (found) return found.quality
  }
  return 0
}
