import t from 'tap'

import type { Grant } from '../../src/domain/access/permissions.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import type { Caller, TestResponse } from '../support/response.ts'
import { postLead } from '../support/leads.ts'
import { bodyWith, listOperations, nameIn } from '../support/operations.ts'
import type { DocumentedOperation } from '../support/operations.ts'
import { must } from '../support/must.ts'

/**
 * Which rows members see, for every operation of the OpenAPI document: what the product's table hides
 * from them is not there, whatever they do with its id; what it shows, is. An operation about a thing
 * that is not named here fails the test, so nobody can add one without saying who sees it.
 */

/** What only those see who have to do with it. */
const HIDDEN = [
  'lead',
  'client',
  'activity',
  'delivery',
  'notification',
  'operation',
  'conversion',
  'handover',
  'linkRequest',
  'duplicate',
  'promoter',
  'referralLink',
  'account',
  'opportunity',
  'sale',
  'reward'
] as const
type Hidden = (typeof HIDDEN)[number]

/** What a path's id is an id of, by the collection before it. `open`: members read all of them. */
const COLLECTIONS: Record<string, Hidden | 'open'> = {
  leads: 'lead',
  clients: 'client',
  activities: 'activity',
  deliveries: 'delivery',
  duplicates: 'duplicate',
  notifications: 'notification',
  handovers: 'handover',
  'link-requests': 'linkRequest',
  operations: 'operation',
  conversions: 'conversion',
  promoters: 'promoter',
  'referral-links': 'referralLink',
  accounts: 'account',
  opportunities: 'opportunity',
  sales: 'sale',
  rewards: 'reward',
  'sale-statuses': 'open',
  l: 'open',
  c: 'open',
  p: 'open',
  w: 'open',
  'reward-programmes': 'open',
  'custom-fields': 'open',
  'auto-responses': 'open',
  'api-keys': 'open',
  queues: 'open',
  members: 'open',
  sources: 'open',
  statuses: 'open',
  'status-reasons': 'open',
  users: 'open',
  'assignment-rules': 'open',
  'scoring-rules': 'open',
  templates: 'open',
  // None of them is a member's to see.
  suppressions: 'open',
  imports: 'open',
  // Of the operator, and of whoever knows the code or the secret.
  dealers: 'open',
  r: 'open',
  referrals: 'open',
  'promoter-page': 'open',
  'promoter-invitations': 'open',
  links: 'open',
  calendars: 'open',
  u: 'open'
}

/** The same for members of bodies and parameters of lists. */
const NAMES: Record<string, Hidden | 'open'> = {
  account: 'account',
  accountId: 'account',
  opportunity: 'opportunity',
  opportunityId: 'opportunity',
  templateId: 'open',
  client: 'client',
  clientId: 'client',
  survivorId: 'client',
  duplicateOf: 'lead',
  // Of the lead in the path.
  event: 'open',
  lead: 'lead',
  leadId: 'lead',
  deliveryIds: 'delivery',
  leadIds: 'lead',
  promoter: 'promoter',
  promoterId: 'promoter',
  referralLink: 'referralLink',
  assignee: 'open',
  assigneeId: 'open',
  createdBy: 'open',
  clueId: 'open',
  fromUser: 'open',
  import: 'open',
  questionId: 'open',
  toUser: 'open',
  toUserId: 'open',
  fallbackAssigneeId: 'open',
  queue: 'open',
  queueId: 'open',
  queues: 'open',
  replacementId: 'open',
  responsible: 'open',
  responsibleUserId: 'open',
  ruleSetId: 'open',
  source: 'open',
  sourceId: 'open',
  status: 'open',
  statusId: 'open',
  statusReason: 'open',
  reasonId: 'open',
  user: 'open',
  userId: 'open'
}

/** An offer is answered by whom it was made to, and withdrawn by whoever made it: others see it. */
const OF_ONE_SIDE = [
  'acceptHandover',
  'declineHandover',
  'withdrawHandover',
  'acceptLinkRequest',
  'declineLinkRequest',
  'withdrawLinkRequest'
]

/** They name another client in their body, and look for both before anything else: 409 where it is the same. */
const WITH_ANOTHER = ['mergeClients', 'previewMerge']

const NOBODY = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

const FORM = {
  questions: [
    { kind: 'timing', text: 'When?', weight: 10, clues: [{ text: 'Soon', strength: 1 }] }
  ],
  qualifiesFrom: 5,
  notYetFrom: 2,
  followUpDays: 30,
  routes: false
}

/** Somebody, and the things they have to do with. */
interface Relation {
  name: string
  call: Caller
  ids: Partial<Record<Hidden, string>>
  /** Others have them: they read, and may be refused what changes them. Of all, or of these kinds. */
  onlyReads?: boolean | readonly Hidden[]
}

