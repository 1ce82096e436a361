import type { Access, Grant, Role } from '../../domain/access/permissions.ts'

/** The access rule of an operation as a sentence: OpenAPI has no member for roles and scopes. */
export function describeAccess(access: Access): string {
  switch (access.kind) {
    case 'public':
      return 'Needs no API key and no access token.'
    case 'operator':
      return 'Needs the operator token.'
    case 'tenant': {
      const who = [
        ...(access.role === null ? [] : [describeUsers(access.role, access.grant)]),
        ...(access.scope === null ? [] : [describeKeys(access.scope)])
      ]
      return who.length === 0 ? 'No caller has access.' : `Allowed for ${who.join(', and for ')}.`
    }
  }
}

function describeKeys(scope: string): string {
  return scope === 'any' ? 'every API key' : `API keys with the scope \`${scope}\``
}

function describeUsers(role: Role, grant: Grant | null): string {
  switch (role) {
    case 'owner':
      return 'owners'
    case 'admin':
      return 'owners and admins'
    case 'member':
      return grant === null
        ? 'every user'
        : `owners, admins, and members with the grant \`${grant}\``
  }
}
