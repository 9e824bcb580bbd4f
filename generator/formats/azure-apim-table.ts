import type { Exchange } from '../exchange.ts';
import { quote } from '../json-text.ts';
import { loggedRequestHeaders, loggedResponseHeaders } from '../logged-headers.ts';
import { azureTime, policyError, urlOf } from './azure-apim.ts';

export { carried } from './azure-apim.ts';

export const id = 'azure-apim-table';
export const reads = 'azure-apim';
export const json = true;

/** A row of the Log Analytics table ApiManagementGatewayLogs, as data export writes it. */
export function write(exchange: Exchange): string {
  const { status, latencyMs, service, consumer } = exchange;
  const error = policyError(exchange);
  const backendCode = error === undefined ? status : 0;
  let line = `{"TimeGenerated":"${azureTime(exchange.startedAt)}","OperationName":"Microsoft.ApiManagement/GatewayLogs","Category":"GatewayLogs","CorrelationId":"${exchange.requestId}","Region":"West Europe","IsRequestSuccess":${status < 400},"TotalTime":${latencyMs},"CallerIpAddress":"${exchange.clientAddress}"`;
  line += `,"Method":"${exchange.method}","Url":${quote(urlOf(exchange))},"ResponseCode":${status},"BackendResponseCode":${backendCode},"RequestSize":${exchange.requestBytes},"ResponseSize":${exchange.responseBytes},"Cache":"none","ApiId":"${service?.name ?? ''}","ApimSubscriptionId":"${consumer?.name ?? ''}"`;
  if (error !== undefined)
    line += `,"LastErrorSource":"${error.source}","LastErrorSection":"inbound","LastErrorReason":"${error.reason}"`;
  if (exchange.tls !== undefined) line += `,"ClientTlsVersion":"${exchange.tls.version.replace('TLSv', '')}"`;
  return `${line},"RequestHeaders":${loggedRequestHeaders(exchange.requestHeaders)},"ResponseHeaders":${loggedResponseHeaders(exchange.responseHeaders)},"Type":"ApiManagementGatewayLogs"}`;
}
