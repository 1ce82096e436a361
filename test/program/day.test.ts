import t from 'tap'
import type { Test } from 'tap'

import { NO_TEAM_COUNTS, TEAM_MEASURES } from '../../src/domain/reports/team.ts'
import { MEASURES } from '../../src/domain/reports/measure.ts'
import { RESPONSE_MEASURES } from '../../src/domain/reports/response-times.ts'
import { ask } from './qualification-scene.ts'
import { HOUR, tellDay } from './day-story.ts'

// A day at a dealer, by the real program: what every report then says is what was counted by hand.

type Numbers = Partial<Record<(typeof MEASURES)[number], number>>
interface Brought {
  promoter?: { id: string }
  referralLink?: { id: string }
}
type Row = Record<string, unknown> & { leads: string }

const REPORTS = [
  'sources',
  'sources-by-month',
  'sources-by-month-detail',
  'response-times',
  'team',
  'incentives',
  'funnel',
  'promoters',
  'referral-links'
]

const counts = (numbers: Numbers) => ({
  ...Object.fromEntries(MEASURES.map((measure) => [measure, 0])),
  ...numbers
})

const WEBSITE_OCTOBER: Numbers = {
  received: 2,
  duplicate: 1,
  reached: 1,
  appointment: 1,
  shown: 1,
  qualified: 1,
  sold: 1
}
const WEBSITE_NOVEMBER: Numbers = { received: 2, quarantined: 1, invalid: 1, deleted: 1 }
const PORTAL: Numbers = { received: 1, converted: 1 }
const REFERRAL: Numbers = { received: 1, reached: 1, converted: 1, sold: 1 }

