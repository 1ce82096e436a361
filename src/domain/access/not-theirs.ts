/** What may be seen by more users than may change it, and who may. */
const CHANGED_BY = {
  lead:
    'It is not yours to change. A lead is changed by its assignee, by members of the queue in which it ' +
    'waits, and by owners and admins; a converted one by the responsible user of its client, and of the ' +
    'others by those with the grant `conversions.view`, or who see its client without it.',
  sale:
    'It is not yours to change. A sale is changed by its seller (userId), by the assignee of its lead, by the ' +
    'responsible user of its client, and by owners and admins; not by who has only a part of the credit.'
}

/** Thrown when a user may see a record but not change it. */
export class NotTheirsToChange extends Error {
  constructor(noun: keyof typeof CHANGED_BY = 'lead') {
    super(CHANGED_BY[noun])
    this.name = 'NotTheirsToChange'
  }
}
