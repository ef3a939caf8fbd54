import { Lazy, Stack } from 'aws-cdk-lib'
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling'
import {
  BlockDeviceVolume,
  InstanceClass,
  InstanceSize,
  InstanceType,
  type ISecurityGroup,
  type IVpc,
  LaunchTemplate,
  MachineImage,
  UserData,
} from 'aws-cdk-lib/aws-ec2'
import { Grant, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { bootScript } from './boot-script.ts'
import type { Addresses, EnvironmentName, Wired } from './service.ts'

/** Its newest version whenever an instance starts. */
const machineImage = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'

export type ServiceName = 'order-api' | 'order-worker' | 'processor'

type ServiceGroupOptions = {
  readonly service: ServiceName
  readonly vpc: IVpc
  readonly securityGroup: ISecurityGroup
  readonly bundles: IBucket
  readonly mostInstances: number
}

/** Instances that run one service: a role of its own, what it is told, and how many there are. None until somebody says so. */
export class ServiceGroup extends Construct implements Wired {
  readonly role: Role
  readonly group: AutoScalingGroup
  readonly #environment = new Map<string, string>()
  readonly #secrets = new Map<string, string>()

  constructor(scope: Construct, id: string, options: ServiceGroupOptions) {
    super(scope, id)
    const { service, vpc, securityGroup, bundles, mostInstances } = options
    this.role = new Role(this, 'role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') })
    const archive = `${service}/arm64.tar.gz`
    Grant.addToPrincipal({
      grantee: this,
      actions: ['s3:GetObject'],
      resourceArns: [bundles.arnForObjects(archive)],
    })
    const { region } = Stack.of(this)
    const source = `s3://${bundles.bucketName}/${archive}`
    const script = () => bootScript({ service, region, archive: source, ...this.#told() })
    const launchTemplate = new LaunchTemplate(this, 'template', {
      machineImage: MachineImage.resolveSsmParameterAtLaunch(machineImage),
      instanceType: InstanceType.of(InstanceClass.T4G, InstanceSize.SMALL),
      role: this.role,
      securityGroup,
      associatePublicIpAddress: true,
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(16, { encrypted: true }) }],
      userData: UserData.custom(Lazy.string({ produce: script })),
    })
    this.group = new AutoScalingGroup(this, 'group', {
      vpc,
      launchTemplate,
      minCapacity: 0,
      maxCapacity: mostInstances,
      autoScalingGroupName: `${Stack.of(this).stackName}-${service}`,
    })
  }

  get grantPrincipal(): IPrincipal {
    return this.role
  }

  tell(addresses: Addresses): void {
    for (const [name, value] of Object.entries(addresses)) this.#environment.set(name, value)
  }

  /** The value stays in Secrets Manager until an instance starts; nothing of it is in a template. */
  tellSecret(name: EnvironmentName, secretName: string): void {
    this.#secrets.set(name, secretName)
  }

  #told() {
    const sorted = (entries: ReadonlyMap<string, string>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
    return { environment: sorted(this.#environment), secrets: sorted(this.#secrets) }
  }
}
