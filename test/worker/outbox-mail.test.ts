import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import PostalMime from 'postal-mime'
import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { must } from '../support/must.ts'
import { startTestWorker, until } from '../support/worker.ts'

// Guards the way from the request to the recipient: staff answer a mail, and the person gets it.
void t.test(
  'mails about a posted lead are answered to the person, where the dealer wants it',
  async (t) => {
    const { database, createDealer } = await createTestApp(t)
    const worker = await startTestWorker(t, database)
    const outbox = join(worker.dataDirectory, 'outbox')
    const mailsTo = async (address: string) => {
      // Others are still being written.
      const files = await readdir(outbox).catch(() => [])
      const names = files.filter((name) => name.endsWith('.eml'))
      const mails = await Promise.all(
        names.map(async (name) => PostalMime.parse(await readFile(join(outbox, name))))
      )
      return mails.filter(({ to }) => must(to).some((one) => one.address === address))
    }
    const oneTo = async (address: string) =>
      must(
        (
          await until(
            () => mailsTo(address),
            ({ length }) => length > 0
          )
        )[0]
      )

    const leadAddress = 'leads@answering.example'
    const dealer = await createDealer({ leadAddress })
    const eva = await dealer.withUser({ role: 'member', name: 'Eva Berg' })
    const posted = await dealer.admin('POST', '/v1/leads', {
      source: 'website',
      assignee: eva.id,
      contact: { fullName: 'Zoë Łoś', email: 'zoe@person.example', phone: '+48 662 400 211' }
    })
    t.equal(posted.status, 201, posted.text)
    for (const address of [leadAddress, eva.email]) {
      const mail = await oneTo(address)
      t.strictSame(mail.replyTo, [{ name: 'Zoë Łoś', address: 'zoe@person.example' }], address)
      t.equal(mail.from?.address, 'desk@leadyard.test', address)
    }

    const silent = await createDealer({ leadAddress: 'leads@silent.example', replyToPerson: false })
    const byPhone = await createDealer({ leadAddress: 'leads@phone.example' })
    const contact = { fullName: 'Zoë Łoś', email: 'zoe@person.example' }
    await silent.admin('POST', '/v1/leads', { source: 'website', contact })
    await byPhone.admin('POST', '/v1/leads', {
      source: 'website',
      contact: { fullName: 'Zoë Łoś', email: 'zoe at home', phone: '+48 662 400 212' }
    })
    for (const address of ['leads@silent.example', 'leads@phone.example']) {
      t.equal((await oneTo(address)).replyTo, undefined, address)
    }
  }
)
