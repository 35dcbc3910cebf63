// Readers that take nothing on trust from the network: what is not of the wanted type is read as empty.

export type Fields = Readonly<Record<string, unknown>>;

export const fields = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const textOrNull = (value: unknown): string | null => text(value).trim() || null;
export const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
export const list = <T>(value: unknown, read: (item: unknown) => T): T[] => (Array.isArray(value) ? value.map(read) : []);
