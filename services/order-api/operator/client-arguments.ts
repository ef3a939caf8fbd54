import { usageFault } from './operator-fault.ts'

/** What the operator may ask of the print clients of facilities. */
export type ClientCommand =
  | {
      readonly name: 'facility enrol'
      readonly facility: string
      readonly clientName: string | undefined
      readonly hours: number
    }
  | { readonly name: 'facility clients'; readonly facility: string }
  | { readonly name: 'facility revoke'; readonly facility: string; readonly client: string }

/** What each command takes: its words after the name, and its options. */
export const clientGrammar = {
  'facility enrol': { words: ['FACILITY'], options: ['name', 'hours'] },
  'facility clients': { words: ['FACILITY'], options: [] },
  'facility revoke': { words: ['FACILITY', 'CLIENT'], options: [] },
} as const

const usualHours = 24
const mostHours = 24 * 14
const longestName = 80

type Values = { readonly name?: string | undefined; readonly hours?: string | undefined }

/** The command of a name, or undefined when it is none of clients. */
export function clientCommandOf(
  name: string,
  [facility = '', client = '']: readonly string[],
  values: Values,
): ClientCommand | undefined {
  switch (name) {
    case 'facility enrol':
      return { name, facility, clientName: nameOf(values), hours: hoursOf(values) }
    case 'facility clients':
      return { name, facility }
    case 'facility revoke':
      return { name, facility, client }
    default:
      return undefined
  }
}

function hoursOf({ hours }: Values): number {
  if (hours === undefined) return usualHours
  if (/^\d{1,3}$/.test(hours) && Number(hours) >= 1 && Number(hours) <= mostHours) return Number(hours)
  throw usageFault(`--hours is ${JSON.stringify(hours)}.`, `It must be whole hours, 1 to ${mostHours}.`)
}

function nameOf({ name }: Values): string | undefined {
  if (name === undefined) return undefined
  if (name.trim() !== '' && name.length <= longestName) return name.trim()
  throw usageFault(`--name is ${JSON.stringify(name)}.`, `It must be 1 to ${longestName} characters.`)
}
