import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Database, Transaction } from '../../../database/client.ts'
import type { Lead } from '../../../domain/leads/lead.ts'
import type { Page, PageRequest } from '../../../repositories/paging.ts'
import { presentLead } from '../../../schemas/leads/lead.ts'
import { presentPage, readPage } from '../../../http/conventions.ts'
import { askReport } from './ask-report.ts'
import type { AskedReport } from './ask-report.ts'

/** Sends one page of the leads behind a report's number, by the parameters of the report. */
export async function sendCountedLeads(
  options: { db: Database; now: () => Date },
  request: FastifyRequest,
  reply: FastifyReply,
  list: (tx: Transaction, asked: AskedReport, page: PageRequest) => Promise<Page<Lead>>,
  reading: Parameters<typeof askReport>[3] = {}
) {
  const page = readPage(request.query as Parameters<typeof readPage>[0])
  const found = await askReport(options, request, (tx, asked) => list(tx, asked, page), reading)
  return presentPage(request, reply, found, presentLead)
}
