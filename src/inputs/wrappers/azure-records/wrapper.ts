import type { Wrapper } from '../../../model/wrapper.ts';
import { isFields, jsonText } from '../carried-text.ts';

/** Diagnostic logs of Azure on their way through Event Hubs: a list of records on one line. */
export const wrapper: Wrapper = {
  id: 'azure-records',
  title: 'Azure diagnostic records (Event Hubs)',
  reference: 'https://learn.microsoft.com/azure/azure-monitor/platform/stream-monitoring-data-event-hubs',
  keys: ['records'],
  peel: ({ object }) => {
    const records = object?.records;
    if (!Array.isArray(records) || !records.every(isRecord)) return undefined;
    return { records: records.map(jsonText) };
  },
};

/** Each says when it was written and what it is about. */
function isRecord(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { time, category, resourceId, operationName } = value;
  return time !== undefined && (category ?? resourceId ?? operationName) !== undefined;
}
