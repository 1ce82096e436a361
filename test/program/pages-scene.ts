import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import PostalMime from 'postal-mime'
import type { Test } from 'tap'

import { signLink } from '../../src/security/signed-links.ts'
import { must } from '../support/must.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { until } from '../support/worker.ts'
import { ask, openDealer } from './qualification-scene.ts'
import type { Scene } from './qualification-scene.ts'

/** Long enough to leave a narrow screen, if anything is. */
const LONG_ADDRESS = `https://portal.example/${'search-results-of-used-cars-'.repeat(6)}?q=1`

const LEAD = {
  source: 'website',
  contact: {
    ...{ firstName: 'Wawrzyniec', lastName: 'Brzęczyszczykiewicz-Gżegżółka' },
    ...{ email: 'wawrzyniec.brzeczyszczykiewicz@people.test', phone: '601 234 567' },
    ...{ preferredChannel: 'phone', preferredTime: 'evening', language: 'pl' },
    address: { street: ['ul. Długa 7'], city: 'Kraków', postalCode: '31-146', country: 'PL' }
  },
  message: 'Good morning,\nis the blue one still there?\n\n<b>I can come</b> on Saturday.',
  vehicles: [
    {
      ...{ interest: 'buy', condition: 'used', year: 2022, make: 'Kia', model: 'Ceed' },
      ...{ vin: 'U5YH5F1AGNL123456', odometer: { value: 41_000, unit: 'km' } },
      price: { amount: '79900.00', currency: 'PLN' }
    },
    { interest: 'trade-in', condition: 'used', year: 2014, make: 'Opel', model: 'Astra' }
  ],
  timeframe: { description: 'this month', earliest: '2026-11-23', latest: '2026-12-15' },
  consents: [{ purpose: 'marketing', channel: 'email', granted: true, text: 'Yes, write to me' }],
  attribution: { landingPage: LONG_ADDRESS, utmSource: 'google' }
}

/** How many invitations are there to be accepted. */
const INVITATIONS = 4

/** The addresses in the mails of the outbox to a person, once there is one that begins with `start`. */
async function linkTo({ program }: Scene, address: string, start: string): Promise<string> {
  const outbox = join(program.dataDirectory, 'outbox')
  const search = async () => {
    const files = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'))
    for (const file of files) {
      const { to, text = '' } = await PostalMime.parse(await readFile(join(outbox, file)))
      const isTheirs = to?.some((one) => one.address === address) === true
      const links = Array.from(text.matchAll(/https?:\/\/\S+/g), ([url]) => url)
      const found = links.find((url) => new URL(url).pathname.startsWith(start))
      if (isTheirs && found !== undefined) return found
    }
    return null
  }
  return must(await until(search, (found) => found !== null, { what: `a mail to ${address}` }))
}

/** A promoter with two links, one of them ended, and a lead at each stage that promoters see. */
async function openPromoterPage({ owner, program, olek }: Scene): Promise<[string, string]> {
  const programme = { name: 'Friends', pointsPerSale: 500, eligibleWhen: 'recorded', active: true }
  await ask(owner, 'POST', '/v1/reward-programmes', programme)
  const words = { name: 'Piotr Brzęczyszczykiewicz', userId: olek.id }
  const promoter = await ask(owner, 'POST', '/v1/promoters', words)
  const [link, ended] = [
    await ask(owner, 'POST', '/v1/referral-links', { promoterId: promoter.id }),
    await ask(owner, 'POST', '/v1/referral-links', { promoterId: promoter.id })
  ]
  const statuses = (await ask(owner, 'GET', '/v1/statuses')).data
  for (const group of ['new', 'working', 'lost', 'sold']) {
    const contact = { fullName: `Of ${group}`, email: `${group}@people.test` }
    const lead = await ask(owner, 'POST', `/v1/referrals/${link.code}/leads`, { contact })
    const status = statuses.find((one: { group: string }) => one.group === group)
    const move = { statusId: status.id, reason: 'as it is' }
    if (group !== 'new') await ask(owner, 'POST', `/v1/leads/${lead.id}/status`, move)
  }
  await ask(owner, 'PATCH', `/v1/referral-links/${ended.id}`, { active: false })
  const { url } = await ask(owner, 'POST', `/v1/promoters/${promoter.id}/page-link`)
  return [url, `${program.baseUrl}/r/${link.code}`]
}

