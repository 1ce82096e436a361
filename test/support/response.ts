import type { LightMyRequestResponse } from 'fastify'

import type {
  Bodies as AllBodies,
  CapturedLead,
  Lead,
  LeadReceipt,
  Match,
  Problem,
  Routes
} from './contract-types.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** The JSON of an operation's success, as a key that may read gets it: the lead, not its receipt; of one lead, where a list is possible. */
export interface Bodies extends Omit<AllBodies, 'createLead' | 'createReferredLead' | 'getLead'> {
  createLead: CapturedLead
  createReferredLead: LeadReceipt
  getLead: Lead
}

/** The leads of an ADF document, as a key that may read gets them. */
export interface CapturedDocument {
  data: CapturedLead[]
}

/** A response of the API; its JSON has the type that the OpenAPI document gives it. */
export interface TestResponse<Body = UnknownBody> {
  /** Id of the operation in the document; null: there is none for the request. */
  operation: string | null
  status: number
  headers: Record<string, string | string[] | number | undefined>
  text: string
  /** The body as it came: an image is no text. */
  bytes: Buffer
  /** The JSON, typed as that of a success. */
  body: Body
  /** The same JSON, typed as that of a refusal. */
  problem: TestProblem
}

/** A problem with the members that some types add. */
export interface TestProblem extends Problem {
  leadIds?: string[]
  changes?: string[]
  sales?: { id: string; leadId: string }[]
  matches?: Match[]
}

export type Caller = <const M extends Method, const U extends string, P extends object | string>(
  method: M,
  url: U,
  /** An object is sent as JSON, text as it is: name its type in the headers. */
  body?: P,
  headers?: Record<string, string>
) => Promise<TestResponse<BodyOf<M, U, P>>>

/** Reads a response that `checkResponse` found true to the document, on which its type relies. */
export function readResponse<Body>(
  response: LightMyRequestResponse,
  operation: string | null
): TestResponse<Body> {
  const isJson = /[/+]json\b/.test(String(response.headers['content-type']))
  const json: unknown = isJson && response.body !== '' ? response.json() : null
  return {
    operation,
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    bytes: response.rawPayload,
    body: json as Body,
    problem: json as TestProblem
  }
}

/** The address of a list's next page, by the header `Link`; null at the end. */
export function nextPage({ headers }: Pick<TestResponse, 'headers'>): string | null {
  return /^<(.+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1] ?? null
}

/** The same caller, but a refusal throws. */
export function succeeding(call: Caller): Caller {
  return async (method, url, body, headers) => {
    const response = await call(method, url, body, headers)
    if (response.status >= 300) {
      throw new Error(`${method} ${url} is ${response.status}: ${response.text}`)
    }
    return response
  }
}

/** The JSON of an operation's success, where a request's path is known at run time only. */
export function bodyOf<Id extends keyof Bodies>(id: Id, response: TestResponse): Bodies[Id] {
  const { operation, status, text } = response
  if (operation !== id || status >= 300) throw new Error(`no success of ${id}: ${status} ${text}`)
  return response.body as Bodies[Id]
}

/** The JSON of a request's success, found by its method and path; a document of leads is a list. */
export type BodyOf<M extends string, U extends string, P = object> =
  IdOf<M, U> extends infer Id
    ? [Id, P] extends ['createLead', string | Buffer]
      ? CapturedDocument
      : Id extends keyof Bodies
        ? Bodies[Id]
        : UnknownBody
    : never

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of a path that is known at run time only
export type UnknownBody = any

type IdOf<M extends string, U extends string> = U extends `/${infer Path}`
  ? Walk<Path extends `${infer Before}?${string}` ? Before : Path, Routes, M>
  : null

/** Walks the routes by the path's segments: a fixed segment goes before a parameter. */
type Walk<Path extends string, Node, M extends string> = Path extends `${infer Head}/${infer Rest}`
  ? Walk<Rest, Child<Node, Head>, M>
  : M extends keyof Child<Node, Path>
    ? Child<Node, Path>[M]
    : null

/** Nodes that a segment leads to: `leads${query}` begins with its name, and any text is each of them. */
type Child<Node, Segment extends string> = Segment extends keyof Node
  ? Node[Segment]
  : '*' extends keyof Node
    ? Node['*']
    : string extends Segment
      ? Node[keyof Node]
      : Known<
          Node[{
            [K in keyof Node & string]: Segment extends `${K}${string}` ? K : never
          }[keyof Node & string]]
        >

/** What is nowhere has no methods, where `never` would have all. */
type Known<Node> = [Node] extends [never] ? unknown : Node
