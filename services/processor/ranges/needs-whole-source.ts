/** What is wanted of a source cannot be had by reading parts of it: it is fetched whole and goes the ordinary way. */
export class NeedsWholeSource extends Error {
  override name = 'NeedsWholeSource'
}
