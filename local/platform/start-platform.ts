import { join, resolve } from 'node:path'
import { localFacilities } from '../facilities.ts'
import { rememberedKeys } from '../seed/keys.ts'
import { claimFolder } from '../supervisor/claim.ts'
import { createLogs, type Logs, type Terminal } from '../supervisor/logs.ts'
import { freePorts, requireFreePorts } from '../supervisor/ports.ts'
import type { ProcessSpec } from '../supervisor/process-spec.ts'
import { createSupervisor, type Supervisor } from '../supervisor/supervisor.ts'
import { type Addresses, addressesFrom, listeners, pageListenerOf } from './addresses.ts'
import { buildPagesStepName } from './checkout-processes.ts'
import { endDatabase } from './end-database.ts'
import { writeFacilityFiles } from './facility-files.ts'
import { facilityFolders, forgetData } from './folders.ts'
import { type LocalFile, removeLocalFile, writeLocalFile } from './local-file.ts'
import type { Platform, PlatformOptions } from './platform.ts'
import { rememberedMasterKeys } from './platform-keys.ts'
import { processesOf } from './processes.ts'
import { type Keys, seedOrderApi } from './seed-order-api.ts'
import { seedStepName } from './seed-step-name.ts'

/** A simulated shop that can be watched, yet does not keep one waiting. */
export const defaultShopStepMilliseconds = 400

/**
 * Starts all of Printcloud on 127.0.0.1 and resolves when everything is ready and `local.json` is written.
 * Throws CannotStart (words and an exit code) when it cannot; nothing is left running then. `abort` ends a start under way.
 */
export async function startPlatform(options: PlatformOptions, abort?: AbortSignal): Promise<Platform> {
  const dataFolder = resolve(options.dataFolder)
  const claim = await claimFolder(dataFolder)
  try {
    removeLocalFile(dataFolder)
    await endDatabase(dataFolder)
    if (options.isFresh) await forgetData(dataFolder)
    const addresses = await chooseAddresses(options.port)
    return await startOn(options, dataFolder, addresses, claim, abort)
  } catch (error) {
    claim.release()
    throw error
  }
}

/** What pages and sites load; esbuild is there on this machine only. */
async function buildPages(): Promise<void> {
  const { bundleButton } = await import('../../services/button-checkout/build/bundle-button.ts')
  const pages = await import('../../services/button-checkout/pages/build/build-pages.ts')
  const printPage = await import('../../services/button-checkout/pages/build/build-print-page.ts')
  bundleButton()
  await pages.buildPages()
  await printPage.buildPrintPage()
}

type Claimed = Awaited<ReturnType<typeof claimFolder>>

async function chooseAddresses(port: number): Promise<Addresses> {
  const base = port === 0 ? await freePorts(listeners.length) : port
  await requireFreePorts(base, listeners)
  return addressesFrom(base)
}

