import type { Peeled, Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isExchange, isFields, isFromContainer, looksLikeRecord } from '../carried-text.ts';

/** Docker cuts lines into pieces of this size. A shorter one without line end is the last thing a process wrote. */
const PIECE_BYTES = 16 * 1024;
const JSON_FILE_KEYS: readonly string[] = ['log', 'stream', 'time', 'attrs'];

/** What Docker's log drivers, and the agents that read their files, put around a line. */
export const wrapper: Wrapper = {
  id: 'docker',
  title: 'Docker container log (json-file, fluentd, GELF)',
  reference: 'https://docs.docker.com/engine/logging/drivers/json-file/',
  keys: ['log', 'short_message', 'message'],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    if (typeof object.log === 'string') return logOf(object, object.log);
    if (typeof object.short_message === 'string') return gelfOf(object);
    const { message } = object;
    if (!isFromContainer(object) || !looksLikeRecord(message) || isExchange(object)) return undefined;
    return { records: [message], ...piece(object) };
  },
};

function logOf(object: Fields, log: string): Peeled | undefined {
  if (isJsonFile(object)) return jsonFileLine(log, String(object.stream));
  const isStream = isStreamName(object.stream) || isStreamName(object.source);
  if (!isStream && !isFromContainer(object)) return undefined;
  return { records: [withoutLineEnd(log)], ...piece(object) };
}

function isJsonFile(object: Fields): boolean {
  for (const key in object) if (!JSON_FILE_KEYS.includes(key)) return false;
  return isStreamName(object.stream) && typeof object.time === 'string';
}

function jsonFileLine(log: string, stream: string): Peeled {
  const continues = !log.endsWith('\n') && Buffer.byteLength(log) >= PIECE_BYTES;
  return { records: [withoutLineEnd(log)], stream, continues };
}

/** A line in pieces, as the fluentd driver and Fluent Bit's CRI parser say it. */
function piece(object: Fields): Pick<Peeled, 'stream' | 'continues'> {
  const { partial_id: id, partial_last: last, kubernetes } = object;
  if (typeof id === 'string') return { stream: id, continues: last !== 'true' };
  const flag = object.logtag ?? object._p;
  if (flag !== 'P' && flag !== 'F') return {};
  const pod = isFields(kubernetes) ? [kubernetes.pod_name, kubernetes.container_name] : [];
  const names = [...pod, object.container_id, object.container_name, object.stream];
  return { stream: names.filter((name) => typeof name === 'string').join('/'), continues: flag === 'P' };
}

function gelfOf(object: Fields): Peeled | undefined {
  const isDocker = object._container_id !== undefined || object._container_name !== undefined;
  if (!isDocker || isExchange(object)) return undefined;
  const { full_message: full, short_message: short } = object;
  return { records: [typeof full === 'string' && full !== '' ? full : String(short)] };
}

const isStreamName = (value: unknown) => value === 'stdout' || value === 'stderr';

const withoutLineEnd = (text: string) => (text.endsWith('\n') ? text.slice(0, -1) : text);
