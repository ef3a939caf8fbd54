/** How a command ends, for scripts; documented in docs/api/cli.md. From 64 on they are those of sysexits.h. */
export const exitCodes = {
  fine: 0,
  /** It was done, and it did not end well: a watched order was cancelled or rejected. */
  endedBadly: 1,
  /** The API refused it; the words say why. */
  refused: 2,
  /** The command line is wrong. */
  usage: 64,
  /** A named file is not there or cannot be read. */
  noInput: 66,
  /** The API cannot be reached. */
  unreachable: 69,
  /** A fault of our own. */
  software: 70,
  /** The API is there and says: later. */
  tryLater: 75,
  /** Not logged in, or the key may not do that. */
  noRight: 77,
  /** By Ctrl-C or a signal. */
  stopped: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
