import { type Named, sharedByWorlds } from '../p11/access-table.ts'

/** Who something belongs to: an account, and one of its worlds. */
export type Owner = { readonly account: number; readonly isTest: boolean }

const idPattern = /\b(?:acc|ord|itm|fil|tkt|job|evt|shp|key|mem|pfl|txn|led|whk|dlv|pub)_[0-9a-hjkmnp-tv-z]{26}\b/g
/** What both worlds of an account may see. */
const sharedPrefixes = ['acc_', 'fil_', 'mem_']

const canaryPattern = /canary-[a-z]+-\d+/g
/** A text that stands in what an owner made, and nowhere else. */
export const canaryOf = ({ account, isTest }: Owner): string => `canary-${isTest ? 'test' : 'live'}-${account}`

/** Whether somebody may see what another one has of a kind. */
export const mayReach = (one: Owner, other: Owner, kinds: readonly Named[]): boolean =>
  one.account === other.account && (one.isTest === other.isTest || kinds.every((kind) => sharedByWorlds.includes(kind)))

/** Remembers in whose answer each id stood first; an id that stands in the answers of two owners has leaked. */
export function createSightings() {
  const ownerOfId = new Map<string, string>()
  return {
    get count(): number {
      return ownerOfId.size
    },
    /** What of an answer is not the owner's, in words; ids that the request itself named do not count. */
    leaksIn: (owner: Owner, answer: string, asked: readonly string[]): readonly string[] => {
      const world = canaryOf(owner)
      const foreign = [...new Set(answer.match(canaryPattern) ?? [])].filter((canary) => canary !== world)
      const leaks = foreign.map((canary) => `${world} was shown ${canary}`)
      for (const id of new Set(answer.match(idPattern) ?? [])) {
        if (asked.includes(id)) continue
        const claim = sharedPrefixes.some((prefix) => id.startsWith(prefix)) ? `account ${owner.account}` : world
        const known = ownerOfId.get(id) ?? claim
        ownerOfId.set(id, known)
        if (known !== claim) leaks.push(`${claim} was shown ${id} of ${known}`)
      }
      return leaks
    },
  }
}
export type Sightings = ReturnType<typeof createSightings>
