export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit?: string
  /** What it has to be; without, it only tells. */
  readonly wanted?: {
    readonly is: 'exactly' | 'at least'
    readonly value: number
  }
}
/** What a drill showed. */
export type Outcome = {
  /** Which caches stood in for the CDN. */
  readonly caches: string
  readonly figures: readonly Figure[]
  /** What went wrong, in words. */
  readonly faults: readonly string[]
}
export type DrillContext = {
  /** The same seed draws the same publications. */
  readonly seed: number
  readonly publications: number
  /** Progress for people who wait. */
  readonly tell: (words: string) => void
  readonly signal: AbortSignal
}
/** One rehearsal of a bad day, from an empty machine to figures. */
export type Drill = {
  readonly name: string
  readonly shows: string
  readonly publications: number
  readonly run: (context: DrillContext) => Promise<Outcome>
}
export declare const isKept: ({ value, wanted }: Figure) => boolean
/** A figure that must be zero. */
export declare const none: (name: string, value: number) => Figure
