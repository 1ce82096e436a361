import t from 'tap'

import { HtmlRows } from '../../src/imports/html-rows.ts'

const cellOf = (html: string) => {
  const rows = new HtmlRows()
  return [...rows.push(`<table><tr><td>${html}</td></tr></table>`), ...rows.end()][0]?.cells[0]
}

void t.test('the target of a link is the value where its text says nothing', (t) => {
  const cases: Record<string, string> = {
    '<a href="tel:+48601777180">zadzwoń</a>': '+48601777180',
    '<a class=x href="mailto:l@hl.example?subject=a">napisz</a>': 'l@hl.example',
    "<A HREF='tel:%2B48601777180'>Call now</A>": '+48601777180',
    '<a href="tel:+48601777180"></a>': '+48601777180',
    '<a href="tel:+48601777180">601 777 181</a>': '601 777 181',
    '<a href="mailto:l@hl.example">other@hl.example</a>': 'other@hl.example',
    '<a href="mailto:l@hl.example">Jan Kos</a>': 'Jan Kos',
    '<a href="https://hl.example">link</a>': 'link',
    '<a href="https://wa.me/48601777180?text=hi">WhatsApp</a>': '+48601777180',
    '<a href="https://api.whatsapp.com/send?phone=48601777180">napisz</a>': '+48601777180',
    '<a href="viber://chat?number=%2B48601777180">Viber</a>': '+48601777180',
    '<a href="sms:+48601777180">SMS</a>': '+48601777180',
    '<a href="https://wa.me/48601777180">Jan Kos</a>': 'Jan Kos',
    '601<br>777<br/>171': '601 777 171',
    '601 777 171<br>601 777 172': '601 777 171\n601 777 172'
  }
  for (const [html, text] of Object.entries(cases)) t.equal(cellOf(html), text, html)
  t.equal(
    cellOf('<b>x</b></td><td><a href="tel:1234567">tel</a>'),
    'x',
    'a link is of its own cell'
  )
  t.end()
})
