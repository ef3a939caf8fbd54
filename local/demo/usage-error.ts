/** The demo was asked for something it cannot do: words for the person, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}
