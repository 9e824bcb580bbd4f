import type { ColumnType, Generated } from 'kysely';
import type { DataType } from '../../model/data-type.ts';
import type { Classification, Exposure, Lifecycle, SpecSecurity } from '../../model/endpoint.ts';
import type { Finding, FindingState } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import type { SpecDocument } from '../../model/spec.ts';
import type { BatchCounts } from './batches.ts';

/** RFC 3339, UTC, milliseconds; the value parsers of both drivers give this form. */
type Timestamp = string;

/** Written as decimal text, since the ledger holds integers only; read as a number. */
type Double = ColumnType<number, string, string>;

export interface Database {
  schema_migrations: { name: string; applied_at: Generated<Timestamp> };
  installation: InstallationTable;
  sources: SourcesTable;
  batches: BatchesTable;
  services: ServicesTable;
  endpoints: EndpointsTable;
  shape_routes: { api_id: string; learning: number; joined: string[]; departed: string[] };
  specs: SpecsTable;
  findings: FindingsTable;
  ledger_entries: { ledger: string; seq: number; bytes: Uint8Array; hash: Uint8Array; prev: Uint8Array };
  ledger_head: { ledger: string; seq: number; hash: Uint8Array };
  ledger_rows: { ledger: string; seq: number; row_index: number; salt: Uint8Array; row: string };
}

interface InstallationTable {
  singleton: boolean;
  id: string;
  created_at: Timestamp;
}

interface SourcesTable {
  id: number;
  head_length: number;
  head_sha256: string;
  tail_length: number;
  tail_sha256: string;
  committed_offset: number;
  committed_lines: number;
  open_tail: boolean;
  format: string;
  name: string;
  path: string;
  first_seen: Timestamp;
  last_seen: Timestamp;
}

interface BatchesTable {
  token: string;
  source_id: number;
  start_offset: number;
  end_offset: number;
  first_line: number;
  lines: number;
  crc32: string;
  state: 'received' | 'applied';
  plan: unknown;
  counts: BatchCounts | null;
  time_min: Timestamp | null;
  time_max: Timestamp | null;
  received_at: Timestamp;
  applied_at: Timestamp | null;
}

interface ServicesTable {
  name: string;
  exposure: Exposure | null;
  owner: string | null;
  first_seen: Timestamp;
}

export interface EndpointsTable {
  api_id: string;
  service: string;
  method: string;
  path: string;
  route_source: 'spec' | 'shape';
  exposure: Exposure;
  exposure_reason: string;
  lifecycle: Lifecycle;
  classification: Classification;
  documented: 'true' | 'false' | 'unknown';
  deprecated: boolean;
  sunset: string | null;
  owner: string | null;
  version: string | null;
  spec_file: string | null;
  spec_line: number | null;
  spec_security: SpecSecurity | null;
  first_discovered: Timestamp;
  last_seen: Timestamp | null;
  sensitive_data_types: readonly DataType[];
  compliance_tags: readonly string[];
  traffic_volume_daily: Double;
  retired_at: Timestamp | null;
}

interface SpecsTable {
  file: string;
  sha256: string;
  edition: string;
  title: string;
  version: string;
  document: SpecDocument;
  imported_at: Timestamp;
}

interface FindingsTable {
  fingerprint: string;
  fingerprint_version: 1;
  rule: string;
  api_id: string;
  control: Finding['control'];
  title: string;
  severity: Severity;
  state: FindingState;
  reason: string;
  remediation: string;
  opened_at: Timestamp;
  last_confirmed_at: Timestamp;
  resolved_at: Timestamp | null;
  evidence: Finding['evidence'];
}
