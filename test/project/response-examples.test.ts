import t from 'tap'

import { describeApi } from '../../src/commands/describe-api.ts'
import { isOutcomeOf } from '../../src/domain/activities/activity.ts'
import { EXAMPLE_IDS } from '../../src/schemas/example-ids.ts'

type Json = Readonly<Record<string, unknown>>
interface Body {
  content?: Record<string, { example?: unknown }>
}
interface Document {
  paths: Record<
    string,
    Record<string, { requestBody?: Body; responses: Record<string, Body | { $ref: string }> }>
  >
  components: { schemas: Record<string, { examples?: unknown[] }> }
}

const document = JSON.parse(await describeApi()) as Document

/** The kinds of records, by the schema or the field that holds the id. */
const KINDS: Readonly<Record<string, string>> = {
  Lead: 'lead',
  lead: 'lead',
  leadId: 'lead',
  Client: 'client',
  client: 'client',
  clients: 'client',
  clientId: 'client',
  User: 'user',
  userId: 'user',
  toUser: 'user',
  from: 'user',
  to: 'user',
  owner: 'user',
  user: 'user',
  responsibleUser: 'user',
  assigneeId: 'user',
  createdBy: 'user',
  Dealer: 'dealer',
  dealer: 'dealer',
  Source: 'source',
  source: 'source',
  sourceId: 'source',
  ApiKey: 'API key',
  StatusReason: 'status reason',
  LeadStatusReason: 'status reason',
  Status: 'status',
  statusId: 'status',
  SaleStatus: 'sale status',
  Queue: 'queue',
  queue: 'queue',
  queueId: 'queue',
  Delivery: 'delivery',
  deliveryId: 'delivery',
  Notification: 'notification',
  Activity: 'activity',
  activityId: 'activity',
  Operation: 'operation',
  operationId: 'operation',
  Template: 'template',
  templateId: 'template',
  Promoter: 'promoter',
  promoter: 'promoter',
  promoterId: 'promoter',
  ReferralLink: 'referral link',
  referralLink: 'referral link',
  Sale: 'sale',
  saleId: 'sale',
  Reward: 'reward',
  rewardId: 'reward',
  RewardProgramme: 'reward programme',
  programmeId: 'reward programme',
  Account: 'account',
  account: 'account',
  Opportunity: 'opportunity',
  CustomField: 'custom field',
  Suppression: 'suppression',
  AssignmentRulesVersion: 'assignment rules',
  ScoringRulesVersion: 'scoring rules',
  AutoResponsesVersion: 'auto-responses',
  Handover: 'handover',
  LinkRequest: 'link request',
  Duplicate: 'duplicate',
  Import: 'import'
}

/** Each write with the example of its request (undefined: there is none) and those of its responses. */
const writes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody, responses }]) =>
    method === 'get'
      ? []
      : Object.entries(responses).flatMap(([status, response]) => {
          if (!status.startsWith('2') || '$ref' in response) return []
          return [
            {
              name: `${method.toUpperCase()} ${path} ${status}`,
              method,
              status,
              request: jsonOf(requestBody),
              response: jsonOf(response)
            }
          ]
        })
  )
)

void t.test('the example of a response is the response to the example of the request', (t) => {
  t.ok(writes.filter(({ request }) => request !== undefined).length > 80)
  const wrong = writes.flatMap(({ name, request, response }) => {
    if (!isRecord(request) || !isRecord(response)) return []
    return differences(request, response).map((fault) => `${name} ${fault}`)
  })
  t.strictSame(wrong, [
    // The request names the client that goes; the response is the one that remains.
    'POST /v1/clients/{id}/merge 201 /clientId: ' +
      `"${EXAMPLE_IDS.otherClient}", "${EXAMPLE_IDS.client}"`
  ])
  t.end()
})

void t.test('the example of a response has the version after the write', (t) => {
  const wrong = writes.flatMap(({ name, method, status, response }) => {
    if (!isRecord(response) || typeof response.version !== 'number') return []
    if (status === '201') return response.version === 1 ? [] : [`${name}: ${response.version}`]
    const isChange = method === 'patch' || method === 'put'
    return isChange && response.version < 2 ? [`${name}: ${response.version}`] : []
  })
  t.strictSame(wrong, [])
  t.end()
})

