/** What a line may say beside the call itself. */
export type ExchangeFields = Readonly<Record<string, unknown>>;

const START = Date.UTC(2026, 10, 10);

/** One line of the canonical exchange, without its line end; `number` makes it unlike the others. */
export function exchangeLine(service: string, number: number, fields: ExchangeFields = {}): string {
  return JSON.stringify({
    startedAt: new Date(START + number * 1_000).toISOString(),
    method: 'GET',
    target: `/items/${number}`,
    status: 200,
    service,
    ...fields,
  });
}

/** Lines `from` to `to`, both included, each with its line end. */
export function exchangeLines(service: string, from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `${exchangeLine(service, from + index)}\n`).join(
    '',
  );
}
