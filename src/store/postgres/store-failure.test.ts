import { describe, expect, it } from 'vitest';
import { StanceError } from '../../model/error.ts';
import { storeFailure } from './store-failure.ts';

const refused = new StanceError('DATA_NEWER', 'newer');
const bug = new TypeError('a bug');

describe('storeFailure', () => {
  it.each([
    {
      name: 'an error of the database',
      error: coded('duplicate key', '23505'),
      message: 'saving: duplicate key',
    },
    { name: 'a refused connection', error: coded('', 'ECONNREFUSED'), message: 'saving: ECONNREFUSED' },
    {
      name: 'a lost connection',
      error: new Error('Connection terminated unexpectedly'),
      message: 'saving: Connection terminated unexpectedly',
    },
  ])('names $name', ({ error, message }) => {
    expect(storeFailure('saving', error)).toMatchObject({ code: 'STORE_FAILED', message });
  });

  it('does not pass on what a driver attaches', () => {
    const error = Object.assign(coded('duplicate key', '23505'), {
      detail: 'Key (owner)=(ana)',
      params: ['ana'],
    });
    const { cause } = storeFailure('saving', error) as StanceError;
    expect(cause).toEqual(new Error('duplicate key (23505)'));
    expect(Object.keys(cause as object)).toEqual([]);
  });

  it.each([{ error: refused }, { error: bug }, { error: 'text' }])('leaves $error as it is', ({ error }) => {
    expect(storeFailure('saving', error)).toBe(error);
  });
});

function coded(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}
