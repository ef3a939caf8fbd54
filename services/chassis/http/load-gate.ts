/** Whoever watches a process must hear of it also when it is full. */
export const healthPath = '/healthz'

/** Also of a service that shares its address with others, below a path of its own; a query or a longer path that ends so is nobody's. */
export const isHealthCheck = (url: string | undefined): boolean => url !== undefined && healthAddress.test(url)
const healthAddress = /^(?:\/checkout)?\/healthz$/

/** Says when this process has as much in hand as it can serve well. */
export type LoadGate = {
  readonly isFull: () => boolean
  readonly enter: () => void
  readonly leave: () => void
  readonly isClosed: () => boolean
  /** From now on it is full for ever: the process is about to end. */
  readonly close: () => void
}

export type LoadLimits = {
  /** Requests at work at once. More would not be served sooner, only all of them later. */
  readonly mostAtOnce: number
  /** How late a timer may fire, twice in a row: then something else than requests keeps the process busy. */
  readonly mostDelayMilliseconds: number
}

const sampleEveryMilliseconds = 100

export function createLoadGate({ mostAtOnce, mostDelayMilliseconds }: LoadLimits): LoadGate {
  let inHand = 0
  let lateSamples = 0
  let isClosed = false
  let expectedAt = performance.now() + sampleEveryMilliseconds
  const sampling = setInterval(() => {
    const at = performance.now()
    lateSamples = at - expectedAt > mostDelayMilliseconds ? lateSamples + 1 : 0
    expectedAt = at + sampleEveryMilliseconds
  }, sampleEveryMilliseconds)
  sampling.unref()
  return {
    isFull: () => isClosed || inHand >= mostAtOnce || lateSamples >= 2,
    isClosed: () => isClosed,
    enter: () => {
      inHand += 1
    },
    leave: () => {
      inHand -= 1
    },
    close: () => {
      isClosed = true
      clearInterval(sampling)
    },
  }
}
