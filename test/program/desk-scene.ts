import type { Test } from 'tap'

import type { Locale } from '../../src/domain/dealers/dealer.ts'
import type { Role, Team } from '../../src/domain/access/permissions.ts'
import { createEmptyDatabase } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { MailFollower } from './follow-mails.ts'
import type { Recipient } from './follow-mails.ts'
import { ask } from './qualification-scene.ts'
import type { Call } from './qualification-scene.ts'

const OPERATOR_TOKEN = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
const PASSWORD = 'a long password of the day'

const DEALER = {
  name: 'Auto Kraków',
  slug: 'auto-krakow',
  locale: 'pl',
  timeZone: 'Europe/Warsaw',
  country: 'PL',
  currency: 'PLN',
  email: 'hello@auto.test'
}

const FORM = {
  questions: [
    {
      kind: 'timing',
      text: 'When do they want to drive it?',
      weight: 40,
      clues: [{ text: 'Their lease ends within a month', strength: 1 }]
    }
  ],
  qualifiesFrom: 30,
  notYetFrom: 10,
  followUpDays: 30,
  routes: false
}

/** The dealer's own screens of leads, of which no one knows until the admin says so. */
export const SCREEN = 'https://desk.auto.test/leads/'

/** A credential that calls over HTTP; text is sent as the type it is said to be. */
export function callerOf({ baseUrl }: Program, token: string | null) {
  return async (
    method: string,
    path: string,
    body?: object | string,
    type = 'application/json'
  ) => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': type })
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    })
    const text = await answer.text()
    const isJson = String(answer.headers.get('content-type')).includes('json')
    const json = isJson ? JSON.parse(text) : null
    return { status: answer.status, text, body: json, problem: json }
  }
}

/** A member of the team, signed in. */
export interface Person extends Recipient {
  id: string
  name: string
  call: ReturnType<typeof callerOf>
}

/** A dealer that its operator and its own people set up, over HTTP alone, and the mails of all. */
export async function openDesk(t: Test) {
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: await createEmptyDatabase(t),
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN
    }
  })
  const operator = callerOf(program, OPERATOR_TOKEN)
  const ola = { name: 'Ola', email: 'ola@auto.test', password: PASSWORD }
  const dealer = await ask(operator, 'POST', '/v1/dealers', { ...DEALER, owner: ola })
  const signIn = async (email: string) => {
    const words = { dealer: DEALER.slug, email, password: PASSWORD }
    const { accessToken } = await ask(callerOf(program, null), 'POST', '/v1/auth/token', words)
    return callerOf(program, accessToken)
  }
  const owner = await signIn(ola.email)
  const hire = async (
    by: Call,
    name: string,
    words: { role: Role; team?: Team; locale?: Locale }
  ): Promise<Person> => {
    const address = `${name.toLowerCase()}@auto.test`
    const user = { name, email: address, password: PASSWORD, ...words }
    const { id } = await ask(by, 'POST', '/v1/users', user)
    return { id, name, address, locale: words.locale ?? 'pl', call: await signIn(address) }
  }
  const adam = await hire(owner, 'Adam', { role: 'admin', locale: 'en' })
  const people = {
    adam,
    // She chooses no language: the dealer's is hers.
    anna: await hire(adam.call, 'Anna', { role: 'member', team: 'call_center' }),
    olek: await hire(adam.call, 'Olek', { role: 'member', team: 'online_sales', locale: 'es' }),
    sara: await hire(adam.call, 'Sara', { role: 'member', team: 'store_sales', locale: 'en' }),
    stefan: await hire(adam.call, 'Stefan', { role: 'member', team: 'store_sales' })
  }
  const owning: Person = {
    id: dealer.owner.id as string,
    name: ola.name,
    address: ola.email,
    locale: 'pl',
    call: owner
  }
  return { program, dealer, hire, owner: owning, ...people }
}

type Opened = Awaited<ReturnType<typeof openDesk>>

/** What the admin decides before the first lead: where leads go, who hears of them, what is paid. */
export async function setUp({ program, adam, ...opened }: Opened) {
  const { call } = adam
  await ask(call, 'PATCH', '/v1/dealer', {
    settings: { leadAddress: 'desk@auto.test', adfAddress: 'crm@auto.test', keepOwner: false }
  })
  const toCallCenter = { type: 'team', team: 'call_center' }
  const isWebsite = { field: 'source.key', equals: 'website' }
  const entries = [{ name: 'Website', criteria: isWebsite, target: toCallCenter }]
  const rules = await ask(call, 'POST', '/v1/assignment-rules', { rules: { entries } })
  await ask(call, 'POST', `/v1/assignment-rules/${rules.id}/publish`, {})
  const thanks = { subject: 'Dziękujemy', text: 'Dziękujemy, {{ contact.firstName }}.' }
  const template = await ask(call, 'POST', '/v1/templates', {
    name: 'Thanks',
    languages: { pl: thanks }
  })
  const answers = { default: { templateId: template.id, consent: null } }
  const draft = await ask(call, 'POST', '/v1/auto-responses', { rules: answers })
  await ask(call, 'POST', `/v1/auto-responses/${draft.id}/publish`, {})
  const { questions } = await ask(call, 'PUT', '/v1/qualification-forms/inquiry', FORM)
  await ask(call, 'PUT', '/v1/incentive-rates', {
    rates: [
      { measure: 'handled', amount: '1' },
      { measure: 'qualified', amount: '20' },
      { measure: 'appointmentsShown', amount: '15.50' },
      { measure: 'reservations', amount: '30' },
      { measure: 'directSales', amount: '100' },
      { measure: 'storeSales', amount: '50.25' }
    ]
  })
  const { key } = await ask(opened.owner.call, 'POST', '/v1/api-keys', {
    name: 'Website and portal',
    scopes: ['leads:capture']
  })
  const statuses = (await ask(call, 'GET', '/v1/statuses')).data
  const recipients: Recipient[] = [
    ...[opened.owner, adam, opened.anna, opened.olek, opened.sara, opened.stefan],
    { address: 'desk@auto.test', locale: 'pl' },
    { address: 'crm@auto.test', locale: 'pl' },
    ...['ada', 'ewa', 'cleo', 'rita', 'bruno'].map((name): Recipient => ({
      address: `${name}@people.test`,
      locale: 'pl'
    })),
    ...['piotr', 'maria'].map((name): Recipient => ({
      address: `${name}@promoters.test`,
      locale: 'es'
    }))
  ]
  const programme = { name: 'Friends', pointsPerSale: 500, eligibleWhen: 'recorded', active: true }
  await ask(call, 'POST', '/v1/reward-programmes', programme)
  const screens = { [SCREEN]: (id: string) => `/v1/leads/${id}` }
  const mails = new MailFollower({ program, admin: call, recipients, screens })
  return { ...opened, program, adam, machine: callerOf(program, key), questions, statuses, mails }
}

export type Desk = Awaited<ReturnType<typeof setUp>>
