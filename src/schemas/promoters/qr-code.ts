import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { closed } from '../shared.ts'

/** The media types a QR code is answered as; where a caller takes either, the first. */
export const QR_MEDIA_TYPES = ['image/svg+xml', 'image/png'] as const

export const QrQuery = Type.Object(
  {
    size: Type.Optional(
      Type.Integer({
        minimum: 64,
        maximum: 2048,
        default: 256,
        description:
          'Width and height in pixels; of an SVG, what it says of itself. A PNG has two pixels a module ' +
          'at least: one too small for its code and margin answers 422 with the least.'
      })
    ),
    margin: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 16,
        default: 4,
        description: 'Empty modules on each side. Readers ask for 4 where no white surrounds it.'
      })
    )
  },
  closed
)

const SVG_EXAMPLE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 33 33" ' +
  'shape-rendering="crispEdges">…</svg>'

/** The beginning of every PNG, as Base64: an image can't stand in a document of text. */
const PNG_EXAMPLE = 'iVBORw0KGgoAAAANSUhEUgAA…'

/** An response that is an image and no JSON. */
export const QrCodeResponse = Type.Unsafe<string | Buffer>({
  description: 'The code, which leads to the link’s `url`.',
  content: {
    'image/svg+xml': { schema: { type: 'string', examples: [SVG_EXAMPLE] } },
    'image/png': {
      schema: { type: 'string', contentMediaType: 'image/png', examples: [PNG_EXAMPLE] }
    }
  }
})

/** Size in pixels and margin in modules, as asked for. */
export function readQrLook({ size = 256, margin = 4 }: Static<typeof QrQuery>) {
  return { size, margin }
}
