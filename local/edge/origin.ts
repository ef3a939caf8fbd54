/** What a store says of a key. Names of headers are in lower case, as it sent them. */
export type OriginAnswer = {
  readonly status: 200 | 304 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type OriginQuestion = {
  /** The ETag that is known; 304 says that it still holds. */
  readonly ifNoneMatch?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Where an edge gets what it does not have. */
export type Origin = {
  /** Throws when it cannot say whether the object is there: refused, too slow, 5xx, no right. */
  readonly get: (key: string, question: OriginQuestion) => Promise<OriginAnswer>
}

export const noBytes = new Uint8Array()
