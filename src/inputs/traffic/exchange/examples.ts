import type { TrafficExample } from '../../../model/traffic-format.ts';

export const examples: readonly TrafficExample[] = [];