void t.test('the examples of leads that come in have the outcome of their status', (t) => {
  const outcomes = { 200: 'repeated', 201: 'created', 202: 'quarantined' }
  const captures = ['POST /v1/leads', 'POST /v1/leads/documents', 'POST /v1/referrals/{code}/leads']
  for (const capture of captures) {
    for (const [status, outcome] of Object.entries(outcomes)) {
      const shown = writes.find(({ name }) => name === `${capture} ${status}`)?.response
      const lead = isRecord(shown) && Array.isArray(shown.data) ? (shown.data[0] as unknown) : shown
      t.hasStrict(lead, { outcome, warnings: [] }, `${capture} ${status}`)
    }
  }
  t.end()
})

void t.test('the examples of requests can be sent as they stand, and leave no trap', (t) => {
  const shown = writes.find(({ name }) => name === 'PATCH /v1/activities/{id} 200')
  t.hasStrict(shown, { request: { outcome: 'reached' }, response: { type: 'call', state: 'done' } })
  t.ok(isOutcomeOf('reached', { type: 'call', state: 'done' }))
  // After an example with a required field, the example of a lead would be 422.
  for (const { name, request } of writes.filter((one) => one.name.includes('/custom-fields'))) {
    if (isRecord(request)) t.not(request.required, true, name)
  }
  t.end()
})

void t.test('an id of the examples is one record of one kind, and a person has one id', (t) => {
  const kinds = new Map<string, Set<string>>()
  const ids = new Map<string, Set<string>>()
  const note = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value))
  for (const [name, { examples = [] }] of Object.entries(document.components.schemas)) {
    for (const example of examples) {
      walk(example, name, (record, place) => {
        for (const [key, id] of Object.entries(record)) {
          if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) continue
          const kind = KINDS[key === 'id' ? place : key]
          if (kind !== undefined) note(kinds, id, kind)
        }
        if (typeof record.id !== 'string' || typeof record.name !== 'string') return
        if (['Anna Nowak', 'Olek Lis', 'Piotr Lis'].includes(record.name))
          note(ids, record.name, record.id)
      })
    }
  }
  t.ok(kinds.size > 25 && ids.size > 2)
  t.strictSame(
    [...kinds, ...ids].filter(([, values]) => values.size > 1).map(([key, v]) => [key, ...v]),
    []
  )
  t.end()
})

/** Where the fields of a request stand otherwise in its response: `path: sent, shown`. */
function differences(request: Json, response: Json, path = ''): string[] {
  return Object.entries(request).flatMap(([name, sent]) => {
    const place = `${path}/${name}`
    const record = name.endsWith('Id') ? response[name.slice(0, -2)] : undefined
    const shown = name in response ? response[name] : isRecord(record) ? record.id : undefined
    return shown === undefined ? [] : compare(sent, shown, place)
  })
}

function compare(sent: unknown, shown: unknown, place: string): string[] {
  if (isRecord(sent) && isRecord(shown)) return differences(sent, shown, place)
  if (Array.isArray(sent) && Array.isArray(shown)) {
    const parts = sent.flatMap((one: unknown, index) =>
      compare(one, shown[index], `${place}/${index}`)
    )
    return sent.length === shown.length ? parts : [`${place}: of another length`, ...parts]
  }
  return isSame(sent, shown) ? [] : [`${place}: ${JSON.stringify(sent)}, ${JSON.stringify(shown)}`]
}

/** Whether a value is shown as it was sent, or in the form in which it is stored. */
function isSame(sent: unknown, shown: unknown): boolean {
  if (sent === shown) return true
  if (typeof sent !== 'string') return false
  // Sources are sent by their key, reasons by their name; both are shown as records.
  if (isRecord(shown)) return sent === shown.key || sent === shown.name
  if (typeof shown !== 'string') return false
  // Times are shown in UTC, phone numbers as E.164, domains of e-mail addresses in small letters.
  if (/^\d{4}-\d{2}-\d{2}T/.test(sent)) return new Date(sent).toISOString() === shown
  if (/^\+\d+$/.test(shown)) return shown.endsWith(sent.replaceAll(/\D/g, ''))
  return sent.includes('@') && sent.replace(/@.*/, (host) => host.toLowerCase()) === shown
}

function walk(value: unknown, place: string, visit: (record: Json, place: string) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, place, visit)
  if (!isRecord(value)) return
  visit(value, place)
  for (const [name, one] of Object.entries(value)) walk(one, name, visit)
}

function jsonOf(body: Body | undefined): unknown {
  return body?.content?.['application/json']?.example
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
