import t from 'tap'

import { newId } from '../../src/ids.ts'
import { mailboxReader, readLink, signLink } from '../../src/security/signed-links.ts'
import type { SignedLink } from '../../src/security/signed-links.ts'

const SECRET = 'a secret of this test, long enough for it'
const LINK: SignedLink = {
  dealerId: newId(),
  id: newId(),
  reader: { kind: 'user', id: newId() },
  expiresAt: new Date('2026-12-24T18:00:00Z')
}

void t.test('a signed link is read as it was signed', (t) => {
  for (const reader of [LINK.reader, mailboxReader('Leads@Dealer.example')]) {
    const link = { ...LINK, reader }
    t.strictSame(readLink(SECRET, 'lead', signLink(SECRET, 'lead', link)), link)
  }
  t.strictSame(mailboxReader('Leads@Dealer.example'), mailboxReader('leads@dealer.example'))
  t.end()
})

void t.test('no other secret, no changed byte and no other text makes a link', (t) => {
  const text = signLink(SECRET, 'lead', LINK)
  t.match(text, /^[\w-]{90,110}$/, 'fits in an address')
  t.equal(readLink(`${SECRET}!`, 'lead', text), null)
  const bytes = Buffer.from(text, 'base64url')
  for (const index of bytes.keys()) {
    const changed = Buffer.from(bytes)
    changed[index] = (changed[index] ?? 0) ^ 1
    t.equal(readLink(SECRET, 'lead', changed.toString('base64url')), null, `byte ${index}`)
  }
  for (const other of ['', 'x', `${text}A`, text.slice(0, -2), '%00', 'ż'.repeat(96)]) {
    t.equal(readLink(SECRET, 'lead', other), null)
  }
  t.end()
})
