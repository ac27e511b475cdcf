// That somebody pressed Import, and whether rows may be left out: kept until the import is made, so that
// a reload goes on with it, and an address alone begins nothing.
const keyOf = (file: string): string => `tiebeam.import.${file}`;
export interface Agreed {
  readonly skipBad: boolean;
}

export function agree(file: string, agreed: Agreed): void {
  try {
    sessionStorage.setItem(keyOf(file), agreed.skipBad ? "skip" : "all");
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
export function agreedOn(file: string): Agreed | null {
  try {
    const held = sessionStorage.getItem(keyOf(file));
    return held === null ? null : { skipBad: held === "skip" };
  } catch {
    return null;
  }
}
export function settle(file: string): void {
  try {
    sessionStorage.removeItem(keyOf(file));
  } catch {
    // As above.
  }
}
