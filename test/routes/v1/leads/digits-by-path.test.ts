import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'
import type { GivenLead } from '../../../support/four-paths.ts'

/** Leads whose numbers stand beside other digits, and the valid numbers that they hold. */
const CASES: readonly (readonly [GivenLead, readonly string[]])[] = [
  [{ phone: 'w treści', message: 'Mój nr 664 310 101 2 auta' }, ['+48664310101']],
  [{ phone: 'w treści', message: 'Skoda 2020 664 310 102' }, ['+48664310102']],
  [{ phone: 'w treści', message: 'Octavia 3 664310103' }, ['+48664310103']],
  [{ phone: 'w treści', message: 'jutro 15:30 664310104' }, ['+48664310104']],
  [{ phone: 'w treści', message: '664 310 105 664 310 106' }, ['+48664310105', '+48664310106']],
  [{ phone: '664 310 107 2 auta' }, ['+48664310107']],
  [{ phone: '2020 664310108' }, ['+48664310108']],
  [{ phone: '664310109-665310109' }, ['+48664310109', '+48665310109']],
  [{ phone: '664310110+665310110' }, ['+48664310110', '+48665310110']],
  [{ phone: '664 310 111/112' }, ['+48664310111', '+48664310112']],
  [{ phone: '664-310-113.0' }, ['+48664310113']],
  [{ phone: '66O 31O 114' }, ['+48660310114']],
  [{ phone: '☎664310115' }, ['+48664310115']],
  [{ message: `${'Szukam auta. '.repeat(1550)}Tel. 664 310 116` }, ['+48664310116']],
  [{ message: `${'Szukam auta. '.repeat(7800)}Tel. 664 310 117` }, ['+48664310117']]
]

void t.test(
  'digits beside a number are the same on every path, and what was repaired is told',
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
    for (const [index, [given, numbers]] of CASES.entries()) {
      for (const path of PATHS) {
        const { lead, told } = must(stored[index])[path]
        const { phone, otherPhones } = lead.contact
        const found = [phone, ...otherPhones.map(({ number }) => number)]
        t.strictSame(
          found.filter((one) => one?.startsWith('+')),
          numbers,
          `${path}: ${JSON.stringify(given)}`
        )
        t.ok(
          told.some((code) => ['found_in_text', 'repaired_phone', 'split_values'].includes(code)),
          `${path}: ${JSON.stringify(given)} is told`
        )
      }
    }
  }
)
