import { z } from 'zod';
import { configSchema } from '../../src/model/config.ts';
import { exchangeSchema } from '../../src/model/exchange.ts';
import { scanReportSchema } from '../../src/model/report.ts';
import type { GeneratedFile } from './generated-file.ts';

const FOLDER = 'docs/reference/schemas';

/** JSON Schemas of the files people write and read; `input` where defaults fill what is left out. */
export function jsonSchemaFiles(): readonly GeneratedFile[] {
  return [
    schemaFile('scan-report', z.toJSONSchema(scanReportSchema, { io: 'output' })),
    schemaFile('exchange', z.toJSONSchema(exchangeSchema, { io: 'input' })),
    schemaFile('config', z.toJSONSchema(configSchema, { io: 'input' })),
  ];
}

function schemaFile(name: string, schema: object): GeneratedFile {
  return { path: `${FOLDER}/${name}.schema.json`, content: `${JSON.stringify(schema, null, 2)}\n` };
}
