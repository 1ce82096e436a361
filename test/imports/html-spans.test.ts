import t from 'tap'

import { HtmlRows } from '../../src/imports/html-rows.ts'
import { readList } from './read-list.ts'

const rowsOf = (html: string) => {
  const rows = new HtmlRows()
  return [...rows.push(`<table>${html}</table>`), ...rows.end()].map(({ cells }) => cells)
}

void t.test('cells that span rows and columns keep the others in their columns', async (t) => {
  t.strictSame(
    rowsOf(
      '<tr><td rowspan=2>a</td><td colspan=2>b</td><td rowspan="3">c</td></tr><tr><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td><td>h</td></tr><tr><td>i</td></tr>'
    ),
    [['a', 'b', '', 'c'], ['a', 'd', 'e', 'c'], ['f', 'g', 'h', 'c'], ['i']]
  )
  t.strictSame(rowsOf('<tr><td rowspan=2>a</td></tr><tr></tr><tr><td>b</td></tr>'), [
    ['a'],
    [],
    ['b']
  ])
  const { rows } = await readList(
    '<table><tr><th rowspan=2>Name</th><th colspan=2>Contact</th></tr><tr><th>Phone</th><th>Email</th></tr>' +
      '<tr><td rowspan=2>Ann Lee</td><td>585-297-6303</td><td>ann@hz.example</td></tr>' +
      '<tr><td>585-297-6304</td><td>lee@hz.example</td></tr></table>',
    'US'
  )
  t.match(rows, [
    { content: { contact: { fullName: 'Ann Lee', phones: [{ number: '+15852976303' }] } } },
    { content: { contact: { fullName: 'Ann Lee', emails: [{ address: 'lee@hz.example' }] } } }
  ])
})

void t.test('a cell that spans very many rows costs little', (t) => {
  const text = 'x'.repeat(10_000)
  const many = rowsOf(
    `<tr><td rowspan=65000>${text}</td></tr>${'<tr><td>b</td></tr>'.repeat(5_000)}`
  )
  const size = many.flat().reduce((sum, cell) => sum + (cell ?? '').length, 0)
  t.ok(size < 300_000, String(size))
  t.strictSame(many.at(-1), ['', 'b'])
  t.end()
})
