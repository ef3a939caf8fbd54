import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib'
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2'
import { Grant } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { AuroraPostgresEngineVersion, CfnDBCluster, CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { databaseName, names } from '../names.ts'
import type { Wired } from '../service.ts'
import type { Settings } from '../settings.ts'

/** Both regions of a global database run the same one, patch included. */
const databaseVersion = AuroraPostgresEngineVersion.VER_17_7.auroraPostgresFullVersion

type FollowerOptions = { readonly settings: Settings; readonly vpc: IVpc; readonly securityGroup: ISecurityGroup }

/**
 * The second cluster of the global database, without an instance while nothing is wrong ("headless"): its storage follows the primary's by
 * seconds and costs what stored gigabytes and replicated writes cost. Awake it has one instance, and `failover-global-cluster` makes it the
 * writer. Copies of snapshots would lose hours and cost more: Aurora copies them whole each time (decision 0024).
 */
export class DatabaseFollower extends Construct {
  readonly #clusterArn: string
  readonly #secret

  constructor(scope: Construct, id: string, { settings, vpc, securityGroup }: FollowerOptions) {
    super(scope, id)
    const key = new Key(this, 'key', {
      description: 'Database of the standby',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const subnets = new CfnDBSubnetGroup(this, 'subnets', {
      dbSubnetGroupDescription: 'Database of the standby',
      subnetIds: vpc.publicSubnets.map(({ subnetId }) => subnetId),
    })
    const engine = { engine: 'aurora-postgresql', engineVersion: databaseVersion }
    const identifier = names.databaseCluster(settings, settings.standbyRegion)
    const cluster = new CfnDBCluster(this, 'cluster', {
      ...engine,
      dbClusterIdentifier: identifier,
      globalClusterIdentifier: names.globalDatabase(settings),
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [securityGroup.securityGroupId],
      storageEncrypted: true,
      kmsKeyId: key.keyArn,
      enableHttpEndpoint: true,
      deletionProtection: true,
      copyTagsToSnapshot: true,
      backupRetentionPeriod: 14,
      serverlessV2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 },
    })
    cluster.applyRemovalPolicy(RemovalPolicy.RETAIN)
    if (settings.standby === 'awake') {
      const instance = new CfnDBInstance(this, 'writer', {
        ...engine,
        dbClusterIdentifier: cluster.ref,
        dbInstanceClass: 'db.serverless',
        publiclyAccessible: false,
      })
      instance.applyRemovalPolicy(RemovalPolicy.DESTROY)
    }
    this.#clusterArn = Stack.of(this).formatArn({
      service: 'rds',
      resource: 'cluster',
      resourceName: identifier,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    // A replica of the primary's secret under the same name; made there (`replicaRegions`).
    this.#secret = Secret.fromSecretNameV2(this, 'login', names.secret(settings, 'database'))
  }

  /** One statement at a time over the Data API. */
  writtenBy(service: Wired): void {
    Grant.addToPrincipal({
      grantee: service,
      actions: ['rds-data:ExecuteStatement'],
      resourceArns: [this.#clusterArn],
    })
    this.#secret.grantRead(service)
    service.tell({
      DATABASE_RESOURCE_ARN: this.#clusterArn,
      DATABASE_SECRET_ARN: this.#secret.secretArn,
      DATABASE_NAME: databaseName,
    })
  }
}