function onlyReads({ onlyReads: reads }: Relation, kind: Hidden): boolean {
  return Array.isArray(reads) ? reads.includes(kind) : reads === true
}

void t.test('members see what they have to do with, and nothing else', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const dealer = await createDealer({ leadAddress: 'desk@dealer.test' })
  const relations = await relate(dealer)
  const [stranger] = relations
  const operations = listOperations(app)
  t.strictSame(
    HIDDEN.filter((kind) => relations.slice(1).every(({ ids }) => ids[kind] === undefined)),
    [],
    'there is one of each kind that somebody else has to do with'
  )
  t.strictSame(unknownNames(operations), [], 'who sees it is said above')

  // What changes things for good comes last: the others then find nothing gone.
  const about = operations
    .flatMap((operation) => {
      const kind = hiddenKindOf(operation)
      return kind === null ? [] : [{ operation, kind }]
    })
    .toSorted((a, b) => Number(isLasting(a.operation)) - Number(isLasting(b.operation)))
  t.ok(about.length > 25)
  for (const { operation, kind } of about) {
    await t.test(`${operation.method} ${operation.path}`, async (t) => {
      const use = (call: Caller, id: string) => {
        const body = WITH_ANOTHER.includes(operation.id)
          ? bodyWith(operation, '/clientId', id)
          : operation.body
        return call(operation.method, fill(operation, id), body, { 'if-match': '"4711"' })
      }
      for (const relation of relations.slice(1)) {
        const id = relation.ids[kind]
        if (id === undefined) continue
        const [hidden, unknown] = [
          await use(must(stranger).call, id),
          await use(must(stranger).call, NOBODY)
        ]
        t.strictSame(comparable(hidden), comparable(unknown), 'as if it weren’t there')
        // What no member may do at all is refused before anything is looked for.
        if (unknown.status === 403) continue
        t.equal(hidden.status, 404, `for somebody else than ${relation.name}`)
        const seen = await use(relation.call, id)
        if (onlyReads(relation, kind) && operation.method !== 'GET') {
          t.match(String(seen.status), /^(2..|403|409|412)$/, `it is there for ${relation.name}`)
        } else if (OF_ONE_SIDE.includes(operation.id)) t.match(String(seen.status), /^(403|412)$/)
        else if (WITH_ANOTHER.includes(operation.id)) t.equal(seen.status, 409, relation.name)
        else if (operation.conditional)
          t.equal(seen.status, 412, `it is there for ${relation.name}`)
        else if (operation.method !== 'GET') t.ok(seen.status < 300 || seen.status === 409)
        else t.equal(seen.status, (await use(dealer.admin, id)).status, relation.name)
      }
    })
  }
})

void t.test('nor is anything else in a list, found by a filter or named in a body', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const relations = await relate(await createDealer({ leadAddress: 'desk@dealer.test' }))
  const [stranger] = relations
  const operations = listOperations(app)
  const lists = operations.filter(
    (operation) => operation.method === 'GET' && hiddenKindOf(operation) === null
  )

  await t.test('lists show everybody their own', async (t) => {
    for (const { name, call, ids } of relations) {
      const own = new Set(Object.values(ids))
      const others = relations
        .flatMap((relation) => Object.values(relation.ids))
        .filter((id) => !own.has(id))
      const shown = new Set<string>()
      for (const operation of lists) {
        const { text } = await call('GET', fill(operation, NOBODY))
        t.strictSame(
          others.filter((id) => text.includes(id)),
          [],
          `${operation.id} for ${name}`
        )
        for (const id of own) if (text.includes(id)) shown.add(id)
      }
      // There are no lists of operations.
      own.delete(ids.operation ?? '')
      t.strictSame(
        [...own].filter((id) => !shown.has(id)),
        [],
        `all that is for ${name}`
      )
    }
  })

  const hidden = relations.slice(1).flatMap(({ ids }) => Object.entries(ids)) as [Hidden, string][]

  await t.test('filters find no more than of what is not there', async (t) => {
    for (const operation of lists) {
      for (const parameter of operation.queryIds) {
        for (const [, id] of hidden.filter(([kind]) => kind === NAMES[parameter])) {
          const use = (value: string) =>
            must(stranger).call('GET', `${fill(operation, NOBODY)}?${parameter}=${value}`)
          t.strictSame(
            comparable(await use(id)),
            comparable(await use(NOBODY)),
            `${operation.id} ${parameter}`
          )
        }
      }
    }
  })

  await t.test('nor can it be named in a body', async (t) => {
    let count = 0
    for (const operation of operations) {
      const own = must(stranger).ids[hiddenKindOf(operation) ?? 'operation']
      if (operation.pathParameters.length > 0 && own === undefined) continue
      for (const pointer of operation.bodyIds) {
        const name = nameIn(pointer)
        for (const [, id] of hidden.filter(([kind]) => kind === NAMES[name])) {
          const use = (value: string) =>
            must(stranger).call(
              operation.method,
              fill(operation, own ?? NOBODY),
              bodyWith(operation, pointer, value)
            )
          const [refused, unknown] = [await use(id), await use(NOBODY)]
          t.match(String(refused.status), /^4(03|04|09|22)$/, `${operation.id} ${pointer}`)
          t.strictSame(comparable(refused), comparable(unknown), `${operation.id} ${pointer}`)
          count += 1
        }
      }
    }
    t.ok(count > 10)
  })
})

