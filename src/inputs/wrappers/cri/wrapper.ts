import type { Wrapper } from '../../../model/wrapper.ts';

/** `2026-01-05T10:00:00.250000000Z stdout F text`; `P` says that the line goes on in the next one. */
const LINE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP]) /;
/** The longest prefix: nine digits of fraction, and a zone. */
const PREFIX_BYTES = 48;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** What containerd and CRI-O write on a node for each line of a container. */
export const wrapper: Wrapper = {
  id: 'cri',
  title: 'Kubernetes container log (CRI: containerd, CRI-O)',
  reference: 'https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md',
  peel: ({ bytes }) => {
    if (!isDigit(bytes[0]) || bytes[4] !== 0x2d) return undefined;
    const [prefix, stream = '', flag] = LINE.exec(bytes.toString('latin1', 0, PREFIX_BYTES)) ?? [];
    if (prefix === undefined) return undefined;
    return { records: [bytes.subarray(prefix.length)], stream, continues: flag === 'P' };
  },
};
