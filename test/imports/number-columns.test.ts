import t from 'tap'

import { readList } from './read-list.ts'

const NAMES = ['numer', 'Number', 'Nr', 'Número', 'No.', 'Nummer', '#']

void t.test('a column that is called a number is what its values are', async (t) => {
  for (const name of NAMES) {
    const phones = await readList(
      `Name;${name};Email\nJan;601 234 567;j@x.example\nOla;brak;o@x.example\n`
    )
    t.equal(phones.fields[name], 'contact.phone', name)
    t.equal(phones.rows[0]?.content.contact.phones[0]?.number, '+48601234567', name)

    const cards = await readList(
      `Name;${name};Email\nJan;4111 1111 1111 1111;j@x.example\nOla;378282246310005;o@x.example\n`
    )
    t.equal(cards.fields[name], null, name)
    t.notMatch(JSON.stringify(cards.rows), /4111|37828/, 'nothing of a card is kept')

    const houses = await readList(
      `Name;Email;Street;${name};City\nJan;j@x.example;Prosta;7;Radom\nOla;o@x.example;Polna;12a/3;Radom\n`
    )
    t.equal(houses.fields[name], 'contact.address.street', name)
    t.strictSame(
      houses.rows.map(({ content }) => content.contact.address?.street),
      [['Prosta 7'], ['Polna 12a/3']]
    )

    const counted = await readList(`${name};Name;Email\n1;Jan;j@x.example\n2;Ola;o@x.example\n`)
    t.equal(counted.fields[name], null, 'the number of the row is no id')
  }
  const ids = await readList('Numer;Email\nZ/1001;j@x.example\nZ/1007;o@x.example\n')
  t.equal(ids.rows[0]?.content.externalId, 'Z/1001')
})

void t.test('the number of a card is no id, and an id that looks like one is', async (t) => {
  const text = 'Email,Reference,Other\nj@x.example,5555 5555 5555 4444,\no@x.example,R-17,\n'
  const { fields, rows } = await readList(text)
  t.equal(fields.Reference, 'externalId')
  t.strictSame(
    rows.map(({ content }) => content.externalId),
    [null, 'R-17']
  )
  t.match(rows[0]?.content.unmapped, [{ path: 'Reference', text: '[removed]' }])
  const facebook = await readList('id,email\nl:4111111111111111,j@x.example\n')
  t.equal(facebook.rows[0]?.content.externalId, '4111111111111111')
})
