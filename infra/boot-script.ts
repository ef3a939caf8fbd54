type Boot = {
  readonly service: string
  readonly region: string
  readonly archive: string
  readonly environment: readonly (readonly [string, string])[]
  /** Names of variables and of the secrets that hold them. */
  readonly secrets: readonly (readonly [string, string])[]
}

/**
 * What an instance does first: write down what its service is told, fetch the one archive with Node, service and native modules, and start
 * it. Nothing comes from anywhere else. The archive's own `start` is what `npm run bundle` of the deployment makes.
 */
export const bootScript = ({ service, region, archive, environment, secrets }: Boot): string =>
  `#!/bin/bash
set -euo pipefail
umask 077
export AWS_REGION='${region}'
mkdir -p /etc/printcloud /opt/printcloud
cat > /etc/printcloud/${service}.env <<'END_OF_ENVIRONMENT'
AWS_REGION=${region}
${environment.map(([name, value]) => `${name}=${value}`).join('\n')}
END_OF_ENVIRONMENT
${secrets.map(([name, secret]) => secretLine(service, name, secret)).join('\n')}
aws s3 cp '${archive}' - | tar --extract --gzip --directory /opt/printcloud
exec /opt/printcloud/start '${service}' /etc/printcloud/${service}.env
`

const secretLine = (service: string, name: string, secret: string): string =>
  `printf '${name}=%s\\n' "$(aws secretsmanager get-secret-value --secret-id '${secret}' --query SecretString --output text)" >> /etc/printcloud/${service}.env`
