import { v7 } from 'uuid'

/** A new id. Ids ascend with time (UUID version 7), which keeps indexes and pages in order. */
export function newId(): string {
  return v7()
}
