import type { Transaction } from '../database/client.ts'
import { findDealer } from '../repositories/dealers/dealers.ts'
import { findEndedSecret } from '../repositories/promoters/promoter-secrets.ts'
import { refuseSecret } from '../use-cases/promoters/steps/refuse-secret.ts'
import type { Problem } from './problems.ts'
import { toProblem } from './refusals.ts'

/**
 * Why a link with this secret does not open, in the languages of who opens it. Of one that opened before
 * it has the dealer to ask; of an unknown one nothing.
 */
export async function refuseLink(tx: Transaction, hash: string, noun: string): Promise<Problem> {
  const problem = toProblem(await refuseSecret(tx, hash, noun))
  const [dealer, ended] = [await findDealer(tx), await findEndedSecret(tx, hash)]
  if (dealer && ended) {
    const { name, email, phone, locale } = dealer
    problem.extras.languages = { own: ended.locale, dealer: locale }
    problem.extras.contact = { name, email, phone }
  }
  return problem
}
