import { z } from 'zod';
import { EXPOSURES } from './endpoint.ts';

const serviceSchema = z
  .strictObject({
    hosts: z.array(z.string()).default([]).describe('host names; `*` stands for any characters'),
    gatewayServices: z.array(z.string()).default([]).describe('names the gateway gives the service'),
    sources: z.array(z.string()).default([]).describe('names of inputs: the file name without extensions'),
    basePaths: z.array(z.string()).default([]).describe('only paths below one of these; empty means all'),
    specs: z.array(z.string()).default([]).describe('spec files that describe this service'),
    exposure: z.enum(EXPOSURES).optional(),
    owner: z.string().optional(),
    complianceTags: z.array(z.string()).default([]),
  })
  .meta({ id: 'Service' });

/** `stance.yaml`: everything has a default; unknown keys are errors. */
export const configSchema = z
  .strictObject({
    services: z.record(z.string().min(1), serviceSchema).default({}),
    retention: z
      .strictObject({
        observationsDays: z.int().min(1).max(3650).default(30),
        factsDays: z.int().min(1).max(3650).default(400),
      })
      .default({ observationsDays: 30, factsDays: 400 }),
    stores: z
      .strictObject({
        clickhouseUrl: z.url().optional(),
        databaseUrl: z.string().optional(),
      })
      .default({}),
  })
  .meta({ id: 'Config', title: 'Stance configuration' });

export type Config = z.infer<typeof configSchema>;
export type ServiceConfig = Config['services'][string];
