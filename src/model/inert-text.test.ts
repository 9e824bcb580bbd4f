import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertJson, inertText } from './inert-text.ts';

const CASES: readonly { readonly name: string; readonly text: string; readonly expected: string }[] = [
  {
    name: 'ordinary text stays as it is',
    text: '/users/{userId} – 名前 é',
    expected: '/users/{userId} – 名前 é',
  },
  {
    name: 'a colour sequence shows its escape',
    text: '\u001b[31mred\u001b[0m',
    expected: '\\x1b[31mred\\x1b[0m',
  },
  {
    name: 'a window title (OSC) shows its start and end',
    text: '\u001b]0;x\u0007',
    expected: '\\x1b]0;x\\x07',
  },
  { name: 'an eight-bit escape (C1) is shown', text: '\u009b2J', expected: '\\x9b2J' },
  { name: 'line ends and tabs are shown', text: 'a\r\nb\tc', expected: 'a\\x0d\\x0ab\\x09c' },
  { name: 'NUL and DEL are shown', text: '\u0000\u007f', expected: '\\x00\\x7f' },
  { name: 'bidirectional overrides are shown', text: 'a\u202etxt\u2066', expected: 'a\\u202etxt\\u2066' },
  { name: 'zero-width characters are shown', text: 'pay\u200bpal\ufeff', expected: 'pay\\u200bpal\\ufeff' },
  { name: 'invisible tag characters are shown', text: 'x\u{e0041}', expected: 'x\\u{e0041}' },
  { name: 'line and paragraph separators are shown', text: 'a\u2028b\u2029', expected: 'a\\u2028b\\u2029' },
  { name: 'a lone surrogate is shown', text: 'a\ud800b', expected: 'a\\ud800b' },
  {
    name: 'marks beyond the third are shown',
    text: `e${'\u0301'.repeat(5)}`,
    expected: 'e\u0301\u0301\u0301\\u0301\\u0301',
  },
  { name: 'a GitHub command at the start is broken', text: '::error::x', expected: '\\x3a:error::x' },
  {
    name: 'a GitHub command after white space is broken',
    text: 'a  ::stop-commands::t',
    expected: 'a  \\x3a:stop-commands::t',
  },
  { name: 'an IPv6 address inside a host stays', text: '[fe80::1]', expected: '[fe80::1]' },
  {
    name: 'an Azure command is broken anywhere',
    text: 'x##vso[task.setvariable]',
    expected: 'x\\x23#vso[task.setvariable]',
  },
  { name: 'an Azure group is broken', text: '##[section]', expected: '\\x23#[section]' },
  {
    name: 'a TeamCity command is broken',
    text: '##teamcity[buildStop]',
    expected: '\\x23#teamcity[buildStop]',
  },
];

describe('inertText', () => {
  it.each(CASES)('$name', ({ text, expected }) => {
    expect(inertText(text)).toBe(expected);
  });

  it('leaves nothing to act on in any text, and changes nothing when applied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inert = inertText(text);
        expect(inert).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\w*\[|^\s*::/u);
        expect(inertText(inert)).toBe(inert);
      }),
    );
  });
});

describe('inertJson', () => {
  it('keeps the meaning of any JSON text while nothing in it can act', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
        const json = inertJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\w*\[/u);
      }),
    );
  });

  it('writes the characters as JSON escapes', () => {
    expect(inertJson(JSON.stringify('\u009b\u202e##vso[x]\u{e0041}'))).toBe(
      '"\\u009b\\u202e\\u0023#vso[x]\\udb40\\udc41"',
    );
  });
});
