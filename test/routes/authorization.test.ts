import t from 'tap'

import { GRANTS, SCOPES } from '../../src/domain/access/permissions.ts'
import type { Grant, Role, Scope } from '../../src/domain/access/permissions.ts'
import { createTestApp, OPERATOR_TOKEN } from '../support/app.ts'
import type { Caller, TestResponse } from '../support/response.ts'
import { createFixture } from '../support/fixture.ts'
import type { Fixture, FixtureKind } from '../support/fixture.ts'
import { bodyWith, listOperations, nameIn } from '../support/operations.ts'
import type { DocumentedOperation } from '../support/operations.ts'
import { must } from '../support/must.ts'

/** Who may do what, as the product's table says it: the least role, the least scope, a grant. */
interface Row {
  role: Role | null
  scope: Scope | 'any' | null
  grant?: Grant
}

const READ: Row = { role: 'member', scope: 'read' }
const WRITE: Row = { role: 'member', scope: 'write' }
const SETTINGS: Row = { role: 'admin', scope: 'admin' }

/**
 * Every operation, by hand: an operation that is not here fails the test, so nobody can add one
 * without saying who may use it in two places.
 */
const TABLE: Record<string, Row | 'public' | 'operator'> = {
  ...all(
    'public',
    'getHealth getMetrics getReadiness followReferralLink createToken refreshToken signOut createReferredLead signUpPromoter getCalendar getPromoterPage listPromotedLeads getPromoterPageQr getPromoterInvitation acceptPromoterInvitation showUnsubscribePage showFormPage showLandingPage showLeadPage showClientPage showWorkPage showPromoterDetails unsubscribe'
  ),
  ...all('operator', 'createDealer listDealers getDealerById renameDealer'),
  ...all({ role: 'member', scope: 'leads:capture' }, 'createLead createLeadsFromDocument'),
  ...all(
    READ,
    'listLeads countLeads listLeadTimeline getLeadAdf getLeadClock listLeadDecisions listLeadHistory listLeadMatches getLeadPayload listLeadDeliveries'
  ),
  ...all(
    WRITE,
    'updateLead assignLead assignLeads moveLeads unclaimLead convertLead previewConversion linkLead releaseLead changeLeadStatus undoOperation recordClientConsent recordLeadConsent'
  ),
  ...all(
    { role: 'member', scope: 'admin', grant: 'leads.unlink' },
    'unlinkLead moveLead mergeClients previewMerge mergeDuplicate'
  ),
  ...all(
    READ,
    'listClients getClient listClientLeads getClientConsents listClientConsents getLeadConsents listActivities listActivityTypes getActivity getOperation'
  ),
  ...all(READ, 'listDuplicates getDuplicateCounts getDuplicate'),
  ...all(WRITE, 'updateDuplicate createClient updateClient createActivity updateActivity'),
  ...all(READ, 'listAccounts getAccount listAccountClients listOpportunities getOpportunity'),
  ...all(READ, 'listCustomFields getCustomField'),
  ...all(SETTINGS, 'createCustomField updateCustomField deleteCustomField'),
  ...all(WRITE, 'createAccount updateAccount createOpportunity updateOpportunity'),
  ...all(
    { role: 'member', scope: 'read', grant: 'conversions.view' },
    'listConversions getConversion'
  ),
  ...all(READ, 'listDeliveries getDelivery getDeliveryMessage'),
  ...all(WRITE, 'retryDelivery retryDeliveries'),
  ...all({ role: 'admin', scope: 'read' }, 'listEvents'),
  ...all({ role: 'member', scope: 'admin', grant: 'data.export' }, 'exportLeads exportClients'),
  ...all({ role: 'admin', scope: 'read' }, 'listImportProblems watchImport'),
  ...all({ role: 'admin', scope: 'write' }, 'updateImport checkImport startImport cancelImport'),
  ...all(READ, 'listPromoters getPromoter listReferralLinks getReferralLink getReferralLinkQr'),
  ...all(WRITE, 'createPromoter updatePromoter createReferralLink updateReferralLink'),
  ...all(WRITE, 'createPromoterPageLink deletePromoterPageLink invitePromoter invitePromoterAgain'),
  ...all(
    READ,
    'listSources getSource listStatuses getStatus listStatusReasons getStatusReason listStatusGroups listQueues getQueue listQueueMembers listTeams listUsers getUser getDealer getMatching'
  ),
  ...all(
    SETTINGS,
    'createSource updateSource createStatus updateStatus deleteStatus createStatusReason updateStatusReason createQueue updateQueue addQueueMember removeQueueMember renameTeam simulateAssignmentRules createUser updateUser updateDealer createApiKey listApiKeys getApiKey updateApiKey revokeApiKey rotateApiKey'
  ),
  ...all(
    READ,
    'listScoringRules getScoringRules getRecomputation listEngagements getLeadScore listLeadScores'
  ),
  ...all(WRITE, 'createEngagement'),
  ...all(READ, 'listAssignmentRules getAssignmentRules'),
  ...all(
    SETTINGS,
    'createAssignmentRules updateAssignmentRules deleteAssignmentRules publishAssignmentRules rollBackAssignmentRules'
  ),
  ...all(READ, 'listTemplates getTemplate previewTemplate'),
  ...all(SETTINGS, 'createTemplate updateTemplate deleteTemplate previewTemplateContent'),
  ...all({ role: 'admin', scope: 'read' }, 'listSuppressions getSuppression'),
  ...all(SETTINGS, 'createSuppression deleteSuppression'),
  ...all(READ, 'listAutoResponses getAutoResponses'),
  ...all(
    SETTINGS,
    'createAutoResponses updateAutoResponses deleteAutoResponses publishAutoResponses rollBackAutoResponses'
  ),
  ...all(
    SETTINGS,
    'createScoringRules updateScoringRules deleteScoringRules publishScoringRules rollBackScoringRules'
  ),
  ...all(
    READ,
    'listQualificationForms getQualificationForm listLeadQualifications listHandovers getHandover'
  ),
  ...all(WRITE, 'qualifyLead offerLead withdrawHandover'),
  ...all(READ, 'listLinkRequests getLinkRequest'),
  ...all(WRITE, 'requestLink acceptLinkRequest declineLinkRequest withdrawLinkRequest'),
  ...all(SETTINGS, 'writeQualificationForm'),
  ...all(READ, 'getFieldMapping'),
  ...all(SETTINGS, 'writeFieldMapping'),
  ...all({ role: 'member', scope: null }, 'acceptHandover declineHandover'),
  ...all(
    READ,
    'listSales getSale listSaleStatuses getSaleStatus listRewardProgrammes getRewardProgramme listRewards getReward getPromoterLedger'
  ),
  ...all(
    READ,
    'listCountedLeads getSourcesReport getSourcesByMonthReport getSourcesDetailReport getPromotersReport getReferralLinksReport getWorkListReport listWork'
  ),
  ...all(
    READ,
    'getResponseTimesReport listResponseTimeLeads getTeamReport listTeamLeads getIncentivesReport getIncentiveRates getFunnelReport listFunnelLeads'
  ),
  ...all(SETTINGS, 'writeIncentiveRates'),
  ...all({ role: 'admin', scope: 'read' }, 'listSourceCosts'),
  ...all(SETTINGS, 'writeSourceCost deleteSourceCost'),
  ...all(WRITE, 'updateSale'),
  ...all(
    SETTINGS,
    'createSaleStatus updateSaleStatus deleteSaleStatus createRewardProgramme updateRewardProgramme approveReward payReward'
  ),
  ...all({ role: 'admin', scope: 'read' }, 'listImports getImport listImportRows'),
  ...all({ role: 'admin', scope: 'write' }, 'createImport deleteImport'),
  // A key that may only capture reads the receipts of its own leads.
  ...all({ role: 'member', scope: 'any' }, 'getMe getLead'),
  ...all(SETTINGS, 'getUserNotifications writeUserNotifications'),
  ...all(
    { role: 'member', scope: null },
    'claimLead updateMe createMyCalendar getMyCalendar deleteMyCalendar getMyNotifications writeMyNotifications listNotifications readNotification'
  )
}

