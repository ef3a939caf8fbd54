/**
 * Part of every content hash: raise it whenever the same inputs would give other bytes, so that no old print file is
 * taken for a new one.
 */
export const engineVersion = 'printcloud-processor/3'
