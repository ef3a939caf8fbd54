import { Recipient } from '#contracts/order-api/recipient.ts'
import { issuesOf } from '#contracts/parse.ts'
import type { CommandOption, Given } from './command.ts'
import { usageFault } from './read-arguments.ts'
import { readJson } from './read-json.ts'

/** Who gets it: a file, or an option for each line of the label. */
export const recipientOptions: Readonly<Record<string, CommandOption>> = {
  to: { value: 'FILE', text: 'the recipient as JSON: name, address, email, phone; - is stdin' },
  name: { value: 'TEXT', text: 'as on the label' },
  line1: { value: 'TEXT', text: 'street and number' },
  line2: { value: 'TEXT', text: 'what else the address needs' },
  city: { value: 'TEXT', text: 'town' },
  'postal-code': { value: 'TEXT', text: 'as the carrier writes it' },
  state: { value: 'TEXT', text: 'state or province, where there is one' },
  country: { value: 'XX', text: 'two letters, such as NL' },
  email: { value: 'TEXT', text: 'for the carrier' },
  phone: { value: 'TEXT', text: 'for the carrier' },
}

/** Throws CommandFault (64 or 66) with everything that is missing. */
export async function wantedRecipient(given: Given, command = 'order'): Promise<Recipient> {
  const path = given.text('to')
  if (path !== undefined) return await readJson(path, 'recipient', Recipient)
  const recipient = {
    name: given.text('name') ?? '',
    ...named(given, 'email', 'phone'),
    address: {
      line1: given.text('line1') ?? '',
      ...named(given, 'line2', 'state'),
      city: given.text('city') ?? '',
      postal_code: given.text('postal-code') ?? '',
      country: (given.text('country') ?? '').toUpperCase(),
    },
  }
  const missing = ['name', 'line1', 'city', 'postal-code', 'country'].filter((name) => given.text(name) === undefined)
  if (missing.length > 0) {
    throw usageFault(
      'The recipient is not complete.',
      `Missing: ${missing.map((name) => `--${name}`).join(', ')}; or --to recipient.json.`,
      command,
    )
  }
  const [issue] = issuesOf(Recipient, recipient)
  if (issue) throw usageFault('The recipient cannot be right.', `${issue.pointer.slice(1)} ${issue.detail}.`, command)
  return recipient
}

function named(given: Given, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = given.text(name)
      return text === undefined ? [] : [[name, text]]
    }),
  )
}