void t.test('a day at a dealer, and what its reports say', async (t) => {
  const day = await tellDay(t)
  const { owner, months, anna, olek, sara, stefan, piotr, link, program } = day
  const [october, november] = months
  const period = `from=${october}-01&to=${lastDay(november)}`
  const report = (name: string, words = '') =>
    ask(owner, 'GET', `/v1/reports/${name}?${period}${words}`)

  /** How many leads the list behind a number has: all of its pages. */
  const listed = async (address: string): Promise<number> => {
    let total = 0
    for (let cursor = ''; ;) {
      const page = await ask(owner, 'GET', `${address}&limit=200${cursor}`)
      total += Number(page.data.length)
      if (page.nextCursor === null) return total
      cursor = `&cursor=${page.nextCursor}`
    }
  }
  const checkLists = async (t: Test, row: Row, measures: readonly string[]) => {
    for (const measure of measures) {
      t.equal(await listed(`${row.leads}&measure=${measure}`), row[measure], `${measure}, listed`)
    }
  }

  await t.test('the fair’s list came in whole', async (t) => {
    const { counts: came } = await ask(owner, 'GET', `/v1/imports/${day.importId}`)
    t.strictSame(came, { created: 500, updated: 0, skipped: 0, bad: 0 })
    const progress = await ask(owner, 'GET', `/v1/imports/${day.importId}/progress`)
    t.hasStrict(progress, { state: 'done', processed: 500, total: 500, percent: 100 })
  })

  await t.test('sources', async (t) => {
    const { rows, total } = await report('sources')
    const bySource = Object.fromEntries(rows.map((row: Row) => [keyOf(row), row]))
    const website = { ...WEBSITE_OCTOBER, ...WEBSITE_NOVEMBER, received: 4 }
    const expected: [string, Numbers][] = [
      ['website', website],
      ['portal', PORTAL],
      ['referral', REFERRAL],
      ['trade-fair', { received: 500, lost: 1 }],
      ['phone', {}]
    ]
    for (const [key, numbers] of expected) {
      t.hasStrict(bySource[key], counts(numbers), key)
      await checkLists(t, bySource[key], key === 'trade-fair' ? ['received', 'lost'] : MEASURES)
    }
    const all = {
      received: 506,
      duplicate: 1,
      quarantined: 1,
      invalid: 1,
      reached: 2,
      appointment: 1,
      shown: 1,
      qualified: 1,
      converted: 2,
      sold: 2,
      lost: 1,
      deleted: 1
    }
    t.hasStrict(total, all)
    await checkLists(t, total, MEASURES)
  })

  await t.test('sources by month: midnight is Warsaw’s', async (t) => {
    const { rows } = await report('sources-by-month')
    const received = rows
      .filter((row: Row) => row.received !== 0)
      .map((row: Row) => [row.month, keyOf(row), row.received])
    t.strictSame(received.toSorted(), [
      [october, 'trade-fair', 300],
      [october, 'website', 2],
      [november, 'portal', 1],
      [november, 'referral', 1],
      [november, 'trade-fair', 200],
      [november, 'website', 2]
    ])
    for (const row of rows) await checkLists(t, row, ['received', 'duplicate', 'converted', 'sold'])
    const { total } = await report('sources-by-month', '&source=website')
    t.hasStrict(total, { received: 4, duplicate: 1, converted: 0, sold: 1 })
  })

  await t.test('in detail, with what sources cost', async (t) => {
    const sources = (await ask(owner, 'GET', '/v1/sources?limit=200')).data
    const pay = (key: string, month: string, amount: string) => {
      const { id } = sources.find((source: { key: string }) => source.key === key)
      return ask(owner, 'PUT', `/v1/sources/${id}/costs/${month}`, { amount })
    }
    await pay('website', october, '300.00')
    await pay('trade-fair', october, '5000.00')
    const { rows, total } = await report('sources-by-month-detail')
    const find = (month: string, key: string) =>
      rows.find((row: Row) => row.month === month && keyOf(row) === key)
    const money = (amount: string) => ({ amount, currency: 'PLN' })
    t.hasStrict(find(october, 'website'), {
      ...counts(WEBSITE_OCTOBER),
      deletedByReason: [],
      cost: money('300.00'),
      costPerSale: money('300.00')
    })
    t.hasStrict(find(october, 'trade-fair'), {
      ...counts({ received: 300 }),
      cost: money('5000.00'),
      costPerSale: null
    })
    const spam = find(november, 'website')
    t.hasStrict(spam, {
      ...counts(WEBSITE_NOVEMBER),
      deletedByReason: [{ reason: 'Spam', count: 1 }],
      cost: null
    })
    t.equal(await listed(`${spam.leads}&measure=deleted&reason=Spam`), 1)
    t.equal(await listed(`${spam.leads}&measure=deleted&reason=other`), 0)
    t.hasStrict(find(november, 'trade-fair'), counts({ received: 200, lost: 1 }))
    t.hasStrict(find(november, 'portal'), counts(PORTAL))
    t.hasStrict(find(november, 'referral'), counts(REFERRAL))
    t.hasStrict(total, { cost: money('5300.00'), costPerSale: money('5300.00') })
    for (const row of rows) await checkLists(t, row, row.received < 100 ? MEASURES : ['received'])
  })

  await t.test('response times, by the clock on the wall and by working hours', async (t) => {
    const { total } = await report('response-times')
    const cleoAfter = (day.cleo.clientAt - day.received.cleo) / 1000
    const ewaAfter = (day.ewaAt - (day.midnight + HOUR / 2)) / 1000
    // Ada was called after 12 minutes at night, Cleo at ten in the morning: an hour of work.
    const contact = {
      count: 2,
      seconds: { mean: 18_360, median: 18_360, p90: 32_472 },
      workingSeconds: { mean: 1_800, median: 1_800, p90: 3_240 }
    }
    t.hasStrict(total, {
      received: 506,
      leadToContact: contact,
      leadToReached: contact,
      leadToClient: { count: 2 },
      clientToCall: { count: 1 },
      clientToMail: { count: 0, seconds: { mean: null, median: null, p90: null } },
      clientToMeeting: { count: 0 }
    })
    near(t, total.leadToClient.seconds.mean, (cleoAfter + ewaAfter) / 2)
    near(t, total.leadToClient.seconds.median, (cleoAfter + ewaAfter) / 2)
    near(
      t,
      total.leadToClient.seconds.p90,
      Math.min(cleoAfter, ewaAfter) + 0.9 * Math.abs(cleoAfter - ewaAfter)
    )
    near(t, total.clientToCall.seconds.median, (day.cleo.calledAt - day.cleo.clientAt) / 1000)
    for (const measure of RESPONSE_MEASURES) {
      t.equal(await listed(`${total.leads}&measure=${measure}`), total[measure].count, measure)
    }
    const { rows } = await report('response-times', '&by=source')
    const website = rows.find((row: { key: string }) => row.key === 'website')
    t.hasStrict(website.leadToContact, { count: 1, seconds: { median: 720 } })

    // Anna called Ada, who is Stefan's now; Olek called Cleo.
    const byUser = (await report('response-times', '&by=user')).rows
    const contactOf = ({ id }: { id: string }, row = { leadToContact: { count: 0 } }) =>
      (byUser.find(({ key }: { key: string | null }) => key === id) ?? row).leadToContact
    t.hasStrict(contactOf(anna), { count: 1, seconds: { median: 720 } })
    t.hasStrict(contactOf(olek), { count: 1, seconds: { median: 36_000 } })
    for (const { id } of [sara, stefan]) t.equal(contactOf({ id }).count, 0)
    for (const [{ id }, count] of [
      [anna, 1],
      [stefan, 0]
    ] as const) {
      const own = (await report('response-times', `&user=${id}`)).total
      t.equal(own.leadToContact.count, count, 'the filter counts as the rows do')
    }
  })

  await t.test('team, and what it earned', async (t) => {
    const { rows } = await report('team')
    const expected: [{ id: string }, Partial<typeof NO_TEAM_COUNTS>, number][] = [
      [
        anna,
        {
          handled: 3,
          worked: 1,
          assessed: 3,
          qualified: 1,
          qualifiedShown: 1,
          qualifiedSold: 1,
          handedOver: 1
        },
        1
      ],
      [
        olek,
        {
          handled: 1,
          worked: 1,
          handedOver: 1,
          appointmentsMade: 1,
          appointmentsShown: 1,
          sales: 1,
          directSales: 1,
          storeSales: 1
        },
        1
      ],
      [sara, {}, 0],
      [stefan, { handled: 1, worked: 1, sales: 1, reservations: 1 }, 3]
    ]
    for (const [{ id }, numbers, activities] of expected) {
      const row = rows.find(({ user }: { user: { id: string } }) => user.id === id)
      t.hasStrict(row, { ...NO_TEAM_COUNTS, ...numbers, activities }, row.user.name)
      await checkLists(t, row, TEAM_MEASURES)
    }
    const rates = [
      { measure: 'qualified', amount: '20' },
      { measure: 'appointmentsShown', amount: '15.5' },
      { measure: 'reservations', amount: '30' },
      { measure: 'directSales', amount: '100' },
      { measure: 'storeSales', amount: '50.25' }
    ]
    await ask(owner, 'PUT', '/v1/incentive-rates', { rates })
    const sheet = await report('incentives')
    const earned = Object.fromEntries(
      sheet.rows.map((row: { user: { id: string }; total: unknown }) => [row.user.id, row.total])
    )
    t.hasStrict(earned, {
      [anna.id]: { amount: '20.00', currency: 'PLN' },
      [olek.id]: { amount: '165.75', currency: 'PLN' },
      [stefan.id]: { amount: '30.00', currency: 'PLN' }
    })
  })

  await t.test('the funnel, with time in status', async (t) => {
    const { steps, groups } = await report('funnel')
    t.strictSame(
      steps.map(({ step, entered }: { step: string; entered: number }) => [step, entered]),
      [
        ['received', 506],
        ['worked', 5],
        ['qualified', 3],
        ['client', 3],
        ['sold', 2]
      ]
    )
    type Place = { group: string; entered: number; standing: number } & Record<string, Stays>
    interface Stays {
      count: number
    }
    t.strictSame(
      groups
        .filter(({ entered }: Place) => entered > 0)
        .map(({ group, entered, standing, ended, lasting }: Place) => [
          group,
          [entered, standing, ended?.count, lasting?.count]
        ]),
      [
        // Ewa's lead was new again when she was set free.
        ['new', [506, 499, 8, 499]],
        ['nurturing', [1, 1, 0, 1]],
        ['qualified', [1, 0, 1, 0]],
        ['unqualified', [1, 1, 0, 1]],
        ['linked', [1, 1, 1, 1]],
        ['converted', [1, 0, 1, 0]],
        ['sold', [2, 2, 0, 2]],
        ['lost', [1, 1, 0, 1]],
        ['deleted', [1, 1, 0, 1]]
      ]
    )
    for (const row of groups) {
      t.equal(await listed(row.leads), row.entered, row.group)
      t.equal(await listed(`${row.leads}&standing=true`), row.standing, `${row.group} now`)
    }
    for (const row of steps) t.equal(await listed(row.leads), row.entered, row.step)
  })

  await t.test('promoters and referral links', async (t) => {
    const brought = {
      visits: 3,
      received: 1,
      duplicate: 0,
      converted: 1,
      sold: 1,
      points: { pending: 0, eligible: 500, approved: 0, paid: 0 }
    }
    const promoters = await report('promoters')
    const ofPiotr = promoters.rows.find((row: Brought) => row.promoter?.id === piotr.id)
    t.hasStrict(ofPiotr, brought)
    await checkLists(t, ofPiotr, ['received', 'duplicate', 'converted', 'sold'])
    const links = await report('referral-links')
    const ofLink = links.rows.find((row: Brought) => row.referralLink?.id === link.id)
    t.hasStrict(ofLink, brought)
    await checkLists(t, ofLink, ['received', 'duplicate', 'converted', 'sold'])
  })

  await t.test('the work list is up to date', async (t) => {
    const { rows } = await ask(owner, 'GET', '/v1/reports/work-list')
    const saras = rows.find(({ user }: { user: { id: string } | null }) => user?.id === sara.id)
    t.hasStrict(saras, { unassigned: 0, overdue: 1, dueSoon: 0 })
    const waiting = rows.filter(({ queue }: { queue: object | null }) => queue !== null)
    t.equal(
      waiting.reduce((sum: number, row: { unassigned: number }) => sum + row.unassigned, 0),
      1
    )
    for (const row of rows) await checkLists(t, row, ['unassigned', 'overdue', 'dueSoon'])
  })

  await t.test('each of them as CSV and drawn', async (t) => {
    const asked = REPORTS.map((name) => [name, `/v1/reports/${name}?${period}`] as const)
    for (const [name, address] of [...asked, ['work-list', '/v1/reports/work-list'] as const]) {
      const rows = await day.download(address, 'text/csv')
      t.match(rows, /^[a-zA-Z0-9]+(,[a-zA-Z0-9]+)+\r\n/, `${name}: a head of column names`)
      t.match(await day.download(address, 'image/svg+xml'), /^<svg[^]*<\/svg>$/, name)
    }
    const funnel = await day.download(`/v1/reports/funnel?${period}&by=step`, 'text/csv')
    t.match(funnel, /^received,Received,506,/m)
  })
  t.equal(await program.stop(), 0)
})

function keyOf(row: Row): string {
  return (row.source as { key: string }).key
}

/** Reports count whole seconds. */
function near(t: Test, found: number, expected: number): void {
  t.ok(Math.abs(found - expected) <= 1, `${found} is ${expected}`)
}

/** The last day of a month, `YYYY-MM-DD`. */
function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
