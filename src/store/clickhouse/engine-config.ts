/** What the engine may use of the machine; the product as a whole stays under 1.5 GB with these. */
export interface EngineLimits {
  readonly serverMemoryBytes: number;
}

const DEFAULT_LIMITS: EngineLimits = { serverMemoryBytes: 900 * 1024 * 1024 };

/** Clusters whose shards all are this process, for running Distributed tables without a server. */
export interface LocalShards {
  readonly name: string;
  readonly hosts: readonly string[];
}

/**
 * The engine's configuration file. The logs that would keep statements, and with them data, are off;
 * caches are small, since facts are read a few times per run.
 */
export function engineConfig(limits: EngineLimits = DEFAULT_LIMITS, shards?: LocalShards): string {
  return `<clickhouse>
  <max_server_memory_usage>${limits.serverMemoryBytes}</max_server_memory_usage>
  <mark_cache_size>33554432</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <query_log remove="1"/><query_thread_log remove="1"/><query_views_log remove="1"/><part_log remove="1"/>
  <trace_log remove="1"/><text_log remove="1"/><crash_log remove="1"/><metric_log remove="1"/>
  <asynchronous_metric_log remove="1"/><processors_profile_log remove="1"/><session_log remove="1"/>
  <logger><level>none</level></logger>
  ${shards === undefined ? '' : shardConfig(shards)}
</clickhouse>
`;
}

/** Without a default database, and with the TCP port named, a host of this machine counts as local. */
function shardConfig(shards: LocalShards): string {
  const each = shards.hosts.map(
    (host) => `<shard><replica><host>${host}</host><port>9000</port></replica></shard>`,
  );
  return `<tcp_port>9000</tcp_port>
  <remote_servers><${shards.name}>${each.join('')}</${shards.name}></remote_servers>`;
}
