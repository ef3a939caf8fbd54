/** What the operator may ask of facilities. */
export type FacilityCommand =
  | { readonly name: 'facility list' }
  | { readonly name: 'facility show'; readonly facility: string }
  | { readonly name: 'facility add'; readonly file: string }
  | { readonly name: 'facility edit'; readonly file: string }
  | { readonly name: 'facility open' | 'facility pause' | 'facility drain'; readonly facility: string }

/** What each command takes: its words after the name, and its options. */
export const facilityGrammar = {
  'facility list': { words: [], options: [] },
  'facility show': { words: ['FACILITY'], options: [] },
  'facility add': { words: ['FILE'], options: [] },
  'facility edit': { words: ['FILE'], options: [] },
  'facility open': { words: ['FACILITY'], options: [] },
  'facility pause': { words: ['FACILITY'], options: [] },
  'facility drain': { words: ['FACILITY'], options: [] },
} as const

/** The command of a name, or undefined when it is none of facilities. */
export function facilityCommandOf(name: string, word: string): FacilityCommand | undefined {
  switch (name) {
    case 'facility list':
      return { name }
    case 'facility add':
    case 'facility edit':
      return { name, file: word }
    case 'facility show':
    case 'facility open':
    case 'facility pause':
    case 'facility drain':
      return { name, facility: word }
    default:
      return undefined
  }
}
