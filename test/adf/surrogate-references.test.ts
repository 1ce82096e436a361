import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { postAdf } from '../support/leads.ts'
import { only } from '../support/must.ts'

void t.test(
  'two references to the halves of a character are the character, on every path',
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    const adf = await postAdf(
      admin,
      '<adf><prospect><customer><contact><name part="full">Ann &#55357;&#56832;</name><email>ann@pairs.example</email>' +
        '</contact><comments>Hi &#xD83D;&#xDE00; &#12345;&#55357;&#56832; &#55357;!</comments></customer></prospect></adf>',
      '?source=portal'
    )
    t.match(only(adf.body.data), { contact: { fullName: 'Ann 😀' }, message: 'Hi 😀 〹😀 \ufffd!' })
    t.ok(only(adf.body.data).warnings.some(({ code }) => code === 'html_entity'))
    const json = await admin('POST', '/v1/leads', {
      source: 'website',
      contact: { fullName: 'Bo &#55357;&#56832; Li', email: 'bo@pairs.example' }
    })
    t.match(json.body, { contact: { fullName: 'Bo 😀 Li' } })
  }
)
