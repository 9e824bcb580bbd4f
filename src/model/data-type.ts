/** The sensitive data types recognised so far, by the mission's names. */
export const DATA_TYPES = ['ssn', 'credit_card', 'email', 'api_key', 'jwt', 'phone'] as const;
export type DataType = (typeof DATA_TYPES)[number];
