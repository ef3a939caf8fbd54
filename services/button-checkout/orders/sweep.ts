import { Transient } from '#chassis/errors.ts'
import type { MoneyContext } from './money-context.ts'
import { putOff, type Steps, sweepCheckout } from './sweep-checkout.ts'

/** Each holds a connection to the provider or to order-api for seconds at worst. */
const atOnce = 8
export const mostOfASweep = 100

/** Sweeps what is due, the longest waiting first. One that fails holds up no other. Gives how many were swept. */
export async function sweep(
  context: Pick<MoneyContext, 'store' | 'now' | 'log'>,
  steps: Steps,
  signal?: AbortSignal,
): Promise<number> {
  const ids = [...(await context.store.due(context.now(), mostOfASweep))]
  let swept = 0
  const worker = async (): Promise<void> => {
    for (let id = ids.shift(); id !== undefined && !signal?.aborted; id = ids.shift()) {
      if (await isSwept(context, steps, id)) swept += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return swept
}

async function isSwept(
  context: Pick<MoneyContext, 'store' | 'now' | 'log'>,
  steps: Steps,
  id: string,
): Promise<boolean> {
  try {
    return await sweepCheckout(context, steps, id)
  } catch (error) {
    if (error instanceof Transient) context.log.warn({ err: error, checkoutId: id }, 'sweep_of_checkout_failed')
    else await setAside(context, id, error)
    return false
  }
}

/** Most likely it cannot be read: a person must look, and whoever paid in others must not wait for that. */
async function setAside(
  { store, now, log }: Pick<MoneyContext, 'store' | 'now' | 'log'>,
  id: string,
  error: unknown,
): Promise<void> {
  log.error({ err: error, checkoutId: id }, 'checkout_not_swept')
  try {
    await putOff(store, now, id)
  } catch (failure) {
    log.warn({ err: failure, checkoutId: id }, 'sweep_of_checkout_failed')
  }
}
