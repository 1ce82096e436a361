import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import PostalMime from 'postal-mime'
import { PNG } from 'pngjs'
import t from 'tap'

import { createEmptyDatabase } from '../support/database.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import { decodeQr } from '../support/qr.ts'
import { until } from '../support/worker.ts'

// The real program: a mail goes out, is answered, and what is handed out on paper leads back.

const PUBLIC_URL = 'https://leads.auto-krakow.example'

void t.test('from the invitation to the QR code of a promoter’s link', async (t) => {
  const program = await startProgram(t, {
    environment: {
      DATABASE_URL: await createEmptyDatabase(t),
      LEADYARD_SECRET: TEST_SECRET,
      LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe',
      LEADYARD_DEMO: 'true',
      PUBLIC_URL
    }
  })
  const call = async (method: string, path: string, body?: object, accept = 'application/json') => {
    const answer = await fetch(program.baseUrl + path.replace(PUBLIC_URL, ''), {
      method,
      headers: {
        authorization: `Bearer ${program.credentials.apiKey}`,
        accept,
        ...(body ? { 'content-type': 'application/json' } : {})
      },
      ...(body ? { body: JSON.stringify(body) } : {})
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const type = String(answer.headers.get('content-type'))
    const json = type.includes('json') ? JSON.parse(bytes.toString()) : null
    return { status: answer.status, type, bytes, body: json }
  }
  const outbox = join(program.dataDirectory, 'outbox')
  const files = async () => {
    const names = await readdir(outbox).catch(() => [] as string[])
    return names.filter((name) => name.endsWith('.eml'))
  }

  const invited = await call('POST', '/v1/promoter-invitations', {
    email: 'piotr@promoters.test',
    name: 'Piotr Lis'
  })
  t.equal(invited.status, 201)
  const [file = ''] = await until(files, (names) => names.length > 0, { what: 'the invitation' })
  const mail = await PostalMime.parse(await readFile(join(outbox, file)))
  const secret = /li_\w{60}/.exec(mail.text ?? '')?.[0] ?? ''
  t.match(mail.text, `${PUBLIC_URL}/v1/promoter-invitations/${secret}`)

  const accepted = await call('POST', `/v1/promoter-invitations/${secret}/accept`, {})
  t.equal(accepted.status, 200)
  const { pageUrl, link } = accepted.body
  t.equal(link.url, `${PUBLIC_URL}/r/${link.code}`)
  const lead = await call('POST', `/v1/referrals/${link.code}/leads`, {
    contact: { fullName: 'Ada Łoś', email: 'ada@example.test' }
  })
  t.equal(lead.status, 201)
  const page = await call('GET', pageUrl)
  t.hasStrict(page.body, { name: 'Piotr Lis', totals: { leads: 1, sales: 0 } })

  const { body: links } = await call('GET', `/v1/referral-links?promoter=${invited.body.id}`)
  for (const path of [
    `/v1/referral-links/${links.data[0].id}/qr`,
    `${String(pageUrl)}/links/${String(link.code)}/qr`
  ]) {
    for (const query of ['', '?size=128&margin=2', '?size=2048&margin=16']) {
      const { status, type, bytes } = await call('GET', path + query, undefined, 'image/png')
      t.strictSame([status, type], [200, 'image/png'])
      t.equal(PNG.sync.read(bytes).width, Number(/size=(\d+)/.exec(query)?.[1] ?? 256))
      t.equal(decodeQr(bytes), link.url, 'decodes to the link')
    }
    const { type, bytes } = await call('GET', path, undefined, 'image/svg+xml')
    t.equal(type, 'image/svg+xml')
    t.match(bytes.toString(), /^<svg [^]*<\/svg>\s*$/)
  }
  t.notMatch(program.stdout() + program.stderr(), /l[ip]_\w{20}|piotr/i, 'no secret is in the log')
  t.equal(await program.stop(), 0)
})
