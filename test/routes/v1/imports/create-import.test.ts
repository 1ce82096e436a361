import { Readable } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

import { sql } from 'drizzle-orm'
import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { rowsOf as rowsOfStatement } from '../../../support/sql.ts'

const CSV = { 'content-type': 'text/csv' }

void t.test('POST /v1/imports', async (t) => {
  const test = await createTestApp(t)
  const upload = (dealer: TestDealer, query: string, file: string | Buffer, headers = CSV) =>
    dealer.admin('POST', `/v1/imports${query}`, file, headers)
  const rowsOf = async (dealer: TestDealer, { body }: TestResponse) =>
    (await dealer.admin('GET', `/v1/imports/${body.id}/rows`)).body.data

  await t.test('201 with the columns, samples and a guess of where they go', async (t) => {
    const dealer = await test.createDealer()
    const file =
      'Imię;Nazwisko;E-mail;Telefon;Uwagi\nEwa;Lis;ewa@x.pl;601 234 567;"a;b"\n;;;;\nJan;;;1;\n'
    const answer = await upload(dealer, '?name=targi.csv', file)
    t.equal(answer.status, 201)
    const { body } = answer
    t.equal(answer.headers.location, `/v1/imports/${body.id}`)
    t.equal(answer.headers.etag, `"${body.version}"`)
    t.hasStrict(body, {
      target: 'leads',
      name: 'targi.csv',
      state: 'ready',
      format: 'csv',
      encoding: 'utf-8',
      separator: 'semicolon',
      bytes: Buffer.byteLength(file),
      rows: 2
    })
    t.strictSame(
      body.settings.mapping.map(({ field }) => field),
      ['contact.firstName', 'contact.lastName', 'contact.email', 'contact.phone', 'message']
    )
    t.strictSame(body.columns[3], { name: 'Telefon', samples: ['601 234 567', '1'], dates: null })
    t.strictSame(await rowsOf(dealer, answer), [
      {
        row: 1,
        line: 2,
        cells: ['Ewa', 'Lis', 'ewa@x.pl', '601 234 567', 'a;b'],
        fault: null,
        repair: null
      },
      { row: 2, line: 4, cells: ['Jan', '', '', '1'], fault: null, repair: null }
    ])
    t.strictSame((await dealer.admin('GET', `/v1/imports/${body.id}`)).body, body)
    t.strictSame((await dealer.admin('GET', '/v1/imports')).body.data, [body])
    const events = (await dealer.admin('GET', '/v1/events?type=import.created')).body.data
    t.strictSame(events[0]?.data, { target: 'leads', format: 'csv', rows: 2 })
  })

  await t.test('rows are paged by their number', async (t) => {
    const dealer = await test.createDealer()
    const lines = Array.from({ length: 2500 }, (_, at) => `p${at + 1}@x.pl`)
    const { body } = await upload(dealer, '', ['email', ...lines].join('\n'))
    t.equal(body.rows, 2500)
    const numbers: number[] = []
    let url: string | null = `/v1/imports/${body.id}/rows?limit=200`
    while (url !== null) {
      const page: TestResponse = await dealer.admin('GET', url)
      numbers.push(...page.body.data.map(({ row }: { row: number }) => row))
      const { nextCursor } = page.body
      url = nextCursor && `/v1/imports/${body.id}/rows?limit=200&cursor=${nextCursor}`
    }
    t.strictSame(
      numbers,
      lines.map((_, at) => at + 1)
    )
  })

  await t.test('a custom field is found by its label; clients have notes', async (t) => {
    const dealer = await test.createDealer()
    const field = { target: 'client', key: 'budget', label: 'Presupuesto máximo', type: 'number' }
    await dealer.admin('POST', '/v1/custom-fields', field)
    const { body } = await upload(dealer, '?target=clients', 'presupuesto maximo,notes\n1,x\n')
    t.strictSame(
      body.settings.mapping.map(({ field }) => field),
      ['customFields.budget', 'description']
    )
    t.equal(body.settings.sourceId, null)
  })

  await t.test('the sender may name encoding and separator', async (t) => {
    const dealer = await test.createDealer()
    const answer = await upload(dealer, '?separator=pipe&encoding=IBM866', 'a|b,c\n1|2\n')
    t.hasStrict(answer.body, { separator: 'pipe', encoding: 'ibm866' })
    t.strictSame((await upload(dealer, '?encoding=klingon', 'a\n1\n')).status, 422)
    const charset = { 'content-type': 'text/csv; charset=iso-8859-2' }
    t.equal((await upload(dealer, '', 'a\n1\n', charset)).body.encoding, 'iso-8859-2')
  })

  await t.test('the same key again answers the first import, and reads nothing', async (t) => {
    const dealer = await test.createDealer()
    const headers = { ...CSV, 'idempotency-key': 'one' }
    const first = await upload(dealer, '', 'email\na@x.pl\n', headers)
    const again = await upload(dealer, '', 'email\nb@x.pl\n', headers)
    t.strictSame([again.status, again.body], [201, first.body])
    t.equal(again.headers['idempotent-replayed'], 'true')
    t.equal((await upload(dealer, '?target=clients', 'email\n', headers)).status, 422)
    t.equal((await dealer.admin('GET', '/v1/imports')).body.data.length, 1)
  })

  await t.test('of two under one key at once, one import results', async (t) => {
    const dealer = await test.createDealer()
    const headers = { ...CSV, 'idempotency-key': 'two' }
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => upload(dealer, '', `email\n${name}@x.pl\n`, headers))
    )
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
    // The others are answered, and then given up.
    let states: string[] = ['receiving']
    while (states.includes('receiving')) {
      const { body } = await dealer.admin('GET', '/v1/imports')
      states = body.data.map(({ state }: { state: string }) => state)
    }
    t.equal(states.filter((state) => state === 'ready').length, 1)
  })

  await t.test('422: what can’t be read fails, and nothing of it stays', async (t) => {
    const dealer = await test.createDealer()
    const headers = { ...CSV, 'idempotency-key': 'three' }
    const answer = await upload(dealer, '', '', headers)
    t.ok([415, 422].includes(answer.status))
    const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    const broken = await upload(dealer, '', 'PK\x03\x04', { ...headers, 'content-type': xlsx })
    t.equal(broken.status, 422)
    t.equal(broken.problem.type, 'urn:leadyard:problem:unreadable-file')
    const { body } = await dealer.admin('GET', `/v1/imports/${String(broken.problem.importId)}`)
    t.hasStrict(body, { state: 'failed', fault: { code: 'not_xlsx' }, rows: 0 })
    // A failure is not remembered: the key is free.
    t.equal((await upload(dealer, '', 'email\na@x.pl\n', headers)).status, 201)
  })

  // Guards `isNestedTooDeep`: a line nested 50,000 deep ended the stack, and was a 500.
  await t.test('NDJSON nested without end is a row with a fault', async (t) => {
    const dealer = await test.createDealer()
    const type = { 'content-type': 'application/x-ndjson' }
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const mixed = await upload(dealer, '', `{"email":"ewa@x.pl"}\n${deep}\n`, type)
    t.equal(mixed.status, 201)
    t.hasStrict((await rowsOf(dealer, mixed))[1], {
      line: 2,
      cells: [],
      fault: { code: 'json_too_deep', facts: { limit: 64 } }
    })
    const alone = await upload(dealer, '', deep, type)
    t.equal(alone.status, 422)
    t.match(alone.problem.type, 'unreadable-file')
    t.equal(alone.problem.detail, 'The line is nested deeper than 64 levels.')
    const long = await upload(dealer, '', `{"a":"${'x'.repeat(1_000_001)}"}`, type)
    t.equal(long.problem.detail, 'The row is longer than 1,000,000 characters.')
  })

  await t.test('rows of a file that breaks off in the middle are removed', async (t) => {
    const dealer = await test.createDealer()
    const wide = Array.from({ length: 201 }, (_, at) => `"k${at}":1`).join(',')
    const lines = Array.from({ length: 3000 }, () => '{"email":"a@x.pl"}').join('\n')
    const type = { 'content-type': 'application/x-ndjson' }
    const answer = await upload(dealer, '', `${lines}\n{${wide}}\n`, type)
    t.equal(answer.status, 422)
    const { importId } = answer.problem
    t.strictSame((await dealer.admin('GET', `/v1/imports/${String(importId)}/rows`)).body.data, [])
  })

  await t.test('a file is read by its bytes, under the types that programs send', async (t) => {
    const dealer = await test.createDealer()
    const types = ['application/octet-stream', 'application/vnd.ms-excel', 'text/plain', 'text/tsv']
    for (const type of types) {
      const answer = await upload(dealer, '', 'email\tphone\na@x.pl\t1\n', { 'content-type': type })
      t.hasStrict(answer.body, { format: 'csv', separator: 'tab', rows: 1 }, type)
    }
    const packed = gzipSync('email\na@x.pl\n')
    const unpacked = await upload(dealer, '', packed, { 'content-type': 'application/gzip' })
    t.hasStrict(unpacked.body, { state: 'ready', format: 'csv', rows: 1, bytes: 13 })
    const pdf = await upload(dealer, '?name=leads.csv', '%PDF-1.4 …')
    t.equal(pdf.status, 422)
    t.match(pdf.problem.detail, 'The format of the file is PDF')
    const damaged = await upload(dealer, '', packed.subarray(0, 20))
    t.equal(damaged.status, 422)
    t.match(damaged.problem.detail, 'Unpack it')
  })

  await t.test('a file is read without its Content-Encoding', async (t) => {
    const dealer = await test.createDealer()
    const url = '/v1/imports?name=list.csv'
    const token = test.app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })
    const send = async (payload: Buffer, encoding: string) => {
      const credential = { authorization: `Bearer ${token}` }
      const headers = { ...CSV, ...credential, 'content-encoding': encoding }
      const answer = await test.app.inject({ method: 'POST', url, payload, headers })
      return { status: answer.statusCode, body: answer.json() }
    }
    const file = Buffer.from(`E-mail;City\n${'ewa@x.pl;Łódź\n'.repeat(5_000)}`)
    const cases: [string, Buffer][] = [
      ['gzip', gzipSync(file)],
      ['x-gzip', gzipSync(file)],
      ['deflate', deflateSync(file)],
      ['br', brotliCompressSync(file)],
      ['identity', file]
    ]
    for (const [encoding, payload] of cases) {
      const { status, body } = await send(payload, encoding)
      t.equal(status, 201, encoding)
      t.hasStrict(body, { rows: 5_000, bytes: file.length, encoding: 'utf-8' }, encoding)
    }
    t.equal((await send(file, 'zstd')).status, 415)
    for (const damaged of [file, gzipSync(file).subarray(0, 60)]) {
      const { status, body } = await send(damaged, 'gzip')
      t.equal(status, 400)
      t.match(body.detail, 'not in the encoding gzip')
    }
    const bomb = gzipSync(Buffer.alloc(9 * 1024 * 1024, 'x'))
    t.equal((await send(bomb, 'gzip')).status, 413)
  })

  await t.test('413 beyond the limit, wherever it shows', async (t) => {
    const dealer = await test.createDealer()
    const big = 'x'.repeat(9 * 1024 * 1024)
    t.equal((await upload(dealer, '', big)).status, 413)
    const answer = await test.app.inject({
      method: 'POST',
      url: '/v1/imports',
      headers: { ...CSV, authorization: 'Bearer none' },
      payload: Readable.from([big])
    })
    t.equal(answer.statusCode, 401)
  })

  await t.test('415 for what is no file; 422 for a source there is not', async (t) => {
    const dealer = await test.createDealer()
    const { status, problem } = await dealer.admin('POST', '/v1/imports', { a: 1 })
    t.equal(status, 415)
    t.match(problem.detail, /text\/csv/)
    t.notMatch(problem.detail, /pdf|zip|vcard/, 'no type whose files are refused in any case')
    t.equal((await upload(dealer, '?source=nowhere', 'email\n')).status, 422)
  })

  await t.test('DELETE removes an import that never ran, with its rows', async (t) => {
    const dealer = await test.createDealer()
    const { body } = await upload(dealer, '', 'email\na@x.pl\n')
    t.equal((await dealer.admin('DELETE', `/v1/imports/${body.id}`)).status, 204)
    t.equal((await dealer.admin('GET', `/v1/imports/${body.id}`)).status, 404)
    t.equal((await dealer.admin('DELETE', `/v1/imports/${body.id}`)).status, 404)
    const other = await upload(dealer, '', 'email\na@x.pl\n')
    await test.database.db.transaction(dealer.id, (tx) =>
      rowsOfStatement(tx, sql`update imports set state = 'running' where id = ${other.body.id}`)
    )
    t.equal((await dealer.admin('DELETE', `/v1/imports/${other.body.id}`)).status, 409)
  })
})
