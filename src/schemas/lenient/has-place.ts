import type { InputPlan } from './input-plan.ts'

/** Whether a body of this plan has a value at this place: names of members, and indexes of items. */
export function hasPlace(plan: InputPlan, parts: readonly string[]): boolean {
  const [part, ...rest] = parts
  if (part === undefined) return isForText(plan)
  switch (plan.kind) {
    case 'array':
      return /^\d{1,3}$/.test(part) && hasPlace(plan.item, rest)
    case 'object': {
      const member = plan.members.get(part)?.plan
      if (member) return hasPlace(member, rest)
      return plan.others?.names.test(part) === true && rest.length === 0
    }
    case 'leaf':
    case 'any':
      return false
  }
}

function isForText(plan: InputPlan): boolean {
  return plan.kind === 'array' ? plan.item.kind === 'leaf' : plan.kind !== 'object'
}
