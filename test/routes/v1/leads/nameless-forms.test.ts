import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

const TEXT = 'Is the blue one still there? I can come on Friday.'

/** Forms whose fields have numbers for names; the message is `TEXT`. */
const FORMS: Readonly<Record<string, Record<string, string>>> = {
  Gravity: { 'input_1.3': 'Ola', 'input_1.6': 'Kos', input_2: 'EMAIL', input_4: TEXT },
  'Gravity as JSON': { '1.3': 'Ola', '1.6': 'Kos', '2': 'EMAIL', '3': '601 222 304', '4': TEXT },
  WPForms: { 'wpforms[fields][1]': 'EMAIL', 'wpforms[fields][3]': TEXT },
  Elementor: { 'form_fields[email]': 'EMAIL', 'form_fields[field_7f3a]': TEXT },
  'the longest': { field_1: 'EMAIL', field_2: 'from a good friend', field_3: TEXT },
  'beside a street, a name and a box': {
    field_1: 'EMAIL',
    field_2: 'Aleja Jana Pawła Drugiego i Stefana Batorego w Krakowie 7/12',
    field_3: 'Ana María García de la Cruz',
    'field_4.1':
      'I agree to be contacted and to the privacy policy of the dealer, and to its terms.',
    field_5: TEXT
  }
}

const OTHERS: Readonly<Record<string, Record<string, string>>> = {
  'a few words': { input_2: 'EMAIL', input_4: 'blue one' },
  'a street': { input_2: 'EMAIL', input_4: 'ul. Długa 7, Kraków' },
  'a box': { input_2: 'EMAIL', input_4: 'Wyrażam zgodę na kontakt telefoniczny' },
  'an address of a page': {
    input_2: 'EMAIL',
    input_4: 'https://dealer.example/a-b?c=d https://dealer.example/e www.dealer.example/f'
  }
}

void t.test('the text of a form whose fields have numbers is its message', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  let count = 0
  const post = async (given: Record<string, string>, isJson: boolean) => {
    const email = `n${++count}@nameless.example`
    const fields = Object.entries(given).map(([name, text]): [string, string] => [
      name,
      text === 'EMAIL' ? email : text
    ])
    const form = new URLSearchParams(fields).toString() as unknown as object
    const posted = isJson
      ? await dealer.admin('POST', '/v1/leads?lenient=true', Object.fromEntries(fields))
      : await dealer.admin('POST', '/v1/leads', form, {
          'content-type': 'application/x-www-form-urlencoded'
        })
    t.equal(posted.status, 201, posted.text)
    return posted.body
  }
  for (const [name, fields] of Object.entries(FORMS)) {
    const lead = await post(fields, false)
    t.equal(lead.message, TEXT, name)
    const [path] = Object.entries(fields).find(([, text]) => text === TEXT) ?? []
    const told = lead.unmapped.filter(({ text }: { text: string }) => text === TEXT)
    t.strictSame(told, [{ path: `/${path}`, text: TEXT, code: 'found_in_text' }], 'as a guess')
  }
  for (const [name, fields] of Object.entries(OTHERS)) {
    const lead = await post(fields, false)
    t.equal(lead.message, null, name)
    t.match(lead.unmapped, [{ path: '/input_4', code: 'unknown_member' }])
  }
  const named = await post({ input_2: 'EMAIL', message: 'Call me', input_4: TEXT }, false)
  t.equal(named.message, 'Call me', 'a named message comes first')
})
