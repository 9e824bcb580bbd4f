/** The exit codes of every command (MISSION §3.9); the highest that applies wins. */
export const EXIT = { fine: 0, gate: 1, usage: 2, input: 3, internal: 4, interrupted: 130 } as const;
