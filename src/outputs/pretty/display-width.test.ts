import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutEnd, cutMiddle, displayWidth } from './display-width.ts';

describe('displayWidth', () => {
  it.each([
    { name: 'ASCII letters take one column', text: 'abc', width: 3 },
    { name: 'accented letters take one column', text: 'é', width: 1 },
    { name: 'combining marks take none', text: 'e\u0301\u0301', width: 1 },
    { name: 'ideographs take two', text: '名前', width: 4 },
    { name: 'full-width forms take two', text: 'ＡＢ', width: 4 },
    { name: 'Hangul syllables take two', text: '한글', width: 4 },
    { name: 'rare ideographs beyond the first plane take two', text: '𠮷', width: 2 },
    { name: 'emoji take two', text: '🚀', width: 2 },
    { name: 'the ellipsis takes one', text: '…', width: 1 },
  ])('$name', ({ text, width }) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('cutMiddle', () => {
  it.each([
    { text: '/users', width: 6, cut: '/users' },
    { text: '/users/{userId}/orders', width: 11, cut: '/user…rders' },
    { text: '/users/{userId}/orders', width: 10, cut: '/user…ders' },
    { text: '/名前名前名前', width: 8, cut: '/名…名前' },
    { text: 'abc', width: 1, cut: '…' },
    { text: 'abc', width: 0, cut: '' },
  ])('makes $cut of $text in $width columns', ({ text, width, cut }) => {
    expect(cutMiddle(text, width)).toBe(cut);
  });

  it('never takes more columns than allowed, and cuts only what is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        for (const cut of [cutMiddle(text, width), cutEnd(text, width)]) {
          expect(displayWidth(cut)).toBeLessThanOrEqual(width);
          if (displayWidth(text) <= width) expect(cut).toBe(text);
        }
      }),
    );
  });
});

describe('cutEnd', () => {
  it.each([
    { text: 'abcdef', width: 4, cut: 'abc…' },
    { text: '名前名前', width: 4, cut: '名…' },
  ])('makes $cut of $text in $width columns', ({ text, width, cut }) => {
    expect(cutEnd(text, width)).toBe(cut);
  });
});
