import { useCallback, useState } from 'preact/hooks'

/** What is typed into a form of a job; it outlives a look at another screen and a reload, and ends with `forget`. */
export function useDraft<T>(
  key: string,
  isDraft: (value: unknown) => value is T,
  first: () => T,
): readonly [T, (value: T) => void, () => void] {
  const [draft, setDraft] = useState(() => kept(key, isDraft) ?? first())
  const keep = useCallback(
    (value: T) => {
      setDraft(value)
      quietly(() => sessionStorage.setItem(key, JSON.stringify(value)))
    },
    [key],
  )
  const forget = useCallback(() => {
    quietly(() => sessionStorage.removeItem(key))
    setDraft(first())
  }, [key])
  return [draft, keep, forget]
}

function kept<T>(key: string, isDraft: (value: unknown) => value is T): T | undefined {
  const text = quietly(() => sessionStorage.getItem(key))
  const value: unknown = quietly(() => JSON.parse(text ?? 'null'))
  return isDraft(value) ? value : undefined
}

/** A browser that keeps nothing keeps nothing: the form works all the same. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
