import { enrolledClients, revokeClient } from '../enrolment/client-store.ts'
import { makeEnrolmentCode } from '../enrolment/make-code.ts'
import type { ClientCommand } from './client-arguments.ts'
import { exitCodes, OperatorFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { textTable } from './text-table.ts'

/** Runs a command of the print clients of facilities. */
export function runClientCommand(world: OperatorWorld, command: ClientCommand): Promise<Told> {
  switch (command.name) {
    case 'facility enrol':
      return enrolClient(world, command)
    case 'facility clients':
      return listClients(world, command.facility)
    case 'facility revoke':
      return revoke(world, command.facility, command.client)
    default:
      return command satisfies never
  }
}

type Enrol = Extract<ClientCommand, { name: 'facility enrol' }>

/** facility enrol FACILITY: a code for one client. It is shown once, and works once. */
async function enrolClient(
  { database, apiUrl, now }: OperatorWorld,
  { facility, clientName, hours }: Enrol,
): Promise<Told> {
  const wanted = { facilityId: facility, name: clientName, hours, apiUrl: apiUrl() }
  const made = await makeEnrolmentCode(database, wanted, now())
  if (made === undefined) throw noFacility(facility)
  const text = [
    `For one print client at ${facility}, until ${made.expiresAt}; it works once and is shown this once:`,
    '',
    `  ${made.code}`,
    '',
    'At the facility, in the folder where the client is to keep its files:',
    '',
    `  printcloud-print-client enrol ${made.code}`,
    '',
  ].join('\n')
  return { text, json: { facility_id: facility, code: made.code, expires_at: made.expiresAt } }
}

/** facility clients FACILITY: who was let in. */
async function listClients({ database }: OperatorWorld, facility: string): Promise<Told> {
  const clients = await enrolledClients(database, facility)
  const json = {
    data: clients.map(({ clientId, name, enrolledAt, rotatedAt, revokedAt, heardAt }) => ({
      ...{ id: clientId, name, enrolled_at: enrolledAt, key_changed_at: rotatedAt },
      ...{ heard_at: heardAt, revoked_at: revokedAt },
    })),
  }
  if (clients.length === 0) {
    return { text: `No print client was let in at ${facility}: facility enrol ${facility} makes a code.\n`, json }
  }
  const rows = clients.map(({ clientId, name, enrolledAt, rotatedAt, revokedAt, heardAt }) => [
    ...[clientId, name, enrolledAt.slice(0, 10), (rotatedAt ?? enrolledAt).slice(0, 10)],
    ...[heardAt ?? 'never', revokedAt === null ? 'in' : `revoked ${revokedAt.slice(0, 10)}`],
  ])
  return { text: textTable(['CLIENT', 'NAME', 'SINCE', 'KEY OF', 'HEARD', 'STANDS'], rows), json }
}

/** facility revoke FACILITY CLIENT: its word counts no more within 30 s, its keys are gone within a minute or two. */
async function revoke({ database, now }: OperatorWorld, facilityId: string, clientId: string): Promise<Told> {
  const revoked = await revokeClient(database, { facilityId, clientId }, now())
  if (!revoked) {
    const lines = [`${facilityId} has no print client ${JSON.stringify(clientId)}.`, '"facility clients" shows them.']
    throw new OperatorFault(exitCodes.refused, lines)
  }
  const text = [
    `${revoked.name} (${clientId}) of ${facilityId} is shut out: within 30 s nothing that it says is believed, and`,
    'the worker takes its keys away within two minutes. Jobs that it claimed stay claimed: look for them with "facility show".',
    '',
  ].join('\n')
  return { text, json: { facility_id: facilityId, id: clientId, revoked_at: revoked.revokedAt } }
}

const noFacility = (facility: string): OperatorFault =>
  new OperatorFault(exitCodes.refused, [
    `There is no facility ${JSON.stringify(facility)}.`,
    'Look with "facility list"; a new one is made by "facility add".',
  ])
