import t from 'tap'

import { isAbsentValue } from '../../../src/domain/text/absent-values.ts'

void t.test('words, marks and blanks that stand for no value are absent', (t) => {
  const absent = [
    ...[
      '',
      ' ',
      '-',
      '--',
      '?',
      '...',
      '(none)',
      'null',
      'NULL',
      '<null>',
      'undefined',
      'N/A',
      'n/a'
    ],
    ...['#N/A', 'NaN', 'None', '- none -', 'Not specified', 'not_specified', 'UNKNOWN', 'brak'],
    ...[
      '(pusto)',
      '(blank)',
      '[empty]',
      '(leer)',
      '(en blanco)',
      'nie ma',
      'Nie podano',
      'no tiene'
    ],
    ...['k.A.', 'n.d.', 's/n', '#NV', '#ARG!', '#¡VALOR!', 'NA NA', '{{first_name}}', '%LASTNAME%'],
    ...['*|FNAME|*', '${name}', '[your-name]', '%%email%%', '{{ contact.phone }}'],
    ...['não informado', 'Nao informado', 'Non spécifié', 'neznámý', 'Nespecifikováno'],
    ...['nije navedeno', 'ei tiedossa', 'ohne', 'b/d', 'bd.', 'nil', '[object Object]', 'okänd'],
    ...['niet ingevuld', 'nem ismert', 'necunoscut', 'n.v.t.', 'не указан', 'άγνωστο', '(vide)'],
    ...['Brak danych', 'nie podano', 'sin nombre', 'No especificado', 'keine Angabe', 'unbekannt']
  ]
  for (const text of absent) t.equal(isAbsentValue(text), true, text)
  t.end()
})

void t.test('names, codes and sentences are values', (t) => {
  const values = [
    ...[
      'Na',
      'NA',
      'Nan',
      'Nil',
      'Nulli',
      'Brakowski',
      'X',
      'Noname Motors',
      'Blank',
      'Leer',
      'Ü',
      '0',
      'K.A.',
      'Na Na',
      '[Hund]',
      '100%',
      '{1',
      '🙂'
    ],
    ...['none of your business', 'null, and then some', 'ナシ', `null${' '.repeat(50)}x`]
  ]
  for (const text of values) t.equal(isAbsentValue(text), false, text)
  t.end()
})
