import t from 'tap'

import { areNameForms, fullNameOf } from '../../../src/domain/text/nicknames.ts'

void t.test('a nickname is a form of its name, in four languages', async (t) => {
  for (const [nickname, name] of [
    ['bob', 'robert'],
    ['bob', 'rob'],
    ['peggy', 'margaret'],
    ['alex', 'alexandra'],
    ['alex', 'alexander'],
    ['pepe', 'jose'],
    ['paco', 'francisco'],
    ['chema', 'josemaria'],
    ['tomek', 'tomasz'],
    ['marysia', 'maria'],
    ['gosia', 'malgorzata'],
    ['sepp', 'josef'],
    ['uschi', 'ursula']
  ] as const) {
    t.ok(areNameForms(nickname, name), `${nickname} and ${name}`)
    t.ok(areNameForms(name, nickname), `${name} and ${nickname}`)
  }
})

void t.test('two names are no forms of each other, even with one nickname', async (t) => {
  for (const [one, other] of [
    ['alexander', 'alexandra'],
    ['samuel', 'samantha'],
    ['jan', 'janina'],
    ['bob', 'bill'],
    ['constructor', 'robert'],
    ['unknown', 'unknown']
  ] as const) {
    t.notOk(areNameForms(one, other), `${one} and ${other}`)
  }
})

void t.test('a nickname leads to its full name, and a full name to itself', async (t) => {
  t.strictSame(['kasia', 'paco', 'jan', 'zzz'].map(fullNameOf), [
    'katarzyna',
    'francisco',
    'jan',
    'zzz'
  ])
})
