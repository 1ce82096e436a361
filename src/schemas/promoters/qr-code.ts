import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { closed } from '../shared.ts'

/** The media types of QR codes. The first is the default. */
export const QR_MEDIA_TYPES = ['image/svg+xml', 'image/png'] as const

export const QrQuery = Type.Object(
  {
    size: Type.Optional(
      Type.Integer({
        minimum: 64,
        maximum: 2048,
        default: 256,
        description:
          'Width and height in pixels. A PNG needs at least two pixels for each module of ' +
          'the code: the response to a smaller size is 422, and names the smallest size.'
      })
    ),
    margin: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 16,
        default: 4,
        description:
          'Empty modules on each side of the code. QR readers need 4, unless white space ' +
          'surrounds the image.'
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
  description: 'The QR code of the link’s `url`.',
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
