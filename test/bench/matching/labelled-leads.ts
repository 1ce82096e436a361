import { readFileSync } from 'node:fs'

import type { Contact } from '../../../src/domain/leads/lead.ts'
import { readContact } from '../../../src/schemas/leads/contact.ts'
import type { LeadCells } from './lead-errors.ts'

/** A row of a list of leads of which the persons are known. */
export interface LabelledRow extends Label {
  cells: LeadCells
}

/** A lead of which the person is known. */
export interface LabelledLead extends Label {
  contact: Contact
}

interface Label {
  id: string
  /** The person: the truth. */
  cluster: string
  /** Kinds of error in it. */
  ops: string[]
  /** The kind of hard negative it belongs to, or an empty text. */
  group: string
}

/** The cells of a CSV file with a header, in the order of arrival. */
export function readLabelledRows(path: string): LabelledRow[] {
  const [header = [], ...rows] = parseCsv(readFileSync(path, 'utf8'))
  return rows.map((row) => {
    const cell = new Map(header.map((name, at) => [name, row[at] ?? '']))
    const of = (name: string) => cell.get(name) ?? ''
    return {
      id: of('id'),
      cluster: of('cluster'),
      cells: {
        first_name: of('first_name'),
        last_name: of('last_name'),
        email: of('email'),
        phone: of('phone'),
        postal_code: of('postal_code'),
        city: of('city'),
        company: of('company'),
        country: of('country')
      },
      ops: of('ops').split(';').filter(Boolean),
      group: of('group').split(':')[0] ?? ''
    }
  })
}

/** The rows as a dealer of a country has them after `POST /v1/leads`. */
export function readRows(rows: readonly LabelledRow[], dealerCountry = 'PL'): LabelledLead[] {
  return rows.map(({ cells, ...row }) => ({ ...row, contact: readCells(cells, dealerCountry) }))
}

function readCells(cells: LeadCells, dealerCountry: string): Contact {
  const { contact } = readContact(
    {
      firstName: cells.first_name,
      lastName: cells.last_name,
      companyName: cells.company,
      email: cells.email,
      phone: cells.phone,
      address: { postalCode: cells.postal_code, city: cells.city, country: cells.country }
    },
    dealerCountry
  )
  return contact
}

function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (isQuoted && sign === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted || (sign !== ',' && sign !== '\n')) cell += sign === '\r' ? '' : sign
    else {
      row.push(cell)
      cell = ''
      if (sign === '\n') {
        rows.push(row)
        row = []
      }
    }
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}
