import type { WrapperExample } from '../../../model/wrapper.ts';

export const examples: readonly WrapperExample[] = [
  {
    name: 'a line of stdout with a zone',
    line: '2026-01-05T11:00:00.250000000+01:00 stdout F {"method":"GET"}',
    peeled: ['{"method":"GET"}'],
  },
  {
    name: 'a line of stderr in UTC',
    line: '2026-01-05T10:00:00Z stderr F [error] no such user',
    peeled: ['[error] no such user'],
  },
  { name: 'a line without text', line: '2026-01-05T10:00:00.1Z stdout F ', peeled: [''] },
  { name: 'a line that only looks like it', line: '2026-01-05T10:00:00.1Z stdout said F' },
];
