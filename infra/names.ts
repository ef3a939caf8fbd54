import type { Settings } from './settings.ts'

/** Buckets of an installation. Both regions have each of them under the same kind. */
export type BucketKind = 'documents' | 'sources' | 'print-files' | 'bundles'

/**
 * Names that both regions must know of each other without asking: a stack of one region refers to things of the other by them, so that
 * neither needs the other to be there.
 */
export const names = {
  stack: ({ stage }: Settings, part: string): string => `printcloud-${stage}-${part}`,
  bucket: ({ stage, account }: Settings, kind: BucketKind, region: string): string =>
    `printcloud-${stage}-${kind}-${account}-${region}`,
  queue: ({ stage }: Settings, name: string): string => `printcloud-${stage}-${name}`,
  databaseCluster: ({ stage }: Settings, region: string): string => `printcloud-${stage}-${region}`,
  globalDatabase: ({ stage }: Settings): string => `printcloud-${stage}`,
  secret: ({ stage }: Settings, name: 'database' | 'master-keys'): string => `printcloud/${stage}/${name}`,
} as const

export const databaseName = 'printcloud'
