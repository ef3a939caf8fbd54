import type { IGrantable } from 'aws-cdk-lib/aws-iam'
import type { OrderApiEnvironment, OrderWorkerEnvironment, ProcessorEnvironment } from '#contracts/environment.ts'

/** What a service reads from its environment, by the names of the contract. */
export type EnvironmentName = keyof OrderApiEnvironment | keyof OrderWorkerEnvironment | keyof ProcessorEnvironment

export type Addresses = Partial<Readonly<Record<EnvironmentName, string>>>

/**
 * Whoever can be wired: it may be given rights, and told addresses. A verb such as `documents.writtenBy(worker)` does both, so that
 * nobody has an address without the right or a right that is not used.
 */
export interface Wired extends IGrantable {
  tell(addresses: Addresses): void
}
