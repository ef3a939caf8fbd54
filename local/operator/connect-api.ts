import { readConfig } from '#chassis/config.ts'
import { OperatorEnvironment } from '#contracts/environment.ts'
import { exitCodes, OperatorFault } from '../../services/order-api/operator/operator-fault.ts'
import { defaultDataFolder } from '../start-arguments.ts'
import { localAddresses } from './connect-database.ts'

/** The API's address as print clients see it, of the same platform as `connectDatabase`; throws OperatorFault when it is not known. */
export function connectApi(dataFolder: string | undefined): string {
  const { DATABASE_RESOURCE_ARN, PUBLIC_URL } = readConfig(OperatorEnvironment)
  if (dataFolder !== undefined || DATABASE_RESOURCE_ARN === undefined) {
    return localAddresses(dataFolder ?? defaultDataFolder).url('front-door')
  }
  if (PUBLIC_URL !== undefined) return PUBLIC_URL
  throw new OperatorFault(exitCodes.usage, [
    'DATABASE_RESOURCE_ARN is set, but not PUBLIC_URL.',
    'Set it to the address of the API as print clients see it, such as https://api.example.com: the code holds it.',
  ])
}
