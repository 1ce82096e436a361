/** Permissions of operations. Queries decide the visible rows (`repositories/visibility`). */

export const ROLES = ['owner', 'admin', 'member'] as const
export type Role = (typeof ROLES)[number]

export const TEAMS = ['call_center', 'online_sales', 'store_sales'] as const
export type Team = (typeof TEAMS)[number]

/** The additional permissions that a member can have. */
export const GRANTS = ['leads.unlink', 'conversions.view', 'data.export', 'data.erase'] as const
export type Grant = (typeof GRANTS)[number]

export const SCOPES = ['leads:capture', 'read', 'write', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** A team member, signed in. */
export interface UserPrincipal {
  kind: 'user'
  dealerId: string
  id: string
  role: Role
  team: Team | null
  grants: readonly Grant[]
  /** Queues they belong to: what waits there unassigned is theirs to see. */
  queueIds: readonly string[]
}

/** A machine. A key bound to a source may only post leads of that source. */
interface KeyPrincipal {
  kind: 'key'
  dealerId: string
  id: string
  scopes: readonly Scope[]
  sourceId: string | null
}

/** The operator of the installation: creates dealers, sees no lead. */
export interface OperatorPrincipal {
  kind: 'operator'
}

export type TenantPrincipal = UserPrincipal | KeyPrincipal
export type Principal = TenantPrincipal | OperatorPrincipal

/**
 * Who may use one operation. `roles` names the least of the roles that may (`member` means everyone);
 * `grant` is asked of members in addition; `scope` is the least scope of a key, `any`: whichever it
 * has, or null: no key may.
 */
export type Access =
  | { kind: 'public' }
  | { kind: 'operator' }
  | { kind: 'tenant'; role: Role | null; grant: Grant | null; scope: Scope | 'any' | null }

const ROLE_RANK: Record<Role, number> = { member: 0, admin: 1, owner: 2 }

/** Each scope holds those before it; `leads:capture` stands apart and is held by `write` too. */
const SCOPES_HELD: Record<Scope, readonly Scope[]> = {
  'leads:capture': ['leads:capture'],
  read: ['read'],
  write: ['read', 'write', 'leads:capture'],
  admin: ['read', 'write', 'leads:capture', 'admin']
}

/** Whether this principal may use an operation at all; rows are another question. */
export function mayUse(principal: Principal, access: Access): boolean {
  if (access.kind === 'public') return true
  if (access.kind === 'operator') return principal.kind === 'operator'
  switch (principal.kind) {
    case 'operator':
      return false
    case 'key':
      if (access.scope === null) return false
      return access.scope === 'any' || holdsScope(principal.scopes, access.scope)
    case 'user':
      return access.role !== null && holdsRole(principal, access.role, access.grant)
  }
}

/** Whether any of `scopes` includes `needed`. */
export function holdsScope(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.some((scope) => SCOPES_HELD[scope].includes(needed))
}

function holdsRole(user: UserPrincipal, role: Role, grant: Grant | null): boolean {
  if (ROLE_RANK[user.role] < ROLE_RANK[role]) return false
  return user.role !== 'member' || grant === null || user.grants.includes(grant)
}

/** Whether a principal sees every row of its dealer, as owners, admins and keys with `read` do. */
export function seesAll(principal: TenantPrincipal): boolean {
  return principal.kind === 'key'
    ? holdsScope(principal.scopes, 'read')
    : principal.role !== 'member'
}

/**
 * Whether a user may change another's account. Owners change all users, admins change members, and a
 * user can't give a role above their own. A key with `admin` acts as an admin does.
 */
export function mayChangeUser(principal: TenantPrincipal, target: Role): boolean {
  if (principal.kind === 'key') return holdsScope(principal.scopes, 'admin') && target === 'member'
  if (principal.role === 'owner') return true
  return principal.role === 'admin' && target === 'member'
}