function all<T>(row: T, operationIds: string): Record<string, T> {
  return Object.fromEntries(operationIds.split(' ').map((id) => [id, row]))
}

/** What an id is an id of, by the collection it stands in or the name it has. */
const KIND_BY_COLLECTION: Record<string, FixtureKind> = {
  accounts: 'account',
  activities: 'activity',
  'assignment-rules': 'assignmentRules',
  'auto-responses': 'autoResponses',
  'api-keys': 'apiKey',
  clients: 'client',
  conversions: 'conversion',
  'custom-fields': 'customField',
  deliveries: 'delivery',
  duplicates: 'duplicate',
  handovers: 'handover',
  'link-requests': 'linkRequest',
  imports: 'import',
  leads: 'lead',
  notifications: 'notification',
  operations: 'operation',
  opportunities: 'opportunity',
  promoters: 'promoter',
  queues: 'queue',
  'referral-links': 'referralLink',
  'reward-programmes': 'rewardProgramme',
  rewards: 'reward',
  'sale-statuses': 'saleStatus',
  sales: 'sale',
  'scoring-rules': 'scoringRules',
  sources: 'source',
  statuses: 'status',
  'status-reasons': 'statusReason',
  suppressions: 'suppression',
  templates: 'template',
  users: 'user'
}
const KIND_BY_NAME: Record<string, FixtureKind> = {
  account: 'account',
  accountId: 'account',
  assignee: 'user',
  assigneeId: 'user',
  client: 'client',
  clientId: 'client',
  createdBy: 'user',
  event: 'event',
  duplicateOf: 'lead',
  clueId: 'clue',
  fallbackAssigneeId: 'user',
  fromUser: 'user',
  import: 'import',
  questionId: 'question',
  toUser: 'user',
  toUserId: 'user',
  lead: 'lead',
  leadId: 'lead',
  deliveryIds: 'delivery',
  leadIds: 'lead',
  opportunity: 'opportunity',
  opportunityId: 'opportunity',
  promoter: 'promoter',
  promoterId: 'promoter',
  referralLink: 'referralLink',
  queue: 'queue',
  queueId: 'queue',
  queues: 'queue',
  replacementId: 'status',
  ruleSetId: 'assignmentRules',
  responsible: 'user',
  responsibleUserId: 'user',
  source: 'source',
  sourceId: 'source',
  survivorId: 'client',
  status: 'status',
  statusId: 'status',
  statusReason: 'statusReason',
  reasonId: 'statusReason',
  templateId: 'template',
  user: 'user',
  userId: 'user'
}

