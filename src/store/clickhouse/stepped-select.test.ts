import { describe, expect, it } from 'vitest';
import { type Step, steppedSelect } from './stepped-select.ts';

const squeeze = (sql: string) => sql.replace(/\s+/g, ' ');
const select = (steps: readonly Step[], names?: readonly string[]) =>
  squeeze(steppedSelect({ from: 't', columns: ['a', 'b'], steps, ...(names && { names }) }));

describe('a SELECT in steps', () => {
  it('is plain without steps', () => {
    expect(select([])).toBe('SELECT a, b FROM t');
  });

  it('puts steps that do not build on each other on one level', () => {
    const steps: Step[] = [
      ['a + 1', 'c'],
      ['b + 1', 'd'],
    ];
    expect(select(steps)).toBe('SELECT a, b, c, d FROM (SELECT a, b, a + 1 AS c, b + 1 AS d FROM t)');
  });

  it('puts a step above all it builds on', () => {
    const steps: Step[] = [
      ['a + 1', 'c'],
      ['c * c', 'd'],
      ['d + c', 'e'],
    ];
    expect(select(steps, ['e'])).toBe(
      'SELECT e FROM (SELECT d + c AS e FROM (SELECT c, c * c AS d FROM (SELECT a + 1 AS c FROM t)))',
    );
  });

  it('carries a column no further than it is needed', () => {
    const steps: Step[] = [
      ['a + 1', 'c'],
      ['b + c', 'd'],
    ];
    expect(select(steps, ['d'])).toBe('SELECT d FROM (SELECT b + c AS d FROM (SELECT b, a + 1 AS c FROM t))');
  });

  it('tells a name from a part of one', () => {
    expect(
      select(
        [
          ['a + 1', 'ab'],
          ['abc(b)', 'd'],
        ],
        ['ab', 'd'],
      ),
    ).toBe('SELECT ab, d FROM (SELECT a + 1 AS ab, abc(b) AS d FROM t)');
  });

  it('reads elements of a step by calls, and leaves literals and the columns of others', () => {
    const steps: Step[] = [
      ['f(a)', 'r'],
      ["r.x.`y-z` || 'r.x' || other.x || r.1", 'd'],
    ];
    expect(select(steps, ['d'])).toBe(
      "SELECT d FROM (SELECT tupleElement(tupleElement(r, 'x'), 'y-z') || 'r.x' || other.x || tupleElement(r, 1) AS d FROM (SELECT f(a) AS r FROM t))",
    );
  });
});