async function startOn(
  options: PlatformOptions,
  dataFolder: string,
  addresses: Addresses,
  claim: Claimed,
  abort: AbortSignal | undefined,
): Promise<Platform> {
  await writeFacilityFiles(dataFolder, addresses, localFacilities)
  const remembered = await rememberedKeys(join(dataFolder, 'seed'))
  const processes = processesOf({
    dataFolder,
    addresses,
    facilities: localFacilities,
    allowedSources: options.allowedSources ?? [],
    allowedWebhooks: options.allowedWebhooks ?? [],
    shopStepMilliseconds: options.shopStepMilliseconds ?? defaultShopStepMilliseconds,
    shopDeliverySteps: options.shopDeliverySteps,
    ticketPatienceSeconds: options.ticketPatienceSeconds,
    masterKeys: await rememberedMasterKeys(dataFolder),
    checkoutKeys: { live: remembered.checkoutLiveKey, test: remembered.checkoutTestKey },
    cacheFolder: options.cacheFolder ?? join(dataFolder, 'compile-cache'),
  })
    .filter(({ name }) => !options.without?.includes(name))
    .map((spec) => ({ ...spec, environment: { ...spec.environment, ...options.environment?.[spec.name] } }))
  const logs = logsOf(dataFolder, processes, options.terminal)
  let keys: Keys = { secretKey: '', publishableKey: '' }
  let isComplete = false

  const seedSteps = [
    {
      name: buildPagesStepName,
      after: [],
      act: buildPages,
    },
    // It brings the AWS SDK with it, which can load while the database starts.
    { name: 'load-seed', after: [], act: async () => void (await import('../seed/seed.ts')) },
    {
      name: seedStepName,
      after: ['postgres', 'data-api', 'load-seed'],
      act: async () => {
        if (processes.some(({ name }) => name === 'data-api')) keys = await seedOrderApi(dataFolder, addresses)
      },
    },
  ]
  const local = (): LocalFile => ({
    baseUrl: addresses.url('front-door'),
    apiUrl: addresses.url('order-api'),
    ...keys,
    hotFolders: Object.fromEntries(localFacilities.map(({ id }) => [id, facilityFolders(dataFolder, id).hotFolder])),
    printClientPages: pagesOf(addresses),
    checkoutUrl: addresses.url('front-door'),
    paymentsUrl: addresses.url('payments'),
    mailUrl: addresses.url('mailbox'),
    pids: pidsOf(supervisor),
  })
  const changed = () => {
    const shown = { 'demo shop and API': addresses.url('front-door') }
    claim.update(shown, Object.values(pidsOf(supervisor)))
    if (isComplete) writeLocalFile(dataFolder, local())
  }
  const supervisor = createSupervisor(processes, seedSteps, logs, changed)
  const close = async (now?: AbortSignal) => {
    isComplete = false
    removeLocalFile(dataFolder)
    await supervisor.stop(now)
    // Where its wrapper had to be killed, the database itself still runs.
    await endDatabase(dataFolder)
    await logs.close()
    claim.release()
  }
  try {
    await Promise.race([supervisor.start(), aborted(abort)])
  } catch (error) {
    await close()
    throw error
  }
  isComplete = true
  changed()
  return platformOf(supervisor, dataFolder, local, close)
}

const pagesOf = (addresses: Addresses): Record<string, string> =>
  Object.fromEntries(
    localFacilities.flatMap(({ id }) => {
      const page = pageListenerOf(id)
      return page ? [[id, addresses.url(page)]] : []
    }),
  )

function platformOf(
  supervisor: Supervisor,
  dataFolder: string,
  local: () => LocalFile,
  close: Platform['close'],
): Platform {
  return {
    get local() {
      return local()
    },
    pidOf: (name) => supervisor.children.get(name)?.pid,
    isReady: (name) => supervisor.children.get(name)?.isReady ?? false,
    kill: (name, signal) => supervisor.children.get(name)?.kill(signal),
    restarts: (name) => supervisor.children.get(name)?.restarts ?? 0,
    takeDown: async (name) => {
      await supervisor.children.get(name)?.holdDown()
      if (name === 'postgres') await endDatabase(dataFolder)
    },
    bringBack: async (name) => supervisor.children.get(name)?.letRun(),
    close,
  }
}

function logsOf(dataFolder: string, processes: readonly ProcessSpec[], terminal: Terminal | undefined): Logs {
  const outlets = processes.map(({ name, kind }) => ({ name, least: kind === 'cloud' ? 'warn' : 'info' }) as const)
  return createLogs(join(dataFolder, 'logs'), [...outlets, { name: 'supervisor', least: 'info' }], terminal)
}

function pidsOf(supervisor: Supervisor): Record<string, number> {
  const pids: Record<string, number> = {}
  for (const [name, { pid }] of supervisor.children) if (pid !== undefined) pids[name] = pid
  return pids
}

/** Rejects when `abort` aborts; waits for ever without it. */
function aborted(abort: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (abort?.aborted) reject(abort.reason)
    abort?.addEventListener('abort', () => reject(abort.reason), { once: true })
  })
}
