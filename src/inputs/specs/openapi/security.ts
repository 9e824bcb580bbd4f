import type { SpecSecurity } from '../../../model/endpoint.ts';
import { fieldOf, type Layers } from './references.ts';
import { oncePer, type SpecReading } from './spec-reading.ts';
import { kindOf, type SpecNode } from './spec-tree.ts';

/** Says what the description demands of callers of an operation: its own `security`, else the document's. */
export function createSecurityReader(reading: SpecReading): (operation: Layers) => SpecSecurity {
  const classified = oncePer((node: SpecNode) => classify(reading, node));
  const byDefault = reading.root.entries.get('security');
  return (operation) => {
    const stated = fieldOf(operation, 'security') ?? byDefault;
    return stated === undefined ? 'unstated' : classified(stated.value);
  };
}

function classify({ problems }: SpecReading, node: SpecNode): SpecSecurity {
  if (node.kind !== 'list') {
    problems.add(`"security" is an array, not ${kindOf(node)}; it says nothing`, node.offset);
    return 'unstated';
  }
  if (node.items.length === 0) {
    return 'none';
  }
  let security: SpecSecurity = 'unstated';
  for (const requirement of node.items) {
    if (requirement.kind !== 'map') {
      problems.add(`A security requirement is an object, not ${kindOf(requirement)}`, requirement.offset);
    } else if (requirement.entries.size === 0) {
      security = 'optional';
    } else if (security === 'unstated') {
      security = 'required';
    }
  }
  return security;
}
