import { describe, expect, it } from 'vitest';
import { paint, wrapText } from './line.ts';

describe('paint', () => {
  it.each([
    { name: 'joins spans', line: [{ text: 'a ' }, { text: 'b' }], painted: 'a b\n' },
    { name: 'drops padding at the end', line: [{ text: 'a' }, { text: '   ' }], painted: 'a\n' },
    { name: 'marks a cut inside a span', line: [{ text: 'abcdefghijk' }], painted: 'abcdefg…\n' },
    {
      name: 'marks a cut between spans',
      line: [{ text: 'abcdefg' }, { text: 'h' }, { text: 'i' }],
      painted: 'abcdefg…\n',
    },
    {
      name: 'breaks a command formed by two spans',
      line: [{ text: '#' }, { text: '#[x]' }],
      painted: '\\x23#[x]\n',
    },
  ])('$name', ({ line, painted }) => {
    expect(paint([line], { width: 8, color: false })).toBe(painted);
  });

  it('colours a span whose text had to be made inert', () => {
    const line = [{ text: '\u001b', style: 'red' }, { text: 'y' }] as const;
    expect(paint([line], { width: 8, color: true })).toBe('\u001b[31m\\x1b\u001b[39my\n');
  });

  it('colours whole spans and closes each', () => {
    expect(paint([[{ text: 'x', style: 'redBold' }, { text: ' y' }]], { width: 8, color: true })).toBe(
      '\u001b[31m\u001b[1mx\u001b[22m\u001b[39m y\n',
    );
  });
});

describe('wrapText', () => {
  it.each([
    { text: 'one two three', width: 7, lines: ['one two', 'three'] },
    { text: 'one', width: 7, lines: ['one'] },
    { text: 'a longestword b', width: 7, lines: ['a', 'lon…ord', 'b'] },
    { text: 'x ::error::y', width: 3, lines: ['x', '\\…y'] },
  ])('breaks "$text" at $width columns', ({ text, width, lines }) => {
    expect(wrapText(text, width)).toEqual(lines);
  });
});
