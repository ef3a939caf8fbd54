/** How a command ends, for scripts. From 64 on they are those of sysexits.h. */
export const exitCodes = {
  /** Nothing found, or everything that was found is mended in the print file; warnings too, unless --strict. */
  fine: 0,
  /** With --strict: there are warnings. */
  warned: 1,
  /** These files cannot become this product; the findings say why. */
  rejected: 2,
  /** The command line is wrong. */
  usage: 64,
  /** A named file is not there or cannot be read. */
  noInput: 66,
  /** A fault of our own. */
  software: 70,
  /** The result cannot be written. */
  cannotWrite: 73,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
