import t from 'tap'
import { emailKey, readEmail, readPhone } from '../../../src/schemas/leads/contact-point.ts'

void t.test('e-mail addresses', (t) => {
  const valid: Record<string, string> = {
    ' Ada@Example.COM ': 'Ada@example.com',
    'zofia@münchen.example': 'zofia@xn--mnchen-3ya.example',
    "o'hara+cars@sub.example.test": "o'hara+cars@sub.example.test"
  }
  for (const [raw, address] of Object.entries(valid)) {
    t.strictSame(readEmail(raw), { address, raw, valid: true }, raw)
  }
  const invalid = [
    '',
    'emailaddress',
    'a@b',
    'a b@example.test',
    'a@example.test, b@example.test',
    '<a@example.test>',
    'a@example.test\r\nBcc: b@example.test',
    'a@@example.test',
    '.a@example.test',
    'a..b@example.test',
    'a@-example.test',
    'a@ex%61mple.test',
    'a@0x7f.1',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@example.test`,
    `a@${'b.'.repeat(130)}test`
  ]
  for (const raw of invalid) {
    t.strictSame(readEmail(raw), { address: raw.trim(), raw, valid: false }, JSON.stringify(raw))
  }
  t.equal(emailKey(' Ada@Example.COM'), emailKey('ada@example.com'))
  t.equal(emailKey('ZOFIA@MÜNCHEN.example'), 'zofia@xn--mnchen-3ya.example')
  t.end()
})

void t.test('phone numbers', (t) => {
  const valid: [string, string, string][] = [
    ['(514) 555-0142', 'CA', '+15145550142'],
    ['514-555-0142 x12', 'us', '+15145550142'],
    ['+48 22 555 12 34', 'US', '+48225551234'],
    ['22 555 12 34', 'PL', '+48225551234'],
    ['+1 415 555 0123', '??', '+14155550123'],
    ['393-999-3922', 'US', '+13939993922']
  ]
  for (const [raw, country, number] of valid) {
    t.strictSame(readPhone(raw, country), { number, raw, valid: true, type: 'voice', time: null })
  }
  const kept = [
    'ask Ann',
    '',
    '555-1234',
    '000-000-0000',
    '999-999-9999',
    '123-123-1234',
    '9'.repeat(1e5)
  ]
  for (const raw of kept) {
    t.strictSame(readPhone(raw, 'US', 'fax', 'evening'), {
      number: raw,
      raw,
      valid: false,
      type: 'fax',
      time: 'evening'
    })
  }
  t.end()
})
