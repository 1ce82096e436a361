import t from 'tap'

import { saveInOffice, withOffice } from '../support/office.ts'
import { readCells } from './reading.ts'

/** Commas, UTF-8, and every value recognised for what it looks like: as somebody types it in. */
const TYPED_IN = '44,34,76,1,,1033,false,true'

/** The same, as text. */
const AS_TEXT = '44,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2,0,true,false'

const LIST = [
  'Imię i nazwisko,E-mail,Telefon,Rok,Przebieg,Data,Uwagi',
  '"Żółć, Łukasz",lukasz@example.pl,+48 601 234 567,2022,12500.5,2026-10-31,"dwa\nwiersze"',
  'Ewa <Lis> & syn,ewa@example.pl,601234568,1999,0.1,2026-01-02,"a ""quoted"" word"',
  ',jan@example.pl,,,,,'
].join('\n')

void t.test('a workbook as LibreOffice saves it comes in as it was', withOffice, async (t) => {
  const settings = { format: 'xlsx' } as const
  const head = LIST.split('\n')[0]?.split(',')
  const text = await readCells(await saveInOffice(t.testdir(), LIST, AS_TEXT), settings)
  t.strictSame(text, [
    head,
    [
      'Żółć, Łukasz',
      'lukasz@example.pl',
      '+48 601 234 567',
      '2022',
      '12500.5',
      '2026-10-31',
      'dwa\nwiersze'
    ],
    [
      'Ewa <Lis> & syn',
      'ewa@example.pl',
      '601234568',
      '1999',
      '0.1',
      '2026-01-02',
      'a "quoted" word'
    ],
    // What is empty is not stored.
    [null, 'jan@example.pl']
  ])
  const typed = await readCells(await saveInOffice(t.testdir(), LIST, TYPED_IN), settings)
  t.strictSame(typed, text, 'numbers and days as well, which a workbook stores as numbers')
})