/** The page of a person who signed up through a link, for the owner. */
async function pendingPromoter(scene: Scene, link: string): Promise<string> {
  const code = link.split('/').at(-1)
  const person = { name: 'Wawrzyniec Brzęczyszczykiewicz', email: 'new@promoters.test' }
  await ask(scene.owner, 'POST', `/v1/referrals/${code}/promoters`, person)
  const { data } = await ask(scene.owner, 'GET', '/v1/users?role=owner')
  return await linkTo(scene, data[0].email, '/p/')
}

/** A dealer, and an address of each page that people without an account open. */
export async function openPages(t: Test) {
  const scene = await openDealer(t, { RATE_LIMIT_PUBLIC_MAX: '10000' })
  const { owner, anna, dealer, program } = scene
  await ask(owner, 'PATCH', '/v1/dealer', {
    ...{ name: 'Auto Ñandú & Żółw Sp. z o.o.', url: 'https://dealer.test' },
    settings: { mailPrequalification: true }
  })
  const lead = await ask(owner, 'POST', '/v1/leads', { ...LEAD, assignee: anna.id })
  const expired = {
    ...{ dealerId: dealer.id, id: lead.id },
    reader: { kind: 'user', id: anna.id },
    expiresAt: new Date(Date.now() - 1_000)
  } as const
  const client = await ask(owner, 'POST', '/v1/clients', {
    contact: { fullName: 'Rita Regular', email: 'rita@people.test', phone: '+48601234567' },
    responsibleUserId: anna.id
  })
  await ask(owner, 'POST', '/v1/activities', {
    ...{ type: 'call', userId: anna.id, clientId: client.id, text: 'Ask about winter tyres' },
    dueAt: new Date(Date.now() - 60_000).toISOString()
  })
  const ofClient = { ...expired, id: client.id, expiresAt: new Date(Date.now() + 86_400_000) }
  const [{ id: ownerId }] = (await ask(owner, 'GET', '/v1/users?role=owner')).data
  const ofWork = { ...ofClient, id: anna.id, reader: { kind: 'user', id: ownerId } } as const
  const template = await ask(owner, 'POST', '/v1/templates', {
    name: 'Thanks',
    languages: { en: { subject: 'Thanks', text: 'Thanks.' } }
  })
  const rules = { default: { templateId: template.id, consent: null } }
  const answers = await ask(owner, 'POST', '/v1/auto-responses', { rules })
  await ask(owner, 'POST', `/v1/auto-responses/${answers.id}/publish`, {})
  const [promoterPage, link] = await openPromoterPage(scene)
  const invite = async (name: string | null) => {
    invited += 1
    const email = `invited-${invited}@promoters.test`
    await ask(owner, 'POST', '/v1/promoter-invitations', { email, name })
    return email
  }
  let invited = 0
  const shownTo = await invite('Maria Ruiz')
  const unused: string[] = []
  for (let count = 0; count < INVITATIONS; count += 1) unused.push(await invite(null))
  const invitationOf = (email: string) => linkTo(scene, email, '/v1/promoter-invitations/')
  return {
    program,
    owner,
    link,
    /** An invitation that was not opened yet, of a person without a name. */
    nextInvitation: () => invitationOf(must(unused.pop())),
    /** Pages that only show something, by name, with the status they answer. */
    shown: {
      lead: [await linkTo(scene, anna.email, '/l/'), 200],
      client: [`${program.baseUrl}/c/${signLink(TEST_SECRET, 'client', ofClient)}`, 200],
      work: [`${program.baseUrl}/w/${signLink(TEST_SECRET, 'work', ofWork)}`, 200],
      waiting: [await pendingPromoter(scene, link), 200],
      landing: [link, 200],
      thanks: [`${link}/form`, 200],
      refused: [`${link}/form?error=unreachable-contact`, 200],
      promoter: [promoterPage, 200],
      invitation: [await invitationOf(shownTo), 200],
      unsubscribe: [await linkTo(scene, 'new@people.test', '/u/'), 200],
      absent: [`${program.baseUrl}/l/unknown`, 404],
      expired: [`${program.baseUrl}/l/${signLink(TEST_SECRET, 'lead', expired)}`, 410]
    } satisfies Record<string, [url: string, status: number]>
  }
}

export type Pages = Awaited<ReturnType<typeof openPages>>
