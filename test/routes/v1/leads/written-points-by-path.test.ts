import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'
import type { GivenLead } from '../../../support/four-paths.ts'
import { must } from '../../../support/must.ts'

/** Contact points as they stand in sentences, names and links, and what they are. */
const CASES: readonly (readonly [GivenLead, { phone?: string; email?: string; name?: string }])[] =
  [
    [{ name: 'Ida A', message: 'jan [at] gmail.com proszę' }, { email: 'jan@gmail.com' }],
    [
      { name: 'Ida B', message: 'pisz: jan(małpa)wp(kropka)pl o tej ofercie' },
      { email: 'jan@wp.pl' }
    ],
    [{ name: 'Ida C', message: 'https://wa.me/48601234215' }, { phone: '+48601234215' }],
    [{ name: 'Ida D', message: 'tel601234217' }, { phone: '+48601234217' }],
    [{ name: 'Ida E', message: '601-234-224rano' }, { phone: '+48601234224' }],
    [{ name: 'Ida F', message: 'pisz +48601234228Jan' }, { phone: '+48601234228' }],
    [{ name: 'Ida G', message: 'tel:%2B48601234218' }, { phone: '+48601234218' }],
    [
      { name: 'Ida P', message: 'zadzwoń <a href="tel:+48606108453">tu</a>' },
      { phone: '+48606108453' }
    ],
    // No number of the dealer's country, and still one to dial.
    [{ name: 'Ida H', message: 'Call me 585-297-6204' }, { phone: '585-297-6204' }],
    [{ name: 'Ida I', message: 'mein Handy 0171 2345672' }, { phone: '0171 2345672' }],
    [{ name: 'Jan Kos 0171 2345673' }, { phone: '0171 2345673', name: 'Jan Kos' }],
    [{ name: 'Ida J', phone: '601*234*568' }, { phone: '+48601234568' }],
    [{ name: 'Ida K', phone: '601234569.000' }, { phone: '+48601234569' }],
    [{ name: 'Ida L', phone: '11 9123 456 789' }, { phone: '11 9123 456 789' }],
    [{ name: 'Ida M', email: 'jan\\@poczta.example' }, { email: 'jan@poczta.example' }],
    [{ name: 'Ida N', email: '_ewa@poczta.example_' }, { email: 'ewa@poczta.example' }],

    [
      { name: "'Jan Kos", phone: '601 234 570' },
      { phone: '+48601234570', name: 'Jan Kos' }
    ]
  ]

void t.test(
  'contact points in sentences, names and links are the same on every path',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const stored = await sendByPaths(
      t,
      app,
      dealer,
      CASES.map(([given]) => given)
    )
    for (const [index, [given, wanted]] of CASES.entries()) {
      for (const path of PATHS) {
        const { lead } = must(stored[index])[path]
        const label = `${path}: ${JSON.stringify(given)}`
        t.equal(lead.quarantined, false, label)
        if (wanted.phone !== undefined) t.equal(lead.contact.phone, wanted.phone, label)
        if (wanted.email !== undefined) t.equal(lead.contact.email, wanted.email, label)
        if (wanted.name !== undefined) t.equal(lead.displayName, wanted.name, label)
      }
    }
  }
)
