/** A format with lines of it, and what they must be read as. */
export interface LogFormatCase {
  readonly name: string;
  readonly format: string;
  readonly line: string;
  readonly rejected?: string;
  readonly exchange?: Readonly<Record<string, unknown>>;
}

/** The call that most cases log. */
export const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/7',
  status: 200,
  clientAddress: '198.51.100.4',
};

/** Some of the request headers. */
export const some = (headers: Readonly<Record<string, string>>) => ({
  requestHeaders: headers,
  requestHeaderVisibility: 'some',
});
