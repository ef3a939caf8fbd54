import { Duration } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2'
import { ApplicationLoadBalancer, ApplicationProtocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Construct } from 'constructs'
import { servicePort, type TakeOver } from './take-over.ts'

type EntranceOptions = { readonly vpc: IVpc; readonly certificateArn: string; readonly takeOver: TakeOver }

/** Where `api.` and `checkout.` point to while the standby is awake. It answers 503 until order-api runs: callers try again later. */
export class Entrance extends Construct {
  readonly domainName: string

  constructor(scope: Construct, id: string, { vpc, certificateArn, takeOver }: EntranceOptions) {
    super(scope, id)
    const securityGroup = new SecurityGroup(this, 'callers', { vpc, allowAllOutbound: false })
    const balancer = new ApplicationLoadBalancer(this, 'balancer', {
      vpc,
      internetFacing: true,
      securityGroup,
      dropInvalidHeaderFields: true,
    })
    const { orderApi, serviceSecurityGroup } = takeOver
    securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(443), 'callers of the API')
    securityGroup.addEgressRule(serviceSecurityGroup, Port.tcp(servicePort))
    serviceSecurityGroup.addIngressRule(securityGroup, Port.tcp(servicePort), 'from the load balancer only')
    balancer
      .addListener('https', {
        port: 443,
        open: false,
        certificates: [Certificate.fromCertificateArn(this, 'certificate', certificateArn)],
        sslPolicy: SslPolicy.RECOMMENDED_TLS,
      })
      .addTargets('order-api', {
        port: servicePort,
        protocol: ApplicationProtocol.HTTP,
        targets: [orderApi.group],
        deregistrationDelay: Duration.seconds(30),
        healthCheck: { path: '/healthz', interval: Duration.seconds(10), healthyThresholdCount: 2 },
      })
    this.domainName = balancer.loadBalancerDnsName
  }
}
