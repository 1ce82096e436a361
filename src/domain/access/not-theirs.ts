/** What may be seen by more users than may change it, and who may. */
const CHANGED_BY = {
  lead:
    'You can read this lead, but not change it. Its assignee, owners and admins can change it, and the members ' +
    'of the queue in which it waits. Once it is converted, the responsible user of its client can change it, ' +
    'and its assignee only with the grant `conversions.view` or with another lead of the same client.',
  sale:
    'You can read this sale, but not change it. Its seller (userId), the assignee of its lead, the responsible ' +
    'user of its client, owners and admins can change it. A part of the credit is not enough.'
}

/** Thrown when a user may see a record but not change it. */
export class NotTheirsToChange extends Error {
  constructor(noun: keyof typeof CHANGED_BY = 'lead') {
    super(CHANGED_BY[noun])
    this.name = 'NotTheirsToChange'
  }
}
