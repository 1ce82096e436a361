import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Reads its body as it comes in, and sees itself to a sender who stalls. */
    readsUpload?: boolean
  }
}

/**
 * Cuts off who trickles a body byte by byte, as the server itself would. That is left to this because
 * the server knows one limit for all requests, and a file of a million rows takes longer.
 */
export const bodyDeadline = fp(
  (app: FastifyInstance, { seconds }: { seconds: number }, done) => {
    app.addHook('onRequest', (request, reply, next) => {
      if (hasBody(request) && request.routeOptions.config.readsUpload !== true) {
        watch(app, request, reply, seconds * 1000)
      }
      next()
    })
    app.addHook('onResponse', (request, _reply, next) => {
      if (hasBody(request) && !request.raw.readableEnded) discardRest(request, seconds * 1000)
      next()
    })
    done()
  },
  { name: 'body-deadline' }
)

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Until the body is read or, where it is refused unread, answered. */
function watch(
  app: FastifyInstance,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  limitMs: number
): void {
  const timer = setTimeout(() => {
    const error = Object.assign(new Error('Request timeout'), {
      code: 'ERR_HTTP_REQUEST_TIMEOUT'
    })
    app.server.emit('clientError', error, raw.socket)
  }, limitMs).unref()
  const stop = () => {
    clearTimeout(timer)
  }
  raw.once('end', stop).once('close', stop)
  reply.raw.once('finish', stop).once('close', stop)
}

/**
 * Reads what is left of a body that was refused on the way. Unread, it would keep the connection from
 * the next request; a sender who takes too long loses the connection.
 */
function discardRest({ raw }: FastifyRequest, limitMs: number): void {
  const timer = setTimeout(() => raw.socket.destroy(), limitMs).unref()
  const stop = () => {
    clearTimeout(timer)
  }
  raw.once('end', stop).once('close', stop)
  raw.resume()
}
