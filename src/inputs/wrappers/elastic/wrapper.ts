import type { Peeled, Wrapper } from '../../../model/wrapper.ts';
import { type Fields, isFields, jsonText } from '../carried-text.ts';

const ACTIONS = ['index', 'create', 'update', 'delete'] as const;
/** What an action of a bulk request may say of its document. */
const ACTION_KEY = /^_|^(?:routing|version|version_type|pipeline|require_alias|require_data_stream|op_type)$/;

/** Hits of searches and dumps, and the action lines of bulk requests. */
export const wrapper: Wrapper = {
  id: 'elastic',
  title: 'Elasticsearch and OpenSearch hits and bulk requests',
  reference: 'https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search',
  keys: ['_index', ...ACTIONS],
  peel: ({ object }) => {
    if (object === undefined) return undefined;
    if (typeof object._index === 'string') return hitOf(object);
    return isAction(object) ? { records: [] } : undefined;
  },
};

function hitOf({ _source, fields }: Fields): Peeled | undefined {
  if (isFields(_source)) return { records: [jsonText(_source)] };
  return isFields(fields) ? { records: [jsonText(singleValues(fields))] } : undefined;
}

/** Searches give each field as a list, even where the document holds one value. */
function singleValues(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      Array.isArray(value) && value.length === 1 ? value[0] : value,
    ]),
  );
}

function isAction(object: Fields): boolean {
  const [key, ...others] = Object.keys(object);
  const action = ACTIONS.find((name) => name === key);
  if (action === undefined || others.length > 0) return false;
  const target = object[action];
  return isFields(target) && Object.keys(target).every((name) => ACTION_KEY.test(name));
}
