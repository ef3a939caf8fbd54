import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { Finding } from '#contracts/findings.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { finding } from './finding.ts'
import { Rejected } from './rejected.ts'

/** A fault of ours is tried again this often, as it may belong to a machine; then the order is told instead of waiting for ever. */
const faultyDeliveries = 5
/** A converter stopped from outside is given this many deliveries before its file is blamed. */
const stoppedDeliveries = 3

/**
 * What `work` gives, or why it never will. Throws Transient for what another delivery may settle; a fault of ours becomes a
 * rejection of its own code after several deliveries, so that nobody waits for ever.
 */
export async function resultOrRejection<T>(
  work: () => Promise<T>,
  delivery: Pick<Delivery, 'receiveCount' | 'signal'>,
  log: Log,
): Promise<T | Rejected> {
  try {
    return await work()
  } catch (error) {
    if (delivery.signal.aborted)
      throw new Transient('Handed back: this machine is leaving', { cause: error, retryAfterSeconds: 0 })
    if (error instanceof Rejected) return error
    if (error instanceof SandboxError) return converterFailed(error, delivery, log)
    if (error instanceof Transient || delivery.receiveCount < faultyDeliveries) throw error
    log.error({ err: error }, 'processing_given_up')
    return new Rejected([ourFault()], { cause: error })
  }
}

function converterFailed(error: SandboxError, { receiveCount }: Pick<Delivery, 'receiveCount'>, log: Log): Rejected {
  log.error({ err: error, reason: error.reason }, 'converter_failed')
  // A converter that never started has not seen the file: the machine or the installation is at fault.
  if (error.reason === 'start' || (error.reason === 'stopped' && receiveCount < stoppedDeliveries)) {
    throw new Transient('The converter was not there', { cause: error, retryAfterSeconds: 10 })
  }
  return new Rejected([error.reason === 'fault' ? unreadable() : tooMuch()], { cause: error })
}

const ourFault = (): Finding =>
  finding('PROCESSING_FAILED', {
    found: 'a fault of our own, several times over',
    wanted: 'print files',
    action: 'Nothing is wrong on your side. Our operators have been told; sending the files again may help meanwhile.',
  })

const tooMuch = (): Finding =>
  finding('RESOURCE_LIMIT', {
    found: 'files that need more memory or time than one job may take',
    wanted: 'files that convert within a minute',
    action: 'Export the document again with pictures at 300 dpi, or flatten complex drawings, and send it again.',
  })

const unreadable = (): Finding =>
  finding('CORRUPT_UNRECOVERABLE', {
    found: 'content that our converter cannot read',
    wanted: 'whole, readable files',
    action: 'Export the files again from the program that made them, and send them again.',
  })
