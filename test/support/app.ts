import type { FastifyBaseLogger, FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import tap from 'tap'
import type { Test } from 'tap'

import { buildApp } from '../../src/app.ts'
import { issueSecret } from '../../src/security/credentials.ts'
import { SYSTEM_ACTOR } from '../../src/domain/events/event.ts'
import type { DealerSettings } from '../../src/domain/dealers/dealer.ts'
import type { User } from '../../src/domain/access/user.ts'
import type { Grant, Role, Scope, Team } from '../../src/domain/access/permissions.ts'
import { newId } from '../../src/ids.ts'
import { logOptions } from '../../src/logging.ts'
import type { LimitOptions } from '../../src/http/plugins/limits.ts'
import { Passwords } from '../../src/security/passwords.ts'
import { insertApiKey } from '../../src/repositories/access/api-keys.ts'
import { insertQueueMember } from '../../src/repositories/dealers/queues.ts'
import { insertUser } from '../../src/repositories/access/users.ts'
import { createMetrics } from '../../src/program/metrics.ts'
import { findDuplicates } from '../../src/use-cases/matching/find-duplicates.ts'
import { foundDealer } from '../../src/use-cases/dealers/found-dealer.ts'
import { checkResponse } from './contract.ts'
import { createTestDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { readResponse } from './response.ts'
import type { BodyOf, Caller, TestResponse } from './response.ts'
import { TEST_SECRET } from './postgres.ts'

export const OPERATOR_TOKEN = 'the-operator-token-of-the-tests-48-characters-long'

/** A level of the log to see what the app logs; silence without it. */
const { TEST_LOG } = process.env

/** A hash of full cost takes half a second of processor time, and tests make hundreds. */
export const CHEAP_COST = { N: 2 ** 10, r: 8, p: 1 }
export const CHEAP_PASSWORDS = new Passwords(CHEAP_COST)

const NO_LIMITS: LimitOptions = {
  max: 1_000_000,
  publicMax: 1_000_000,
  windowSeconds: 60,
  maxEventLoopDelayMs: 0
}

/** The API on a database of its own, and the means to call it. */
export interface TestApp {
  app: FastifyInstance
  database: TestDatabase
  /** A new dealer; each subtest makes its own. */
  createDealer: (settings?: Partial<DealerSettings>) => Promise<TestDealer>
  /** Calls the API with any credential, and checks the response against the OpenAPI document. */
  call: <const M extends string, const U extends string>(
    token: string | null,
    request: InjectOptions & { method: M; url: U }
  ) => Promise<TestResponse<BodyOf<M, U>>>
  /** Calls with one credential. */
  callerOf: (token: string | null) => Caller
}

export interface TestDealer {
  id: string
  slug: string
  ownerId: string
  defaultQueueId: string
  /** Calls as a key with every scope. */
  admin: Caller
  /** Calls as a key with these scopes, optionally bound to a source. */
  withKey: (scopes: Scope[], sourceId?: string) => Promise<Caller>
  /** Compares all clients, as the worker does. */
  findDuplicates: () => Promise<void>
  /** Makes a user and calls as them. */
  withUser: (words?: {
    role?: Role
    grants?: Grant[]
    name?: string
    email?: string
    team?: Team
    /** What routing asks of a user beside. */
    routing?: Partial<
      Pick<User, 'absences' | 'workingHours' | 'capacityPerDay' | 'locale' | 'languages' | 'active'>
    >
    /** Whether they belong to the default queue; default: false. */
    inQueue?: boolean
  }) => Promise<{ id: string; email: string; call: Caller }>
}

/** Starts nothing but a pool: the app is called through `inject`. */
export async function createTestApp(
  t: Test,
  {
    now = () => new Date(),
    rememberedMs = 0,
    passwords = CHEAP_PASSWORDS,
    limits = {},
    trustProxy = [],
    metricsToken = null,
    findObstacles = () => Promise.resolve([]),
    database: given,
    logger = TEST_LOG === undefined ? null : pino(logOptions(TEST_LOG), pino.destination(2))
  }: {
    now?: () => Date
    rememberedMs?: number
    passwords?: Passwords
    /** Default: no test reaches a limit. */
    limits?: Partial<LimitOptions>
    trustProxy?: string[]
    metricsToken?: string | null
    findObstacles?: () => Promise<string[]>
    /** That of another app: two processes on one database. Default: one of its own. */
    database?: TestDatabase
    /** Default: silence, or what `TEST_LOG` asks for. */
    logger?: FastifyBaseLogger | null
  } = {}
): Promise<TestApp> {
  const database = given ?? (await createTestDatabase(t))
  const app = await buildApp({
    db: database.db,
    now,
    passwords,
    logger,
    secret: TEST_SECRET,
    operatorToken: OPERATOR_TOKEN,
    accessTokenSeconds: 900,
    rememberedMs,
    refreshTokenSeconds: 86_400,
    mailDomain: 'leadyard.test',
    mailFrom: 'desk@leadyard.test',
    publicUrl: () => 'http://leadyard.test',
    linkSecret: TEST_SECRET,
    limits: { ...NO_LIMITS, ...limits },
    health: {
      findObstacles,
      metrics: createMetrics(),
      metricsToken
    },
    requestTimeoutSeconds: 30,
    bodyLimitBytes: 1024 * 1024,
    importMaxBytes: 8 * 1024 * 1024,
    trustProxy
  })
  await app.ready()
  t.teardown(() => app.close())

  const send = async <Body>(token: string | null, request: InjectOptions) => {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
    // At the addresses that mails have, JSON is for who names it.
    const url = typeof request.url === 'string' ? request.url : ''
    const isLinked = /^\/v1\/promoter-(?:page|invitations)\/[^/]+$/.test(url)
    const accept = isLinked ? { accept: 'application/json' } : {}
    const headers = { ...accept, ...authorization, ...request.headers }
    const response = await app.inject({ ...request, headers })
    return readResponse<Body>(response, checkResponse(request, response))
  }
  const callerOf =
    (token: string | null): Caller =>
    (method, url, body, headers) =>
      send(token, { method, url, ...(body ? { payload: body } : {}), headers: headers ?? {} })

  return {
    app,
    database,
    call: send,
    callerOf,
    createDealer: (settings = {}) => createTestDealer({ app, database, now, callerOf }, settings)
  }
}

let shared: Promise<TestApp> | undefined

/**
 * The API for tests that see it through dealers of their own only: one for all of them in a process,
 * since to make one costs more than most tests.
 */
export async function sharedTestApp(): Promise<Pick<TestApp, 'createDealer'>> {
  return await (shared ??= createTestApp(tap))
}

async function createTestDealer(
  {
    app,
    database: { db },
    now,
    callerOf
  }: {
    app: FastifyInstance
    database: TestDatabase
    now: () => Date
    callerOf: (token: string) => Caller
  },
  settings: Partial<DealerSettings>
): Promise<TestDealer> {
  const slug = `dealer-${newId()}`
  const at = now()
  const stamps = { version: 1, createdAt: at, updatedAt: at }
  const { dealer, ownerId, defaultQueueId } = await foundDealer(db, {
    incoming: {
      name: `Dealer ${slug.slice(-4)}`,
      slug,
      locale: 'en',
      timeZone: 'Europe/Warsaw',
      country: 'PL',
      currency: 'PLN',
      email: 'hello@dealer.test',
      phone: null,
      url: null,
      address: null,
      settings,
      owner: { name: 'Olga Owner', email: `owner@${slug}.test`, passwordHash: null }
    },
    actor: SYSTEM_ACTOR,
    now: at
  })
  const withKey: TestDealer['withKey'] = async (scopes, sourceId) => {
    const secret = issueSecret('lk_live_', dealer.id)
    await db.transaction(dealer.id, (tx) =>
      insertApiKey(tx, {
        id: newId(),
        name: 'Test key',
        prefix: secret.prefix,
        keyHash: secret.hash,
        scopes,
        sourceId: sourceId ?? null,
        lenient: false,
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
        createdBy: null,
        ...stamps
      })
    )
    return callerOf(secret.text)
  }
  const withUser: TestDealer['withUser'] = async (words = {}) => {
    const id = newId()
    const email = words.email ?? `${id}@${slug}.test`
    await db.transaction(dealer.id, async (tx) => {
      await insertUser(tx, {
        id,
        email,
        name: words.name ?? 'Ursula User',
        phone: null,
        role: words.role ?? 'member',
        team: words.team ?? null,
        grants: words.grants ?? [],
        active: true,
        absences: [],
        workingHours: null,
        capacityPerDay: null,
        locale: null,
        languages: [],
        ...words.routing,
        passwordHash: null,
        ...stamps
      })
      if (words.inQueue === true) {
        await insertQueueMember(tx, { queueId: defaultQueueId, userId: id, now: at })
      }
    })
    const token = app.jwt.sign({ sub: id, dealer: dealer.id })
    return { id, email, call: callerOf(token) }
  }
  const admin = await withKey(['admin'])
  const dealerId = dealer.id
  const compareAll = async () => {
    while ((await findDuplicates(db, { dealerId, now: now() })) > 0);
  }
  return {
    ...{ id: dealerId, slug, ownerId, defaultQueueId, admin, withKey, withUser },
    findDuplicates: compareAll
  }
}