/** Names of path ids, body members and parameters that are not in the tables above. */
function unknownNames(operations: readonly DocumentedOperation[]): string[] {
  return operations.flatMap((operation) => [
    ...collectionsOf(operation)
      .filter((collection) => COLLECTIONS[collection] === undefined)
      .map((collection) => `${operation.path}: an id of ${collection}`),
    ...[...operation.bodyIds.map(nameIn), ...operation.queryIds]
      .filter((name) => NAMES[name] === undefined)
      .map((name) => `${operation.id}: ${name}`)
  ])
}

/** The collections in which the path's ids stand. */
function collectionsOf({ path, pathParameters }: DocumentedOperation): string[] {
  const parts = path.split('/')
  return pathParameters.map((parameter) => parts[parts.indexOf(`{${parameter}}`) - 1] ?? '')
}

/** What an operation's path names that not everybody sees, or null: nothing. */
function hiddenKindOf(operation: DocumentedOperation): Hidden | null {
  const kinds = collectionsOf(operation).map((collection) => COLLECTIONS[collection] ?? 'open')
  return kinds.find((kind) => kind !== 'open') ?? null
}

function isLasting({ method, conditional }: DocumentedOperation): boolean {
  return method !== 'GET' && !conditional
}

/** The path with this id where something hidden stands, and nobody's elsewhere. */
function fill(operation: DocumentedOperation, id: string): string {
  const collections = collectionsOf(operation)
  return operation.pathParameters.reduce((path, parameter, index) => {
    const isOpen = COLLECTIONS[collections[index] ?? ''] === 'open'
    return path.replace(`{${parameter}}`, isOpen ? NOBODY : id)
  }, operation.path)
}

