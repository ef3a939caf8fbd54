import { Refused } from '#chassis/errors.ts'
import { Facility } from '#contracts/facility.ts'
import { matches } from '#contracts/parse.ts'
import { facilityFaults } from '../facilities/facility-faults.ts'
import {
  addFacility,
  allFacilities,
  changeStatus,
  clientsOf,
  findFacility,
  jobsLeftAt,
  jobsOf,
  replaceFacility,
} from '../facilities/facility-store.ts'
import { presentFacility } from '../facilities/present-facility.ts'
import { readStandings } from '../facilities/read-standings.ts'
import type { FacilityCommand } from './facility-arguments.ts'
import { jsonIn } from './json-file.ts'
import { exitCodes, OperatorFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { clientLines, facilityLines, facilityText, jobLines, takesNow } from './show-facilities.ts'
import { counted } from './text-table.ts'

/** More are not shown: the oldest say it all. */
const mostJobsShown = 20

/** Runs a command of facilities. */
export function runFacilityCommand(world: OperatorWorld, command: FacilityCommand): Promise<Told> {
  switch (command.name) {
    case 'facility list':
      return listFacilities(world)
    case 'facility show':
      return showFacility(world, command.facility)
    case 'facility add':
      return putFacility(world, command.file, true)
    case 'facility edit':
      return putFacility(world, command.file, false)
    case 'facility open':
      return setStatus(world, command.facility, 'open')
    case 'facility pause':
      return setStatus(world, command.facility, 'paused')
    case 'facility drain':
      return setStatus(world, command.facility, 'draining')
    default:
      return command satisfies never
  }
}

/** facility list: every facility, whether it is there, and what waits for it in the live world. */
async function listFacilities({ database, now }: OperatorWorld): Promise<Told> {
  const [facilities, standings] = await Promise.all([allFacilities(database), readStandings(database, false, now())])
  const all = facilities.map((facility) => ({
    facility,
    standing: standings.find(({ facilityId }) => facilityId === facility.id),
  }))
  const json = { data: all.map(({ facility, standing }) => presentFacility(facility, standing, now())) }
  return { text: facilityLines(all, now()), json }
}

/** facility show FACILITY: all that is known of one, its clients one by one, the oldest jobs of both worlds. */
async function showFacility({ database, now }: OperatorWorld, id: string): Promise<Told> {
  const facility = (await findFacility(database, id)) ?? unknown(id)
  const [standings, clients, jobs] = await Promise.all([
    readStandings(database, false, now()),
    clientsOf(database, id),
    jobsOf(database, id, mostJobsShown, now()),
  ])
  const standing = standings.find(({ facilityId }) => facilityId === id)
  const text = [facilityText({ facility, standing }, now()), clientLines(clients, now()), jobLines(jobs, now())].join(
    '\n',
  )
  const json = {
    ...presentFacility(facility, standing, now()),
    document: facility,
    print_clients: clients.map(({ clientId, name, heardAt, heartbeat }) => ({
      ...{ id: clientId, name, heard_at: heardAt, version: heartbeat.version },
      is_taking: takesNow({ heardAt, heartbeat }, now()) ?? null,
      ...{ reason: heartbeat.reason ?? null, jobs: heartbeat.jobs, disk_free_bytes: heartbeat.diskFreeBytes ?? null },
      clock_skew_seconds: heartbeat.clockSkewSeconds ?? null,
    })),
    oldest_jobs: jobs.map(({ jobId, orderId, isTest, status, since, movedAt, isStuck }) => ({
      ...{ job_id: jobId, order_id: orderId, is_test: isTest, status, since, moved_at: movedAt, is_stuck: isStuck },
    })),
  }
  return { text, json }
}

/** facility add FILE, facility edit FILE: one facility as a whole. Every fault of the file is told at once. */
async function putFacility({ database, now }: OperatorWorld, file: string, isNew: boolean): Promise<Told> {
  const value = await jsonIn(file)
  const faults = facilityFaults(value)
  if (faults.length > 0 || !matches(Facility, value)) {
    throw new Refused('invalid_request', `${file} is no facility.`, faults)
  }
  const isWritten = isNew ? await addFacility(database, value, now()) : await replaceFacility(database, value, now())
  if (!isWritten && isNew) {
    const lines = [`There is a facility ${value.id} already.`, 'Change it with "facility edit", or choose another id.']
    throw new OperatorFault(exitCodes.refused, lines)
  }
  if (!isWritten) unknown(value.id)
  const next = isNew
    ? [
        `Its queue is facility-${value.id}: a deployed platform makes it with the setting facilities=…,${value.id}`,
        'Its prices: npm run operator -- prices set FILE; nothing is sold there before.',
      ]
    : ['Orders that were placed keep what they were placed with.']
  const words = `${value.name} (${value.id}), ${value.status}: ${counted(value.products.length, 'product')}.\n`
  return { text: `${words}${next.join('\n')}\nEvery process knows it within 15 s.\n`, json: value }
}

const meanings = {
  open: 'It takes orders.',
  paused: 'It takes no new orders; it goes on with what it has.',
  draining:
    'It takes no new orders. What no print client took is given to others by the worker, as their accounts allow.',
} as const satisfies Readonly<Record<Facility['status'], string>>

/** facility open, pause, drain FACILITY: whether it takes orders, and how much is left at it. */
async function setStatus({ database, now }: OperatorWorld, id: string, status: Facility['status']): Promise<Told> {
  const facility = (await changeStatus(database, { id, status }, now())) ?? unknown(id)
  const { jobs, unclaimed } = await jobsLeftAt(database, id)
  const left =
    jobs === 0
      ? 'Nothing is left at it.'
      : `${jobs} ${jobs === 1 ? 'job is' : 'jobs are'} left at it: ${unclaimed} unclaimed, ${jobs - unclaimed} that a print client took.`
  const text = `${facility.name} (${id}) is ${status}. ${meanings[status]}\n${left}\nEvery process knows it within 15 s.\n`
  return { text, json: { id, status, jobs, unclaimed } }
}

function unknown(id: string): never {
  const lines = [`There is no facility ${JSON.stringify(id)}.`, '"npm run operator -- facility list" shows them all.']
  throw new OperatorFault(exitCodes.refused, lines)
}
