import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analytics } from './analytics.ts';
import { CLIENT_CLASS, clientClass, withoutPort } from './client-address.ts';
import { openChdb } from './open-chdb.ts';

type ClassName = keyof typeof CLIENT_CLASS;

const CASES: readonly (readonly [text: string, address: string, className: ClassName])[] = [
  // With and without port.
  ['203.0.113.9', '203.0.113.9', 'public'],
  ['203.0.113.9:49152', '203.0.113.9', 'public'],
  ['10.1.2.3:80', '10.1.2.3', 'private'],
  ['2001:db8::1', '2001:db8::1', 'public'],
  ['[2001:db8::1]', '2001:db8::1', 'public'],
  ['[2001:db8::1]:443', '2001:db8::1', 'public'],
  ['[::1]:99', '::1', 'private'],
  ['::ffff:203.0.113.9', '203.0.113.9', 'public'],
  ['::FFFF:10.0.0.1', '10.0.0.1', 'private'],
  ['[::ffff:192.168.1.1]:8080', '192.168.1.1', 'private'],
  // The edges of the private ranges.
  ['9.255.255.255', '9.255.255.255', 'public'],
  ['10.0.0.0', '10.0.0.0', 'private'],
  ['10.255.255.255', '10.255.255.255', 'private'],
  ['11.0.0.0', '11.0.0.0', 'public'],
  ['100.63.255.255', '100.63.255.255', 'public'],
  ['100.64.0.0', '100.64.0.0', 'private'],
  ['100.127.255.255', '100.127.255.255', 'private'],
  ['100.128.0.0', '100.128.0.0', 'public'],
  ['126.255.255.255', '126.255.255.255', 'public'],
  ['127.0.0.1', '127.0.0.1', 'private'],
  ['128.0.0.0', '128.0.0.0', 'public'],
  ['169.253.255.255', '169.253.255.255', 'public'],
  ['169.254.169.254', '169.254.169.254', 'private'],
  ['169.255.0.0', '169.255.0.0', 'public'],
  ['172.15.255.255', '172.15.255.255', 'public'],
  ['172.16.0.0', '172.16.0.0', 'private'],
  ['172.31.255.255', '172.31.255.255', 'private'],
  ['172.32.0.0', '172.32.0.0', 'public'],
  ['192.167.255.255', '192.167.255.255', 'public'],
  ['192.168.0.0', '192.168.0.0', 'private'],
  ['192.168.255.255', '192.168.255.255', 'private'],
  ['192.169.0.0', '192.169.0.0', 'public'],
  ['255.255.255.255', '255.255.255.255', 'public'],
  ['fbff::1', 'fbff::1', 'public'],
  ['fc00::1', 'fc00::1', 'private'],
  ['FDFF:ffff::1', 'FDFF:ffff::1', 'private'],
  ['fe00::1', 'fe00::1', 'public'],
  ['fe80::1', 'fe80::1', 'private'],
  ['febf::1', 'febf::1', 'private'],
  ['fec0::1', 'fec0::1', 'public'],
  // 00fc:… and 0fe8:… only look like it.
  ['fc::1', 'fc::1', 'public'],
  ['fe8::1', 'fe8::1', 'public'],
  // What says nothing.
  ['', '', 'unknown'],
  ['-', '-', 'unknown'],
  ['unix:', 'unix', 'unknown'],
  ['localhost', 'localhost', 'unknown'],
  ['localhost:8080', 'localhost', 'unknown'],
  ['0.0.0.0', '0.0.0.0', 'unknown'],
  ['::', '::', 'unknown'],
  ['256.1.1.1', '256.1.1.1', 'unknown'],
  ['1.2.3', '1.2.3', 'unknown'],
  ['10.0.0.1.5', '10.0.0.1.5', 'unknown'],
  ['10.0.0.1, 203.0.113.9', '10.0.0.1, 203.0.113.9', 'unknown'],
  [' 10.0.0.1', ' 10.0.0.1', 'unknown'],
  ['[', '[', 'unknown'],
  ['[::1', '', 'unknown'],
  ['2001:db8::g', '2001:db8::g', 'unknown'],
  ['fe80::1%eth0', 'fe80::1%eth0', 'unknown'],
  [':::::', ':::::', 'unknown'],
];

describe('a client address', () => {
  let analytics: Analytics;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stance-address-'));
    analytics = await openChdb({ directory: folder });
  });
  afterAll(async () => {
    await analytics.close();
    await rm(folder, { recursive: true });
  });

  it('loses its port and gets a class', async () => {
    const rows = await analytics.query<{ text: string; address: string; class: number }>(
      `SELECT text, address, ${clientClass('address')} AS class
       FROM (SELECT text, ${withoutPort('text')} AS address FROM (SELECT arrayJoin({texts:Array(String)}) AS text))`,
      { texts: CASES.map(([text]) => text) },
    );
    const expected = CASES.map(([text, address, name]) => ({ text, address, class: CLIENT_CLASS[name] }));
    expect(rows).toEqual(expected);
  });
});