/** Names that mean something else in one operation than in all others. */
const KIND_BY_USE: Record<string, FixtureKind> = {
  'listSales status': 'saleStatus',
  'updateSale statusId': 'saleStatus',
  'deleteSaleStatus replacementId': 'saleStatus'
}

function kindOf({ id }: DocumentedOperation, name: string): FixtureKind | undefined {
  return KIND_BY_USE[`${id} ${name}`] ?? KIND_BY_NAME[name]
}

const NOBODY = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

void t.test('each credential may use exactly the operations that its grants allow', async (t) => {
  const { app, createDealer, call, callerOf } = await createTestApp(t)
  const operations = listOperations(app)
  t.strictSame(
    operations.map(({ id }) => id).toSorted(),
    Object.keys(TABLE).toSorted(),
    'every operation is in the table, and no other'
  )

  const dealer = await createDealer()
  const credentials: { name: string; call: Caller; may: (row: Row) => boolean }[] = []
  for (const [role, grants] of [
    ['owner', []],
    ['admin', []],
    ['member', [...GRANTS]],
    ['member', []]
  ] as [Role, Grant[]][]) {
    const { call } = await dealer.withUser({ role, grants })
    credentials.push({
      name: `${role} with ${grants.length} grants`,
      call,
      may: (row) =>
        row.role !== null &&
        (role !== 'member' ||
          (row.role === 'member' && (row.grant === undefined || grants.includes(row.grant))))
    })
  }
  const HELD: Record<Scope, (Scope | 'any')[]> = {
    'leads:capture': ['any', 'leads:capture'],
    read: ['any', 'read'],
    write: ['any', 'leads:capture', 'read', 'write'],
    admin: ['any', 'leads:capture', 'read', 'write', 'admin']
  }
  for (const scope of ['leads:capture', 'read', 'write', 'admin'] as const) {
    credentials.push({
      name: `key with ${scope}`,
      call: await dealer.withKey([scope]),
      may: (row) => row.scope !== null && HELD[scope].includes(row.scope)
    })
  }
  const operator = callerOf(OPERATOR_TOKEN)

  for (const operation of operations) {
    const row = TABLE[operation.id]
    if (row === undefined || row === 'public') continue
    await t.test(`${operation.method} ${operation.path}`, async (t) => {
      const url = operation.path.replaceAll(/\{\w+\}/g, NOBODY)
      const use = (as: Caller) => as(operation.method, url, operation.body)
      const anonymous = await call(null, {
        method: operation.method,
        url,
        ...(operation.body ? { payload: operation.body } : {})
      })
      t.equal(anonymous.status, 401, 'nobody')
      t.equal(anonymous.headers['www-authenticate'], 'Bearer')
      t.equal(isRefused(await use(operator)), row !== 'operator', 'the operator')
      for (const { name, call, may } of credentials) {
        const expected = row !== 'operator' && may(row)
        t.equal(isRefused(await use(call)), !expected, name)
      }
    })
  }
})

