import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type {
  FastifyInstance,
  RouteOptions,
  onRequestHookHandler,
  onRouteHookHandler
} from 'fastify'
import fp from 'fastify-plugin'

import { completeDocument } from '../../schemas/openapi/openapi-document.ts'
import { sharedSchemas } from '../../schemas/all.ts'

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string }

/**
 * The contract as `npm run openapi:write` has written it. To make it anew from the routes holds the event
 * loop for half a second.
 */
const DOCUMENT = new URL('../../../openapi/openapi.json', import.meta.url)

/** The introduction of the contract. */
const DESCRIPTION = `A headless lead desk for car dealers. Leads are received from websites, portals and
referral links. Each lead is stored, checked for duplicates and assigned to a user or a queue, and the
recipients are notified. A lead is then linked to a client or converted into one.

Lists have pages: send \`nextCursor\` as \`cursor\`. A record that can change has a \`version\`, sent as
\`ETag\`; the response to a change with an outdated \`If-Match\` is 412. Every POST that creates a record
takes an \`Idempotency-Key\`. Errors are RFC 9457 problem details with a stable \`type\`. The response for
a record that the caller does not see is 404.`

/** Nothing from elsewhere, and no script in the page itself; Swagger UI needs inline styles. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** The ways to show who calls. */
const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `lk_live_…`.' },
  apiKeyHeader: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'An API key in the header `X-API-Key`.'
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token from `POST /v1/auth/token`.'
  },
  operatorToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of the operator of the installation.'
  }
} as const

/** Collects the routes into one OpenAPI 3.1 document, and shows it at /docs. */
export const openapi = fp(
  async (app: FastifyInstance) => {
    const routes: RouteOptions[] = []
    app.addHook('onRoute', (route) => {
      routes.push(route)
    })
    for (const schema of sharedSchemas) app.addSchema(schema)
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Leadyard',
          version,
          description: DESCRIPTION,
          license: { name: 'Proprietary', url: 'https://leadyard.example/licence' },
          contact: { name: 'Leadyard', url: 'https://leadyard.example' }
        },
        servers: [{ url: '/', description: 'This installation.' }],
        components: {
          securitySchemes: SECURITY_SCHEMES
        }
      },
      convertConstToEnum: false,
      refResolver: {
        buildLocalReference: (json, _base, _fragment, index) =>
          typeof json.$id === 'string' ? json.$id : `schema-${index}`
      },
      transformObject: (document) =>
        'openapiObject' in document
          ? completeDocument(document.openapiObject, routes)
          : document.swaggerObject
    })
    app.addHook('onRoute', addHeadToDocs)
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: {
        // The base layout has no field for another document's address.
        layout: 'BaseLayout',
        deepLinking: true,
        // Of some two hundred operations and as many schemas, a reader opens what they look for.
        docExpansion: 'none',
        defaultModelsExpandDepth: 0,
        filter: true,
        // A token typed here is gone with the page.
        persistAuthorization: false,
        tryItOutEnabled: true,
        displayRequestDuration: true
      },
      staticCSP: DOCS_POLICY,
      uiHooks: {
        onRequest: answerDocs
      }
    })
  },
  { name: 'openapi' }
)

/** Answers for what Swagger UI would make itself. */
const answerDocs: onRequestHookHandler = (request, reply, next) => {
  const [path = '', query] = request.url.split('?')
  // The page takes its own address for the document's; and none is to be named in a link.
  if (query !== undefined) void reply.redirect(path)
  // JSON is YAML, and a second text of the document would be made on the event loop.
  else if (path === '/docs/yaml') void reply.redirect('/docs/json')
  else if (path === '/docs/json') {
    readFile(DOCUMENT).then(
      (text) => reply.type('application/json; charset=utf-8').send(text),
      next
    )
  } else next()
}

/** Swagger UI answers GET alone, and monitors ask with HEAD. */
const addHeadToDocs: onRouteHookHandler = function (route) {
  const { url, method, routePath, handler, schema, onRequest } = route
  if (method !== 'GET' || !/^\/docs(?:\/json|\/yaml)?$/.test(url)) return
  // The page is at `/docs/` too.
  for (const path of routePath === '' ? ['', '/'] : [routePath]) {
    this.route({
      method: 'HEAD',
      url: path,
      handler,
      ...(schema ? { schema } : {}),
      ...(onRequest ? { onRequest } : {})
    })
  }
}
