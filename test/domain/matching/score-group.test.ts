import t from 'tap'

import { personForm } from '../../../src/domain/matching/person-form.ts'
import { scoreForms } from '../../../src/domain/matching/score-forms.ts'
import { scoreGroup } from '../../../src/domain/matching/score-group.ts'
import { contact } from '../../support/builders.ts'

const formOf = (words: Parameters<typeof contact>[0]) => personForm(contact(words))

const ROSA = { firstName: 'Rosa', lastName: 'Casallano' }
const now = formOf({ ...ROSA, email: 'rosa1993@hotmail.com', phone: '+34636846734' })
const between = formOf({ ...ROSA, email: 'rosa1993@hotmail.com', phone: '+34600222333' })
const once = formOf({ ...ROSA, email: 'luna77@gmail.com', phone: '+34600222333' })

void t.test('a record is raised by another that is surely both', async (t) => {
  const direct = scoreForms(now, once).score
  const [, raised] = scoreGroup(now, [between, once])
  t.ok(raised && raised.score > direct, `${direct} and ${raised?.score}`)
  t.ok(
    raised && raised.score <= raised.most,
    'and stays possible: it shares neither e-mail nor phone'
  )
})

void t.test('nobody else is raised, and one record stays what it is', async (t) => {
  const son = formOf({ firstName: 'Luis', lastName: 'Casallano', phone: '+34600222333' })
  const [, other] = scoreGroup(now, [between, son])
  t.equal(other?.score, scoreForms(now, son).score)
  t.strictSame(scoreGroup(now, [once]), [scoreForms(now, once)])
  t.strictSame(scoreGroup(now, []), [])
})
