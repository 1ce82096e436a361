import { sql } from 'drizzle-orm'
import t from 'tap'

import { work } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'
import { rowsOf as rowsOfStatement } from '../../../support/sql.ts'
import { writeXlsx } from '../../../support/xlsx.ts'

const CSV_TYPE = 'text/csv'
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

void t.test('a file is read again after a change of how it is read', async (t) => {
  const test = await createTestApp(t)
  const dealer = await test.createDealer()
  const upload = async (file: string | Buffer, query = '', type = CSV_TYPE) => {
    const headers = { 'content-type': type }
    const path = `/v1/imports${query}`
    return (await dealer.admin('POST', path, file, headers)).body
  }
  const patch = (id: string, settings: object, headers = {}) => {
    const path = `/v1/imports/${id}`
    return dealer.admin('PATCH', path, { settings }, headers)
  }
  const cellsOf = async (id: string) =>
    (await dealer.admin('GET', `/v1/imports/${id}/rows`)).body.data.map(({ cells }) => cells)
  const pieces = async () => {
    const statement = sql`select count(*)::integer as count from import_files`
    const [row] = await test.database.db.transaction(dealer.id, (tx) =>
      rowsOfStatement<{ count: number }>(tx, statement)
    )
    return row?.count ?? 0
  }

  await t.test(
    'headerRow: rows, columns and guesses are new, and what was set stays',
    async (t) => {
      const file = 'Alpha,Beta,Gamma\nName,E-mail,Note\nEwa Lis,ewa@x.example,red\n'
      const uploaded = await upload(file, '?headerRow=1')
      t.equal(uploaded.settings.headerRow, 1)
      t.equal(await pieces(), 1)
      const changed = await patch(uploaded.id, { headerRow: 2 }, { 'if-match': '"2"' })
      t.equal(changed.status, 200, changed.text)
      t.match(changed.body, {
        version: 3,
        rows: 1,
        header: { line: 2, basis: 'setting', skipped: [{ line: 1, text: 'Alpha | Beta | Gamma' }] },
        columns: [
          { name: 'Name' },
          { name: 'E-mail', samples: ['ewa@x.example'] },
          { name: 'Note' }
        ],
        settings: {
          headerRow: 2,
          mapping: [
            { column: 'Name', field: 'contact.fullName' },
            { column: 'E-mail', field: 'contact.email' },
            { column: 'Note', field: 'message' }
          ]
        }
      })
      t.strictSame(await cellsOf(uploaded.id), [['Ewa Lis', 'ewa@x.example', 'red']])
      const mapping = [
        { column: 'Name', field: 'contact.fullName' },
        { column: 'E-mail', field: 'contact.email' },
        { column: 'Note', field: 'vehicle.stockNumber' }
      ]
      t.equal((await patch(uploaded.id, { mapping })).status, 200)
      const guessed = await patch(uploaded.id, { headerRow: null })
      t.strictSame(guessed.body.settings.mapping, mapping)
      t.strictSame(guessed.body.header.basis, 'guess')
      t.equal((await patch(uploaded.id, { headerRow: 2 }, { 'if-match': '"2"' })).status, 412)
    }
  )

  await t.test('what can’t be read so changes nothing', async (t) => {
    const uploaded = await upload('E-mail\nan@x.example\n')
    const refused = await patch(uploaded.id, { headerRow: 7 })
    t.equal(refused.status, 422)
    t.match(refused.body.type, /unreadable-file/)
    const after = (await dealer.admin('GET', `/v1/imports/${uploaded.id}`)).body
    t.strictSame(after, uploaded)
    t.strictSame(await cellsOf(uploaded.id), [['an@x.example']])
    t.match((await patch(uploaded.id, { sheet: '2' })).body.errors, [
      { pointer: '/settings/sheet' }
    ])
    t.match((await patch(uploaded.id, { encoding: 'klingon' })).body.errors, [
      { pointer: '/settings/encoding' }
    ])
    const other = await patch(uploaded.id, {
      separator: 'pipe',
      mapping: [{ column: 'Mail', field: 'contact.email' }]
    })
    t.match(other.body.errors, [{ pointer: '/settings/mapping/0/column' }])
    t.strictSame((await dealer.admin('GET', `/v1/imports/${uploaded.id}`)).body, uploaded)
  })

  await t.test('a doubtful encoding is settled by another choice', async (t) => {
    const text = 'Name,Email,Gr\x94sse\nSchr\x94der,s@doubt.example,Weg\n'
    const uploaded = await upload(Buffer.from(text, 'latin1'))
    t.equal(uploaded.encodingGuess.certainty, 'doubtful')
    const mapped = (street: string) => [
      { column: 'Name', field: 'contact.lastName' },
      { column: 'Email', field: 'contact.email' },
      { column: street, field: 'contact.address.street' }
    ]
    await patch(uploaded.id, { mapping: mapped(uploaded.columns[2].name) })
    const [guess, other] = uploaded.encodingGuess.choices
    t.equal(guess.encoding, uploaded.encoding)
    const [street = '', name = ''] = other.sample.split(' ')
    const changed = await patch(uploaded.id, { encoding: other.encoding.toUpperCase() })
    t.match(changed.body, { encoding: other.encoding, encodingGuess: null })
    t.equal(changed.body.settings.encoding, other.encoding)
    t.strictSame(changed.body.settings.mapping, mapped(street))
    t.strictSame(await cellsOf(uploaded.id), [[name, 's@doubt.example', 'Weg']])
    const back = await patch(uploaded.id, { encoding: null })
    t.match(back.body, { encoding: guess.encoding, encodingGuess: { certainty: 'doubtful' } })
    t.strictSame(back.body.settings.mapping, mapped(uploaded.columns[2].name))
    t.equal((await patch(uploaded.id, { encoding: other.encoding })).status, 200)
    t.equal((await dealer.admin('POST', `/v1/imports/${uploaded.id}/start`)).status, 202)
  })

  await t.test('separator, and the sheet of a workbook', async (t) => {
    const csv = await upload('Name;E-mail,Phone\nEwa;ewa@x.example,601234567\n', '?separator=comma')
    t.match((await patch(csv.id, { separator: 'semicolon' })).body, {
      separator: 'semicolon',
      columns: [{ name: 'Name' }, { name: 'E-mail,Phone' }]
    })
    const text = (place: string, value: string) => `<c r="${place}" t="str"><v>${value}</v></c>`
    const file = writeXlsx({
      rows: `<row r="1">${text('A1', 'E-mail')}</row><row r="2">${text('A2', 'an@x.example')}</row>`
    })
    const book = await upload(file, '', XLSX_TYPE)
    t.equal(book.columns[0].name, 'E-mail')
    const hidden = (await patch(book.id, { sheet: 'Hidden', headerRow: 0 })).body
    t.match(hidden, { rows: 1, columns: [{ name: 'Column 1' }], settings: { sheet: 'Hidden' } })
    t.strictSame(await cellsOf(book.id), [['secret']])
    const unknown = await patch(book.id, { sheet: 'Third' })
    t.equal(unknown.status, 422)
    t.match(unknown.body.detail, 'Hidden, Leads')
    await patch(book.id, { sheet: 'Leads', headerRow: 2 })
    const start = await dealer.admin('POST', `/v1/imports/${book.id}/start`)
    t.match(JSON.parse(start.text).errors, [
      { pointer: '/settings/mapping', message: /row 2: headerRow .* \(Hidden\): sheet sets/ }
    ])
    t.match((await patch(book.id, { encoding: 'utf-8' })).body.errors, [
      { pointer: '/settings/encoding' }
    ])
  })

  await t.test('problems of a dry run go with the rows', async (t) => {
    const uploaded = await upload('List,\nE-mail,Phone\nan@x.example,1\nnobody,\n', '?headerRow=1')
    const mapping = [{ column: 'List', field: 'contact.email' }]
    await patch(uploaded.id, { mapping })
    await dealer.admin('POST', `/v1/imports/${uploaded.id}/check`)
    t.equal((await patch(uploaded.id, { headerRow: 2 })).status, 409, 'during a dry run')
    await work(test, dealer, uploaded.id)
    const path = `/v1/imports/${uploaded.id}/problems`
    t.not((await dealer.admin('GET', path)).body.data.length, 0)
    const changed = await patch(uploaded.id, { headerRow: 2 })
    t.equal(changed.body.check, null)
    t.strictSame((await dealer.admin('GET', path)).body.data, [])
  })

  await t.test('the file is kept until the import begins or is removed', async (t) => {
    const before = await pieces()
    const first = await upload('E-mail\nrun@x.example\n')
    const second = await upload('E-mail\ngone@x.example\n')
    t.equal(await pieces(), before + 2)
    await dealer.admin('POST', `/v1/imports/${first.id}/start`)
    await dealer.admin('DELETE', `/v1/imports/${second.id}`)
    await upload('', '')
    t.equal(await pieces(), before)
    t.equal((await patch(first.id, { headerRow: 0 })).status, 409)
  })

  await t.test('a file with secrets is not kept', async (t) => {
    const before = await pieces()
    const file = 'E-mail,Password\nan@x.example,hunter2\n'
    const uploaded = await upload(file)
    t.equal(await pieces(), before)
    const refused = await patch(uploaded.id, { headerRow: 0 })
    t.equal(refused.status, 422)
    t.match(refused.body.errors, [
      { pointer: '/settings/headerRow', message: /passwords.*upload it again/ }
    ])
    const late = await upload(file, '?headerRow=0')
    t.equal(await pieces(), before + 1)
    t.equal((await patch(late.id, { headerRow: 1 })).status, 200)
    t.equal(await pieces(), before)
  })

  await t.test('another dealer sees none of it', async (t) => {
    const other = await test.createDealer()
    const uploaded = await upload('E-mail\nan@x.example\n')
    const path = `/v1/imports/${uploaded.id}` as const
    t.equal((await other.admin('PATCH', path, { settings: { headerRow: 0 } })).status, 404)
  })
})