// Guards the access of operations that read one: a key with `read` listed leads, and could open none.
void t.test('a credential that may list a resource may read one of it', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const { dealer } = await createFixture(await createDealer(), 'listed')
  const callers: Record<string, Caller> = {
    owner: (await dealer.withUser({ role: 'owner' })).call,
    admin: (await dealer.withUser({ role: 'admin' })).call,
    member: (await dealer.withUser({ inQueue: true })).call,
    'member with grants': (await dealer.withUser({ grants: [...GRANTS], inQueue: true })).call
  }
  for (const scope of SCOPES) callers[`key with ${scope}`] = await dealer.withKey([scope])
  const reads = listOperations(app).filter(({ method }) => method === 'GET')
  const pairs = reads.flatMap((list) => {
    const one = reads.find(({ path }) => path.replace(/\/\{\w+\}$/, '/') === `${list.path}/`)
    return one && typeof TABLE[list.id] === 'object' ? [{ list, one }] : []
  })
  let opened = 0
  for (const { list, one } of pairs) {
    if (list.pathParameters.length > 0) continue
    for (const [name, call] of Object.entries(callers)) {
      const { status, body } = await call('GET', list.path)
      const id = status === 200 ? body.data[0]?.id : undefined
      if (id === undefined) continue
      opened += 1
      const { status: read } = await call('GET', one.path.replace(/\{\w+\}$/, id))
      t.equal(read, 200, `${list.id}, ${one.id}: ${name}`)
    }
  }
  t.ok(opened > 100, `${opened} opened`)
})

