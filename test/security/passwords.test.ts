import t from 'tap'

import { Passwords } from '../../src/security/passwords.ts'
import { CHEAP_PASSWORDS } from '../support/app.ts'

void t.test('passwords', async (t) => {
  const passwords = new Passwords()
  const stored = await passwords.hash('correct horse')
  t.match(stored, /^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/, 'OWASP’s parameters')
  t.not(await CHEAP_PASSWORDS.hash('correct horse'), await CHEAP_PASSWORDS.hash('correct horse'))

  t.equal(await passwords.verify('correct horse', stored), true)
  t.equal(await passwords.verify('correct house', stored), false)
  t.equal(await passwords.verify('', null), false)
  const cheap = await CHEAP_PASSWORDS.hash('correct horse')
  t.equal(await passwords.verify('correct horse', cheap), true, 'by what it was made with')

  const spent = async (work: Promise<unknown>) => {
    const before = process.cpuUsage()
    await work
    return process.cpuUsage(before).user
  }
  const known = await spent(passwords.verify('wrong', stored))
  const unknown = await spent(passwords.verify('wrong', null))
  t.ok(unknown > known / 2, 'the same work where there is nobody')
})
