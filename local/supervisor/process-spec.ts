/** One process of the platform as data: what to run, with what, after whom. */
export type ProcessSpec = {
  readonly name: string
  /** A part of the stand-in cloud, or one of the services that run on it. */
  readonly kind: 'cloud' | 'service'
  /** Absolute path of the module that Node runs. */
  readonly module: string
  readonly arguments?: readonly string[]
  /** Everything the process sees besides PATH, HOME and the like. */
  readonly environment: Readonly<Record<string, string>>
  /** Names of steps that must be ready before, and that end after it; names that do not take part count as ready. */
  readonly after: readonly string[]
  /** It can start while what it needs is not there yet, so it does not wait; it still ends before it. */
  readonly isPatient?: boolean
}