/** An answer without what tells any two requests apart. */
function comparable({ status, text }: TestResponse): unknown {
  return { status, text: text.replace(/"instance":"[^"]+"/, '').replaceAll(/[0-9a-f-]{36}/g, 'id') }
}

/** Members of one dealer, each having to do with something else; the first with none of the others'. */
async function relate(dealer: TestDealer): Promise<Relation[]> {
  const { admin, withUser } = dealer
  const grants: Grant[] = ['leads.unlink', 'conversions.view', 'data.export', 'data.erase']
  const make = async (url: string, body: object) => {
    const answer = await admin('POST', url, body)
    if (answer.status >= 300) throw new Error(`${url} answers ${answer.status}: ${answer.text}`)
    return answer.body
  }
  const firstOf = async (url: string) => (await admin('GET', url)).body.data[0].id as string
  const ofLeads = async (words: object) => {
    const [lead, converted] = [await postLead(admin, words), await postLead(admin, words)]
    const handover = await make(`/v1/leads/${lead.id}/handovers`, { toUserId: dealer.ownerId })
    const { client, operationId } = await make(`/v1/leads/${converted.id}/convert`, {
      planActivity: false
    })
    const statuses = (await admin('GET', '/v1/statuses')).body.data
    const soldId = must(statuses.find(({ group }: { group: string }) => group === 'sold')).id
    const bought = await postLead(admin, words)
    await make(`/v1/leads/${bought.id}/status`, { statusId: soldId })
    return {
      client: client.id as string,
      ids: {
        // Of leads that wait, nobody has the sale yet.
        ...('assignee' in words ? { sale: await firstOf('/v1/sales') } : {}),
        lead: lead.id,
        handover: handover.id as string,
        delivery: await firstOf(`/v1/leads/${lead.id}/deliveries`),
        activity: (await make('/v1/activities', { type: 'call', leadId: lead.id })).id as string,
        operation: operationId as string,
        conversion: await firstOf('/v1/conversions')
      }
    }
  }
  const ofClient = async (responsibleUserId: string) => {
    const account = await make('/v1/accounts', { name: 'Kos Ltd', allowDuplicate: true })
    const client = await make('/v1/clients', {
      contact: { fullName: 'Jan Kos' },
      responsibleUserId,
      accountId: account.id
    })
    const activity = await make('/v1/activities', { type: 'call', clientId: client.id })
    const deal = await make('/v1/opportunities', { name: 'A van', clientId: client.id })
    return {
      client: client.id as string,
      opportunity: deal.id as string,
      account: account.id as string,
      activity: activity.id as string
    }
  }
  /** A user without another part asks for a link to a client of this one. */
  const askedOf = async (responsibleUserId: string) => {
    await admin('PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: 'ask' } })
    const contact = { fullName: 'Ewa Lis', email: 'ewa@leads.test' }
    const known = await make('/v1/clients', { contact, responsibleUserId })
    const asker = await withUser()
    const lead = await postLead(admin, { contact, assignee: asker.id })
    const request = { clientId: known.id }
    const asked = await asker.call('POST', `/v1/leads/${lead.id}/link-requests`, request)
    await admin('PATCH', '/v1/dealer', { settings: { linkToColleaguesClient: 'at_once' } })
    return asked.body.id
  }
  const ofPromoter = async (userId: string) => {
    const promoter = await make('/v1/promoters', { name: 'Pia', userId })
    const link = await make('/v1/referral-links', { promoterId: promoter.id })
    const brought = await postLead(admin, { referralCode: link.code, assignee: dealer.ownerId })
    const statuses = (await admin('GET', '/v1/statuses')).body.data
    const soldId = must(statuses.find(({ group }: { group: string }) => group === 'sold')).id
    await make(`/v1/leads/${brought.id}/status`, { statusId: soldId })
    return {
      promoter: promoter.id as string,
      referralLink: link.id as string,
      reward: await firstOf('/v1/rewards')
    }
  }

  await make('/v1/reward-programmes', { name: 'Winter', pointsPerSale: 500, active: true })
  const stranger = await withUser({ grants })
  const own = await ofLeads({ assignee: stranger.id })
  const assignee = await withUser({ grants })
  const theirs = await ofLeads({ assignee: assignee.id })
  const waiting = await withUser({ grants, inQueue: true })
  const responsible = await withUser({ grants })
  const sponsor = await withUser({ grants })
  const [author, bringer, agent] = [
    await withUser({ grants }),
    await withUser({ grants }),
    await withUser({ grants })
  ]
  const pairOf = async (user: { id: string; call: Caller }) => {
    const contact = { fullName: 'Iga Sowa', email: 'sowa@leads.test' }
    const alike = { contact, responsibleUserId: user.id, allowDuplicate: true }
    for (const one of [alike, alike]) await make('/v1/clients', one)
    await dealer.findDuplicates()
    return must((await user.call('GET', '/v1/duplicates')).body.data[0]).id
  }
  const toOwner = async (id: string) => {
    await make(`/v1/leads/${id}/assign`, { assigneeId: dealer.ownerId })
    return id
  }
  const entered = await toOwner((await postLead(author.call)).id)
  const link = await make('/v1/referral-links', { userId: bringer.id })
  const brought = await toOwner((await postLead(admin, { referralCode: link.code })).id)
  await admin('PUT', '/v1/qualification-forms/inquiry', FORM)
  const assessed = await postLead(admin, { assignee: agent.id })
  const clues = { clues: [], result: 'qualified', note: 'Soon' }
  await agent.call('POST', `/v1/leads/${assessed.id}/qualifications`, clues)
  await toOwner(assessed.id)
  return [
    {
      name: 'a stranger',
      call: stranger.call,
      ids: { ...own.ids, client: own.client, ...(await ofPromoter(stranger.id)) }
    },
    {
      name: 'whose lead it is',
      call: assignee.call,
      ids: {
        ...theirs.ids,
        client: theirs.client,
        notification: must((await assignee.call('GET', '/v1/notifications')).body.data[0]).id
      }
    },
    {
      name: 'in whose queue it waits',
      call: waiting.call,
      ids: (await ofLeads({})).ids,
      // A lead with a client waits no more.
      onlyReads: ['operation']
    },
    {
      name: 'who is responsible for the client',
      call: responsible.call,
      ids: {
        ...(await ofClient(responsible.id)),
        linkRequest: await askedOf(responsible.id),
        duplicate: await pairOf(responsible)
      }
    },
    {
      name: 'who signed the promoter up',
      call: sponsor.call,
      ids: await ofPromoter(sponsor.id)
    },
    {
      name: 'who entered the lead',
      call: author.call,
      ids: { lead: entered },
      onlyReads: true
    },
    {
      name: 'who brought the lead',
      call: bringer.call,
      ids: { lead: brought, referralLink: link.id as string },
      onlyReads: true
    },
    {
      name: 'who qualified the lead',
      call: agent.call,
      ids: { lead: assessed.id },
      onlyReads: true
    }
  ]
}
