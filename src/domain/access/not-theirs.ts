/** What may be seen by more users than may change it, and who may. */
const CHANGED_BY = {
  lead:
    'It is not yours to change. A lead is changed by its assignee, by members of the queue in which it ' +
    'waits, and by owners and admins; a converted one by members with the grant `conversions.view`, or ' +
    'who see its client without it.',
  sale:
    'It is not yours to change. A sale is changed by the user it is credited to, by the assignee of its ' +
    'lead, and by owners and admins.'
}

/** Thrown when a user may see a record but not change it. */
export class NotTheirsToChange extends Error {
  constructor(noun: keyof typeof CHANGED_BY = 'lead') {
    super(CHANGED_BY[noun])
    this.name = 'NotTheirsToChange'
  }
}
