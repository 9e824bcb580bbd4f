import type { ExchangeColumns } from '../../model/traffic-format.ts';
import { envoyAnsweredBy, envoyService, envoyVantage, isClientSide } from '../expressions/envoy-record.ts';
import { fieldsOf } from './line-columns.ts';
import type { CapturedField } from './line-pattern.ts';
import type { Meaning } from './log-token.ts';

type Fields = readonly CapturedField[];

/** The text of a field, `-` where Envoy has nothing for it; empty when the format does not log it. */
function textOf(fields: Fields, meaning: Meaning): string {
  return fieldsOf(fields, meaning)[0]?.value ?? `''`;
}

/** The columns that only operators of Envoy tell; `code` is the alias of the status. */
export function envoyColumns(fields: Fields): Partial<ExchangeColumns> {
  const of = (meaning: Meaning) => textOf(fields, meaning);
  const has = (...meanings: readonly Meaning[]) => meanings.some((meaning) => of(meaning) !== `''`);
  return {
    ...(has('envoyDetails', 'envoyFlags', 'envoyServiceTime', 'envoyUpstream') && {
      answeredBy: envoyAnsweredBy({
        details: of('envoyDetails'),
        flags: of('envoyFlags'),
        upstream: of('envoyUpstream'),
        serviceTime: of('envoyServiceTime'),
        status: 'code',
      }),
    }),
    ...(has('envoyCluster') && {
      service: envoyService(of('envoyCluster'), of('serverName')),
      vantage: envoyVantage(of('envoyCluster')),
    }),
  };
}

/** Whether the sidecar of the caller wrote the line, as far as the format tells. */
export function isClientSideLine(fields: Fields): string {
  const of = (meaning: Meaning) => textOf(fields, meaning);
  if (of('envoyCluster') === `''`) return '0';
  return isClientSide({
    cluster: of('envoyCluster'),
    downstreamRemote: of('client'),
    upstreamLocal: of('envoyUpstreamLocal'),
    forwardedFor: of('forwardedFor'),
  });
}
