import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'

const HOURS = {
  timeZone: 'Europe/Madrid',
  week: {
    monday: [
      { from: '09:00', to: '13:30' },
      { from: '16:00', to: '20:00' }
    ],
    friday: [{ from: '22:00', to: '06:00' }],
    sunday: [{ from: '00:00', to: '24:00' }]
  },
  holidays: ['2026-12-25', '2027-01-06']
}

void t.test('working hours', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('200 keeps what the dealer, a queue and a user are given', async (t) => {
    const { admin, defaultQueueId, withUser } = await createDealer()
    const user = await withUser()
    for (const url of ['/v1/dealer', `/v1/queues/${defaultQueueId}`, `/v1/users/${user.id}`]) {
      t.equal((await admin('GET', url)).body.workingHours, null, `${url}: always, or the dealer’s`)
      const changed = await admin('PATCH', url, { workingHours: HOURS })
      t.strictSame([changed.status, changed.body.workingHours], [200, HOURS], url)
      t.strictSame((await admin('GET', url)).body.workingHours, HOURS)
      const short = { week: {} }
      t.strictSame(
        (await admin('PATCH', url, { workingHours: null })).body.workingHours,
        null,
        'taken away'
      )
      t.strictSame((await admin('PATCH', url, { workingHours: short })).body.workingHours, {
        timeZone: null,
        week: {},
        holidays: []
      })
    }
  })

  await t.test('422 names the zone, day, time or date that is none', async (t) => {
    const { admin, defaultQueueId, withUser } = await createDealer()
    const user = await withUser()
    const monday = (window: object) => ({ week: { monday: [window] } })
    const cases: [object, string][] = [
      [{ week: {}, timeZone: 'Europe/Atlantis' }, '/timeZone'],
      [{ week: { someday: [] } }, '/week/someday'],
      [monday({ from: '9:00', to: '17:00' }), '/week/monday/0/from'],
      [monday({ from: '24:00', to: '17:00' }), '/week/monday/0/from'],
      [monday({ from: '09:00', to: '24:01' }), '/week/monday/0/to'],
      [monday({ from: '09:00' }), '/week/monday/0/to'],
      [{ week: {}, holidays: ['2026-02-30'] }, '/holidays/0'],
      [{ holidays: [] }, '/week']
    ]
    for (const url of ['/v1/dealer', `/v1/queues/${defaultQueueId}`, `/v1/users/${user.id}`]) {
      for (const [workingHours, place] of cases) {
        const { status, body } = await admin('PATCH', url, { workingHours })
        t.equal(status, 422, `${url} ${JSON.stringify(workingHours)}`)
        t.equal(body.errors?.[0]?.pointer, `/workingHours${place}`)
      }
    }
  })

  await t.test('deadlines follow the hours', async (t) => {
    const { admin } = await createDealer({ responseLimitMinutes: 90 })
    await admin('PATCH', '/v1/dealer', {
      workingHours: {
        timeZone: 'UTC',
        week: Object.fromEntries(
          ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(
            (day) => [
              day,
              [
                { from: '00:00', to: '01:00' },
                { from: '01:00', to: '00:00' }
              ]
            ]
          )
        ),
        holidays: [new Date().toISOString().slice(0, 10)]
      }
    })
    const lead = await postLead(admin)
    const { respondBy } = (await admin('GET', `/v1/leads/${lead.id}/clock`)).body
    t.equal(respondBy?.slice(11), '01:30:00.000Z', 'after the holiday')
  })
})