void t.test('a record of another dealer is 404', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const theirs = await createFixture(await createDealer(), 'theirs')
  const ours = await createFixture(await createDealer(), 'ours')
  const { admin, withUser } = ours.dealer
  const owner = (await withUser({ role: 'owner' })).call
  const operations = listOperations(app).filter(({ id }) => typeof TABLE[id] === 'object')

  for (const operation of operations.filter(({ pathParameters }) => pathParameters.length > 0)) {
    await t.test(`${operation.method} ${operation.path}`, async (t) => {
      for (const [index, parameter] of operation.pathParameters.entries()) {
        const kind = kindInPath(operation, index)
        const use = (id: string) =>
          // Some things only people do.
          (isForKeys(operation) ? admin : owner)(
            operation.method,
            fillPath(operation, ours, index, id),
            operation.body
          )
        const [foreign, unknown] = [await use(theirs.ids[kind]), await use(NOBODY)]
        t.equal(foreign.status, 404, parameter)
        t.strictSame(comparable(foreign), comparable(unknown), 'as if it weren’t there')
      }
    })
  }

  await t.test('nor can it be named in a body', async (t) => {
    const cases = operations.flatMap((operation) =>
      operation.bodyIds.map((pointer) => ({ operation, pointer }))
    )
    t.ok(cases.length > 15)
    for (const { operation, pointer } of cases) {
      const name = nameIn(pointer)
      const kind = kindOf(operation, name)
      t.ok(kind, `${operation.id} ${pointer} is an id of something`)
      const use = (id: string) =>
        admin(operation.method, fillPath(operation, ours), bodyWith(operation, pointer, id))
      // A lead is stored without what its sender names wrongly: tried below.
      if (operation.id === 'createLead') continue
      const [foreign, unknown] = [await use(theirs.ids[must(kind)]), await use(NOBODY)]
      // Many at once are refused one by one.
      const results = foreign.body?.results as { outcome: string }[] | undefined
      const isRefused =
        results?.every(({ outcome }) => outcome === 'refused') ??
        [404, 409, 422].includes(foreign.status)
      t.ok(isRefused, `${operation.id} ${pointer} ${foreign.status}`)
      t.strictSame(comparable(foreign), comparable(unknown), `${operation.id} ${pointer}`)
    }
  })

  // Before filters are tried: an export is recorded with them, whatever the caller has named there.
  await t.test('nor in any list', async (t) => {
    const foreign = new Set(Object.values(theirs.ids))
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      const { text, status } = await admin('GET', fillPath(operation, ours))
      t.ok(status < 500, operation.id)
      t.strictSame(
        [...foreign].filter((id) => text.includes(id)),
        [],
        operation.id
      )
    }
  })

  await t.test('nor be found by a filter', async (t) => {
    for (const operation of operations) {
      for (const parameter of operation.queryIds) {
        const kind = kindOf(operation, parameter)
        t.ok(kind, `${operation.id} ${parameter} is an id of something`)
        const use = (id: string) =>
          admin(operation.method, `${fillPath(operation, ours)}?${parameter}=${id}`)
        const [foreign, unknown] = [await use(theirs.ids[must(kind)]), await use(NOBODY)]
        t.strictSame(comparable(foreign), comparable(unknown), `${operation.id} ${parameter}`)
      }
    }
  })

  await t.test('nor can it be named in a lead, which is stored without it', async (t) => {
    const name = async (assignee: string) => {
      const contact = { email: `${assignee}@example.com` }
      const { status, body } = await admin('POST', '/v1/leads', {
        source: 'website',
        contact,
        assignee
      })
      return { status, assignee: body.assignee, warnings: body.warnings }
    }
    const [foreign, unknown] = [await name(theirs.ids.user), await name(NOBODY)]
    t.hasStrict(foreign, { status: 201, assignee: null, warnings: [{ code: 'unknown_reference' }] })
    t.strictSame(foreign, unknown, 'as if it weren’t there')
  })
})

function isForKeys({ id }: DocumentedOperation): boolean {
  const row = TABLE[id]
  return typeof row !== 'object' || row.scope !== null
}

function isRefused({ status }: TestResponse): boolean {
  return status === 401 || status === 403
}

function kindInPath(operation: DocumentedOperation, index: number): FixtureKind {
  const parts = operation.path.split('/')
  const at = parts.indexOf(`{${must(operation.pathParameters[index])}}`)
  const kind =
    KIND_BY_NAME[must(operation.pathParameters[index])] ?? KIND_BY_COLLECTION[must(parts[at - 1])]
  if (kind === undefined) throw new Error(`${operation.path}: an id of what?`)
  return kind
}

/** The path with our own ids, or another in one place. */
function fillPath(operation: DocumentedOperation, ours: Fixture, other = -1, id = ''): string {
  return operation.pathParameters.reduce(
    (path, parameter, index) =>
      path.replace(`{${parameter}}`, index === other ? id : ours.ids[kindInPath(operation, index)]),
    operation.path
  )
}

/** An answer without what tells any two requests apart. */
function comparable({ status, text }: TestResponse): unknown {
  return { status, text: text.replace(/"instance":"[^"]+"/, '').replaceAll(/[0-9a-f-]{36}/g, 'id') }
}
