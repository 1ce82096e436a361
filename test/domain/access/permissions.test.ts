import t from 'tap'

import { mayChangeUser, mayUse } from '../../../src/domain/access/permissions.ts'
import type {
  Access,
  Grant,
  Principal,
  Role,
  Scope
} from '../../../src/domain/access/permissions.ts'

const user = (role: Role, grants: Grant[] = []) =>
  ({ kind: 'user', dealerId: 'd', id: 'u', role, team: null, grants, queueIds: [] }) as const
const key = (...scopes: Scope[]) =>
  ({ kind: 'key', dealerId: 'd', id: 'k', scopes, sourceId: null }) as const
const operator = { kind: 'operator' } as const

void t.test('operations are allowed by role, grant and scope', async (t) => {
  const settings: Access = { kind: 'tenant', role: 'admin', scope: 'admin', grant: null }
  const reading: Access = { kind: 'tenant', role: 'member', scope: 'read', grant: null }
  const capture: Access = { kind: 'tenant', role: 'member', scope: 'leads:capture', grant: null }
  const unlink: Access = { kind: 'tenant', role: 'member', scope: 'admin', grant: 'leads.unlink' }
  const peopleOnly: Access = { kind: 'tenant', role: 'member', scope: null, grant: null }
  const cases: [Principal, Access, boolean][] = [
    [user('owner'), settings, true],
    [user('admin'), settings, true],
    [user('member'), settings, false],
    [key('admin'), settings, true],
    [key('write'), settings, false],
    [operator, settings, false],
    [user('member'), reading, true],
    [key('read'), reading, true],
    [key('leads:capture'), reading, false],
    [key('read'), capture, false],
    [key('write'), capture, true],
    [key('leads:capture'), capture, true],
    [user('member'), unlink, false],
    [user('member', ['leads.unlink']), unlink, true],
    [user('member', ['data.export']), unlink, false],
    [user('admin'), unlink, true],
    [key('write'), unlink, false],
    [key('admin'), peopleOnly, false],
    [operator, { kind: 'operator' }, true],
    [user('owner'), { kind: 'operator' }, false],
    [key('admin'), { kind: 'operator' }, false],
    [operator, { kind: 'public' }, true]
  ]
  for (const [principal, access, expected] of cases) {
    t.equal(mayUse(principal, access), expected, JSON.stringify({ principal, access }))
  }
})

void t.test('owners change everybody, admins and admin keys change members', async (t) => {
  for (const [principal, owner, admin, member] of [
    [user('owner'), true, true, true],
    [user('admin'), false, false, true],
    [user('member'), false, false, false],
    [key('admin'), false, false, true],
    [key('write'), false, false, false]
  ] as const) {
    t.strictSame(
      (['owner', 'admin', 'member'] as const).map((role) => mayChangeUser(principal, role)),
      [owner, admin, member]
    )
  }
})
