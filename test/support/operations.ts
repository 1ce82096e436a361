import type { FastifyInstance } from 'fastify'

/** An operation as the OpenAPI document has it: what generated tests go through. */
export interface DocumentedOperation {
  id: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  /** The document's example of a JSON body, or undefined. */
  body: object | undefined
  /** Names of path parameters, in order. */
  pathParameters: string[]
  /** Pointers of members that hold an id, in the JSON body. */
  bodyIds: string[]
  /** Names of query parameters that hold an id. */
  queryIds: string[]
}

interface Schema {
  $ref?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
interface OperationObject {
  operationId: string
  parameters?: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema?: Schema; example?: object }> }
}
interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, Schema> }
}

/** Every operation there is, from the document that the app itself makes. */
export function listOperations(app: FastifyInstance): DocumentedOperation[] {
  const document = app.swagger() as unknown as OpenApiDocument
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const json = operation.requestBody?.content['application/json']
      return {
        id: operation.operationId,
        method: method.toUpperCase() as DocumentedOperation['method'],
        path,
        body: json?.example,
        pathParameters: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!),
        bodyIds: json?.schema ? findIds(document, json.schema, '') : [],
        queryIds: (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'query' && parameter.schema.format === 'uuid')
          .map(({ name }) => name)
      }
    })
  )
}

function findIds(document: OpenApiDocument, schema: Schema, pointer: string): string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1)!
    return findIds(document, document.components.schemas[name]!, pointer)
  }
  if (schema.format === 'uuid') return [pointer]
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
      findIds(document, member, `${pointer}/${name}`)
    ),
    ...(schema.items ? findIds(document, schema.items, `${pointer}/-`) : []),
    ...(schema.anyOf ?? []).flatMap((branch) => findIds(document, branch, pointer))
  ]
}
