import type { FastifyReply, FastifyRequest } from 'fastify'
import qrcode from 'qrcode'

import { problems } from '../../http/problems.ts'
import { queryPointer } from '../../http/request-parts.ts'
import { QR_MEDIA_TYPES } from '../../schemas/promoters/qr-code.ts'
import { chooseMediaType, sendDocument } from '../../http/documents.ts'

/** Size in pixels, margin in modules. */
interface QrLook {
  size: number
  margin: number
}

/** Sends the QR code of a URL, as SVG or PNG. */
export async function sendQrCode(
  request: FastifyRequest,
  reply: FastifyReply,
  url: string,
  look: QrLook
): Promise<never> {
  const mediaType = chooseMediaType(request, QR_MEDIA_TYPES)
  const body = mediaType === 'image/png' ? await drawPng(url, look) : await drawSvg(url, look)
  void reply.header('vary', 'accept')
  return sendDocument(request, reply, { mediaType, body })
}

export async function drawSvg(url: string, { size, margin }: QrLook): Promise<string> {
  return await qrcode.toString(url, { type: 'svg', width: size, margin })
}

/** Fewer pixels a module, and readers guess; below one, the library returns a larger image. */
const LEAST_PIXELS = 2

async function drawPng(url: string, { size, margin }: QrLook): Promise<Buffer> {
  const modules = qrcode.create(url, {}).modules.size + 2 * margin
  const least = LEAST_PIXELS * modules
  if (size < least) {
    const message = `is less than ${least}: a module is ${LEAST_PIXELS} pixels at least`
    throw problems.validation([{ pointer: queryPointer('size'), message }])
  }
  return await qrcode.toBuffer(url, { type: 'png', width: size, margin })
}
