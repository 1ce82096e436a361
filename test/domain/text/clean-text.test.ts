import t from 'tap'

import { cleanText, plainText } from '../../../src/domain/text/clean-text.ts'

void t.test('cleanText drops what nobody sees, and keeps joiners of scripts', (t) => {
  t.equal(cleanText('\u202a Jan\u00a0\u200b Kos\ufeff\u00ad \u202c'), 'Jan Kos')
  t.equal(cleanText('می\u200cخواهم'), 'می\u200cخواهم')
  t.equal(cleanText('O’Connor\n Smith'), 'O’Connor Smith')
  t.end()
})

void t.test('plainText writes contact points in plain characters, line by line', (t) => {
  t.equal(plainText('\u202a+48\u00a0601 234\u200d 201\u202c'), '+48 601 234 201')
  t.equal(plainText('ｊａｎ＠ｘ．example'), 'jan@x.example')
  t.equal(plainText('tim.o’connor@x.example'), "tim.o'connor@x.example")
  t.equal(plainText('601–234—201'), '601-234-201')
  t.equal(plainText('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹'), '0123456789 0123456789')
  t.equal(plainText('601 234 201 \r\n\n 602\t345 201'), '601 234 201\n602 345 201')
  t.end()
})
